import { requests } from './house.ts'
import { post, type Malformed } from './malformed.ts'

type Row = readonly [what: string, body: unknown, pointer: string]

const { deploy, config } = requests
const [document] = config.context.documents
const without = (name: keyof typeof deploy) => ({ ...deploy, [name]: undefined })
const subject = (value: unknown) => ({ ...deploy, subject: value })
const context = (value: unknown) => ({ ...deploy, context: value })
const documents = (...given: readonly unknown[]) => ({
  ...config,
  context: { environment: 'production', documents: given },
})
const many = Array.from({ length: 1001 }, () => ({ type: 't', id: 'i' }))

const decisions: readonly Row[] = [
  ['null', null, ''],
  ['true', true, ''],
  ['a number', 7, ''],
  ['a string', 'deploy', ''],
  ['a list', [deploy], ''],
  ['an empty object', {}, '/kind'],
  ['no kind', without('kind'), '/kind'],
  ['no subject', without('subject'), '/subject'],
  ['no action', without('action'), '/action'],
  ['no resource', without('resource'), '/resource'],
  ['a kind that does not exist', { ...deploy, kind: 'release' }, '/kind'],
  ['a kind in capitals', { ...deploy, kind: 'Deploy' }, '/kind'],
  ['a kind that is null', { ...deploy, kind: null }, '/kind'],
  ['a kind that is a list', { ...deploy, kind: ['deploy'] }, '/kind'],
  ['constructor as kind', { ...deploy, kind: 'constructor' }, '/kind'],
  ['an unknown field', { ...deploy, tenant: 'other' }, '/tenant'],
  ['now, which is not the caller’s', { ...deploy, now: '2026-01-01T00:00:00Z' }, '/now'],
  ['an id, which is not the caller’s', { ...deploy, id: 'dec_1' }, '/id'],
  ['a subject that is a string', subject('ada'), '/subject'],
  ['a subject without an id', subject({ type: 'user' }), '/subject/id'],
  ['a subject without a type', subject({ id: 'ada' }), '/subject/type'],
  ['an empty subject id', subject({ type: 'user', id: '' }), '/subject/id'],
  ['a subject id that is a number', subject({ type: 'user', id: 7 }), '/subject/id'],
  ['a subject id of 2,000 letters', subject({ type: 'u', id: 'a'.repeat(2000) }), '/subject/id'],
  ['an unknown field of the subject', subject({ type: 'u', id: 'a', role: 'x' }), '/subject/role'],
  [
    'properties that are a list',
    subject({ type: 'u', id: 'a', properties: [] }),
    '/subject/properties',
  ],
  ['an action without a name', { ...deploy, action: {} }, '/action/name'],
  ['an action that is a string', { ...deploy, action: 'deploy' }, '/action'],
  ['a resource that is null', { ...deploy, resource: null }, '/resource'],
  ['a context that is a string', context('production'), '/context'],
  ['a context that is a list', context([]), '/context'],
  ['an environment not listed', context({ environment: 'prod' }), '/context/environment'],
  ['an environment that is a number', context({ environment: 1 }), '/context/environment'],
  ['what the pack’s schema finds', context({ change: { author: 7 } }), '/context/change/author'],
  ['documents that are an object', { ...config, context: { documents: {} } }, '/context/documents'],
  ['a document that is a string', documents('kind: Pod'), '/context/documents/0'],
  ['a document without an id', documents({ type: 'kubernetes/Pod' }), '/context/documents/0/id'],
  ['a document with an unknown field', documents({ ...document, a: 1 }), '/context/documents/0/a'],
  [
    'the second document wrong',
    documents(document, { ...document, index: -1 }),
    '/context/documents/1/index',
  ],
  [
    'an index that is a fraction',
    documents({ ...document, index: 0.5 }),
    '/context/documents/0/index',
  ],
  [
    'no known operation',
    documents({ ...document, operation: 'patch' }),
    '/context/documents/0/operation',
  ],
  ['1,001 documents', documents(...many), '/context/documents'],
]

const report = {
  type: 'deployment_finished',
  service: 'checkout',
  environment: 'production',
  artifact: { digest: 'sha256:a' },
  finished_at: '2026-11-25T09:00:00Z',
}
const at = (instant: string) => ({ ...report, finished_at: instant })

const outcomes: readonly Row[] = [
  ['an outcome that is a list', [], ''],
  ['an outcome of no known type', { ...report, type: 'finished' }, '/type'],
  ['an outcome without an artifact', { ...report, artifact: undefined }, '/artifact'],
  ['an outcome without a digest', { ...report, artifact: {} }, '/artifact/digest'],
  ['an outcome at no instant', at('yesterday'), '/finished_at'],
  ['an outcome on 30 February', at('2026-02-30T00:00:00Z'), '/finished_at'],
  ['an outcome in the year 10000', at('9999-12-31T23:59:59-01:00'), '/finished_at'],
  ['an outcome without a zone', at('2026-11-25T09:00:00'), '/finished_at'],
  ['an outcome with an unknown field', { ...report, success: true }, '/success'],
]

const grant = {
  rule: 'deploy.approvals',
  environment: 'production',
  resource: { type: 'service', id: 'checkout' },
  reason: 'because',
  requested_by: 'ada',
  approved_by: 'grace',
  expires_at: '2027-01-01T00:00:00Z',
}

const waivers: readonly Row[] = [
  ['a waiver for no rule', { ...grant, rule: undefined }, '/rule'],
  ['a waiver of a rule that is not here', { ...grant, rule: 'deploy.nothing' }, '/rule'],
  ['a waiver in no known environment', { ...grant, environment: 'prod' }, '/environment'],
  ['a waiver that is over', { ...grant, expires_at: '2026-01-01T00:00:00Z' }, '/expires_at'],
  ['a waiver without an end', { ...grant, expires_at: undefined }, '/expires_at'],
  ['a waiver that one grants oneself', { ...grant, approved_by: 'ada' }, '/approved_by'],
  ['a waiver without a reason', { ...grant, reason: '' }, '/reason'],
  ['a waiver of no known category', { ...grant, category: 'forever' }, '/category'],
  ['a waiver with an id of its own', { ...grant, id: 'wvr_1' }, '/id'],
]

const keys: readonly (readonly [what: string, key: string])[] = [
  ['a key with a space', 'a b'],
  ['an empty key', ''],
  ['a key of 256 characters', 'k'.repeat(256)],
  ['a key beyond ASCII', 'kéy'],
]

/** JSON that is not the request of its address. */
export const malformedRequests: readonly Malformed[] = [
  ...of('/v1/decisions', decisions),
  ...of('/v1/outcomes', outcomes),
  ...of('/v1/waivers', waivers),
  ...['/v1/decisions', '/v1/outcomes'].flatMap((path) =>
    keys.map(([what, key]) => ({
      ...invalid(`${what}, at ${path}`, '/headers/idempotency-key'),
      sent: post(path, path === '/v1/outcomes' ? report : deploy, { 'idempotency-key': key }),
    })),
  ),
]

function of(path: string, rows: readonly Row[]): readonly Malformed[] {
  return rows.map(([what, body, pointer]) => ({
    ...invalid(what, pointer),
    sent: post(path, body),
  }))
}

function invalid(what: string, pointer: string) {
  return { what, status: 422, code: 'request-invalid', pointer } as const
}
