import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Fault } from '@writ/domain'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { expectGolden, write, writ } from './command.ts'
import { deployment } from './manifests.ts'
import { allowance, denial, refusal, startService, type Reply, type Service } from './service.ts'

const folder = mkdtempSync(join(tmpdir(), 'writ-service-'))
const running: Service[] = []

async function serving(answer: (path: string) => Reply): Promise<Service> {
  const service = await startService(({ path }) => answer(path))
  running.push(service)
  return service
}
const saying = (body: unknown): Promise<Service> => serving(() => ({ status: 200, body }))

afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.close()))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const deploy = ['decide', 'deploy', '--service', 'checkout', '--environment', 'production']

describe('decide', () => {
  test('sends the facts of the flags, and says what blocks and where it is recorded', async () => {
    const { url, heard } = await saying(denial)
    const flags = ['--commit', 'c1', '--author', 'alice', '--approved-by', 'bob,carol', '--image', 'shop/checkout:1'] // prettier-ignore
    const { code, out } = await writ([...deploy, ...flags, '--server', url, '--tenant', 'shop'])
    expectGolden('decide-deploy', out.replaceAll(url, 'http://SERVER'))
    expect(code).toBe(1)
    expect(heard[0]).toMatchObject({ method: 'POST', path: '/v1/decisions', tenant: 'shop' })
    expect(heard[0]?.body).toEqual({
      kind: 'deploy',
      subject: { type: 'user', id: 'alice' },
      action: { name: 'deploy' },
      resource: { type: 'service', id: 'checkout' },
      context: {
        environment: 'production',
        artifact: { image: 'shop/checkout:1' },
        change: {
          commit: 'c1',
          author: 'alice',
          approvals: [
            { by: 'bob', commit: 'c1' },
            { by: 'carol', commit: 'c1' },
          ],
        },
      },
    })
  })
  test('asks for access with roles and duties', async () => {
    const { url, heard } = await saying(allowance)
    const flags =
      '--subject user/alice --role on-call --action restart --resource service/shop/checkout --duty request=bob'
    const { code, out } = await writ(['decide', 'access', ...flags.split(' '), '--server', url])
    expect(code, out).toBe(0)
    expect(heard[0]?.body).toEqual({
      kind: 'access',
      subject: { type: 'user', id: 'alice', properties: { roles: ['on-call'] } },
      action: { name: 'restart' },
      resource: { type: 'service', id: 'shop/checkout' },
      context: { duties: { request: 'bob' } },
    })
  })
  test('sends a file or standard input as it is', async () => {
    const { url, heard } = await saying(allowance)
    const request = { kind: 'deploy', anything: [1, { else: null }] }
    write(folder, { 'request.json': JSON.stringify(request) })
    await writ(['decide', 'deploy', '--file', 'request.json', '--server', url], { cwd: folder })
    await writ(['decide', 'deploy', '--file', '-', '--server', url], {
      input: JSON.stringify(request),
    })
    expect(heard.map(({ body }) => body)).toEqual([request, request])
  })
  test('keeps the reply as it came, with its receipt; where it cannot, the answer is told all the same', async () => {
    const { url } = await saying({ ...allowance, receipt: 'a note' })
    const { code } = await writ([...deploy, '--server', url, '--save', 'answer.json'], {
      cwd: folder,
    })
    expect(code).toBe(0)
    const kept = readFileSync(join(folder, 'answer.json'), 'utf8')
    expect(kept).toBe(JSON.stringify({ ...allowance, receipt: 'a note' }))
    const failed = await writ([...deploy, '--server', url, '--save', 'no/folder.json'], {
      cwd: folder,
    })
    expect(failed).toMatchObject({ code: 2, out: expect.stringContaining('Allowed.') })
    expect(failed.err).toContain('The answer stands and could not be kept')
  })
  test('makes each attempt under a key of its own, unless one is named', async () => {
    const { url, heard } = await saying(allowance)
    await writ([...deploy, '--server', url])
    await writ([...deploy, '--server', url])
    await writ([...deploy, '--server', url, '--idempotency-key', 'mine'])
    expect(new Set(heard.map(({ key }) => key)).size).toBe(3)
    expect(heard[2]?.key).toBe('mine')
  })
  test('gives the whole answer as JSON', async () => {
    const { url } = await saying(denial)
    const { code, out } = await writ([...deploy, '--server', url, '--format', 'json'])
    expect(JSON.parse(out)).toEqual({ ...denial, address: `${url}/decisions/dec_1` })
    expect(code).toBe(1)
  })
})

