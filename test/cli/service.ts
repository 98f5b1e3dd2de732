import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { problemOf, type WireAnswer, type WireFinding } from '@writ/contract'
import { Fault, type Json } from '@writ/domain'

export type Heard = {
  readonly method: string
  readonly path: string
  readonly key: string | undefined
  readonly tenant: string | undefined
  readonly body: Json
}

export type Reply = { readonly status: number; readonly body: unknown }

export type Service = {
  readonly url: string
  readonly heard: Heard[]
  readonly close: () => Promise<void>
}

/** A service that says what the test wants it to say, over a real socket. */
export async function startService(answer: (heard: Heard) => Reply): Promise<Service> {
  const heard: Heard[] = []
  const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const said = await hear(request)
    heard.push(said)
    const { status, body } = answer(said)
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }
  const server = createServer((request, response) => void reply(request, response))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    heard,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function hear(request: IncomingMessage): Promise<Heard> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  const text = Buffer.concat(chunks).toString('utf8')
  const [key, tenant] = [request.headers['idempotency-key'], request.headers['writ-tenant']]
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    key: typeof key === 'string' ? key : undefined,
    tenant: typeof tenant === 'string' ? tenant : undefined,
    body: text === '' ? null : JSON.parse(text),
  }
}

export function refusal(fault: Fault, status: number): Reply {
  return { status, body: problemOf(fault, 'request-1') }
}

const blocked: WireFinding = {
  rule: 'deploy.approvals',
  title: 'Approvals by others',
  message: 'checkout has 0 of 2 approvals.',
  severity: 'high',
  verdict: 'fail',
  effect: 'blocked',
  level: 'soft_mandatory',
  resource: { type: 'service', id: 'checkout' },
  part: null,
  location: null,
  remediation: 'Ask two people who did not write it.',
  docs_url: '/policies/deploy.approvals',
  controls: [],
  waiver: null,
  waivable_by: ['release-managers'],
}

export const denial: WireAnswer = {
  id: 'dec_1',
  decision: false,
  outcome: 'deny',
  findings: [blocked],
  rules: [
    { rule: 'deploy.approvals', verdict: 'fail', level: 'soft_mandatory', effect: 'blocked' },
    { rule: 'deploy.image_digest', verdict: 'pass', level: 'advisory', effect: 'none' },
  ],
  ungoverned: [],
  vacuous: null,
  bundle: { revision: 'pack-000000000000', digest: `sha256:${'0'.repeat(64)}` },
  data_digest: `sha256:${'1'.repeat(64)}`,
  decided_at: '2026-01-02T03:04:05.000Z',
}

export const allowance: WireAnswer = { ...denial, decision: true, outcome: 'allow', findings: [] }