const invalid = new Fault('request-invalid', 'Nothing was decided', {
  facts: { issues: [{ pointer: '/context/environment', message: 'is not an environment' }] },
})
const replies: readonly [string, number, Reply, RegExp][] = [
  ['a mistake in the request', 2, refusal(invalid, 422), /--environment: is not an environment/],
  ['a store that is down', 3, refusal(new Fault('records-unavailable', 'no disk'), 503), /no disk/],
  ['a failure of the service', 3, refusal(new Fault('internal', 'x'), 500), /request-1/],
  ['something else that answers there', 3, { status: 200, body: 'hello' }, /no answer of Writ/],
  [
    'an answer that contradicts itself',
    3,
    { status: 200, body: { ...denial, decision: true } },
    /no answer/,
  ],
]
test.each(replies)('%s: exit code %i', async (_, expected, reply, words) => {
  const { url } = await serving(() => reply)
  const { code, out, err } = await writ([...deploy, '--server', url])
  expect(code, err).toBe(expected)
  expect(err).toMatch(words)
  expect(out).toBe('')
})

const mistakes: readonly [string, readonly string[], RegExp][] = [
  ['no service', ['decide', 'deploy'], /--service is missing/],
  ['a file and flags', [...deploy, '--file', 'x.json'], /--file.*cannot be used with.*--service/],
  [
    'a file that is not there',
    ['decide', 'deploy', '--file', 'gone.json'],
    /gone\.json: there is no/,
  ],
  [
    'a file of another kind',
    ['decide', 'access', '--file', 'examples/requests/deploy-denied.json'],
    /no access request/,
  ],
  ['a file that is no JSON', ['decide', 'deploy', '--file', 'README.md'], /not JSON/],
  ['a resource without a type', ['decide', 'access', '--resource', 'checkout'], /TYPE\/ID/],
  ['a server that is none', [...deploy, '--server', 'checkout'], /not the address of a service/],
  ['an unknown command', ['decied'], /Did you mean decide/],
  ['no command', [], /Usage: writ/],
  ['half a document in a waiver', ['waiver', 'grant', '--rule', 'a', '--resource', 'a/b', '--reason', 'r', '--requested-by', 'a', '--approved-by', 'b', '--expires', 'x', '--part', 'p', '--document-id', 'd'], /all three/], // prettier-ignore
]
test.each(mistakes)('%s is a mistake in the usage', async (_, args, words) => {
  const { code, out, err } = await writ(args)
  expect(code).toBe(2)
  expect(out + err).toMatch(words)
})

test('explain tells who asked what, what each rule said and what to do, also by address', async () => {
  const record = {
    id: 'dec_1',
    type: 'decision',
    recorded_at: denial.decided_at,
    request_digest: '',
    facets: {},
    content: {
      caller: { principal: 'ci', roles: [] },
      request: {
        kind: 'deploy',
        subject: { type: 'user', id: 'alice' },
        action: { name: 'deploy' },
        resource: { type: 'service', id: 'checkout' },
        context: { environment: 'production' },
      },
    },
    leaf: '',
    body: { salt: '', text: '' },
    commitment: '',
    seal: { status: 'sealed', index: 4, size: 9, root: '' },
  }
  const { url } = await serving((path) => ({
    status: 200,
    body: path.startsWith('/v1/records/') ? record : denial,
  }))
  const byId = await writ(['explain', 'dec_1', '--server', url])
  expectGolden('explain', byId.out.replaceAll(url, 'http://SERVER'))
  expect(byId.code).toBe(0)
  expect(await writ(['explain', `${url}/decisions/dec_1?tenant=x`])).toEqual(byId)
})

test('explain says of a record that was erased where it is told by whom and why', async () => {
  const erased = new Fault('record-erased', 'dec_1.erased says by whom and why')
  const { url } = await serving(() => refusal(erased, 410))
  const { code, err } = await writ(['explain', 'dec_1', '--server', url])
  expect([code, err]).toEqual([2, expect.stringContaining('dec_1.erased says by whom and why')])
})

test('a waiver is granted, listed and revoked', async () => {
  const waiver = {
    id: 'wvr_1',
    rule: 'deploy.approvals',
    environment: 'production',
    resource: { type: 'service', id: 'checkout' },
    document: null,
    part: null,
    category: 'waiver',
    reason: 'Hotfix',
    requested_by: 'alice',
    approved_by: 'grace',
    granted_at: '2026-01-02T03:04:05.000Z',
    expires_at: '2099-01-01T00:00:00.000Z',
    revoked_at: null,
  }
  const { url, heard } = await serving((path) => ({
    status: 200,
    body: path.startsWith('/v1/waivers?')
      ? { items: [waiver], truncated: false }
      : { ...waiver, revoked_at: path.endsWith('revoke') ? waiver.granted_at : null },
  }))
  const at = ['--server', url]
  const scope = ['--rule', 'deploy.approvals', '--environment', 'production', '--resource', 'service/checkout'] // prettier-ignore
  const reasons = ['--reason', 'Hotfix', '--requested-by', 'alice', '--approved-by', 'grace', '--expires', '2099-01-01T00:00:00Z'] // prettier-ignore
  const texts = [
    await writ(['waiver', 'grant', ...scope, ...reasons, ...at]),
    await writ(['waiver', 'list', ...at]),
    await writ(['waiver', 'revoke', 'wvr_1', ...at]),
  ]
  expectGolden('waiver', texts.map(({ out }) => out).join('\n'))
  expect(heard[0]?.body).toMatchObject({
    rule: 'deploy.approvals',
    document: null,
    approved_by: 'grace',
  })
  expect(heard.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /v1/waivers',
    'GET /v1/waivers?limit=200',
    'POST /v1/waivers/wvr_1/revoke',
  ])
})

describe('check with a server', () => {
  test('sends the change set as one request, and prints where it is recorded', async () => {
    const { url, heard } = await saying(allowance)
    write(folder, { 'shop/cart.yaml': deployment('cart') })
    const env = { CI: 'true', GITHUB_REPOSITORY: 'acme/shop', GITHUB_ACTOR: 'alice', GITHUB_SHA: 'c1' } // prettier-ignore
    const args = ['check', 'shop', '--environment', 'production', '--server', url]
    const { code, out } = await writ(args, { cwd: folder, env })
    expect(code, out).toBe(0)
    expect(out).toContain(`Recorded: ${url}/decisions/dec_1`)
    expect(heard).toHaveLength(1)
    expect(heard[0]?.body).toMatchObject({
      kind: 'config',
      subject: { type: 'ci', id: 'alice' },
      action: { name: 'change' },
      resource: { type: 'repository', id: 'acme/shop' },
      context: {
        environment: 'production',
        correlation: 'c1',
        documents: [
          { type: 'kubernetes/Deployment.apps', id: 'shop/cart', path: 'shop/cart.yaml' },
        ],
      },
    })
  })
  test('sends a large one in parts under keys of one attempt, and one denial denies all', async () => {
    const { url, heard } = await startParts()
    const many = Array.from({ length: 1001 }, (_, at) => deployment(`s${at}`)).join('---\n')
    const { code } = await writ(['check', '-', '--server', url], { input: many })
    expect(code).toBe(1)
    expect(heard.map(({ body }) => partOf(body))).toEqual([
      { index: 0, of: 2 },
      { index: 1, of: 2 },
    ])
    expect(new Set(heard.map(({ key }) => key?.split('.')[0])).size).toBe(1)
  })
  test('names in SARIF the pages of the service about its rules', async () => {
    const { url } = await saying(denial)
    write(folder, { 'shop/cart.yaml': deployment('cart') })
    const args = ['check', 'shop', '--format', 'sarif', '--server', url]
    const { out } = await writ(args, { cwd: folder })
    const [rule] = JSON.parse(out).runs[0].tool.driver.rules
    const helpUri = `${url}/policies/deploy.approvals`
    expect(rule).toMatchObject({ id: 'deploy.approvals', helpUri })
  })
  test('says in the record which files could not be read, and allows nothing', async () => {
    const { url, heard } = await saying(allowance)
    write(folder, { 'mixed/cart.yaml': deployment('cart') })
    write(folder, { 'mixed/half.yaml': 'apiVersion: v1\nkind: [' })
    const { code, out } = await writ(['check', 'mixed', '--server', url], { cwd: folder })
    expect(code).toBe(2)
    expect(out).toContain('Not allowed')
    expect(heard[0]?.body).toMatchObject({ context: { unread_files: ['mixed/half.yaml'] } })
  })
})

async function startParts(): Promise<Service> {
  let asked = 0
  return serving(() => ({ status: 200, body: ++asked === 1 ? denial : allowance }))
}

const partOf = (body: unknown): unknown => (body as { context: { part: unknown } }).context.part
