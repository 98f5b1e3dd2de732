import type { Document, Json } from '@writ/domain'
import { describe, expect, test } from 'vitest'
import { masked, maskSecrets, readDocuments } from './index.ts'

function aDocument(content: Json, type = 'kubernetes/Secret'): Document {
  return { type, id: 'shop/db', path: 'a.yaml', index: 0, operation: 'update', content }
}

const annotation = 'kubectl.kubernetes.io/last-applied-configuration'
const secret = { kind: 'Secret', data: { a: 'aGk=' } }
const hidden = { kind: 'Secret', data: { a: masked } }

describe('what is secret by its type is masked, and nothing else', () => {
  const cases: readonly [string, string, Json, Json][] = [
    ['data', 'kubernetes/Secret', { data: { a: 'x', b: '' } }, { data: { a: masked, b: masked } }],
    ['stringData', 'kubernetes/Secret', { stringData: { a: 'x' } }, { stringData: { a: masked } }],
    ['values that are no texts', 'kubernetes/Secret', { data: { a: 1, b: [2], c: { d: 3 } } }, { data: { a: masked, b: masked, c: masked } }],
    ['nulls stay', 'kubernetes/Secret', { data: null, stringData: { a: null } }, { data: null, stringData: { a: null } }],
    ['data of no shape', 'kubernetes/Secret', { data: 'x', stringData: ['y'] }, { data: masked, stringData: masked }],
    ['what was applied last', 'kubernetes/Secret', { metadata: { name: 'db', annotations: { [annotation]: '{"data"…', team: 'x' } } }, { metadata: { name: 'db', annotations: { [annotation]: masked, team: 'x' } } }],
    ['the type and the rest stay', 'kubernetes/Secret', { type: 'Opaque', immutable: true, binaryData: { a: 'x' } }, { type: 'Opaque', immutable: true, binaryData: { a: 'x' } }],
    ['a Secret by its content only', 'kubernetes/Pod', secret, hidden],
    ['an item of a list', 'kubernetes/List', { kind: 'List', items: [secret, { kind: 'Pod', data: { a: 'x' } }] }, { kind: 'List', items: [hidden, { kind: 'Pod', data: { a: 'x' } }] }],
    ['an item of a list of secrets', 'kubernetes/SecretList', { kind: 'SecretList', items: [{ data: { a: 'x' } }] }, { kind: 'SecretList', items: [{ data: { a: masked } }] }],
    ['an item of a list in a list', 'kubernetes/List', { items: [{ items: [secret] }] }, { items: [{ items: [hidden] }] }],
    ['a Secret that poses as a list', 'kubernetes/Secret', { kind: 'Secret', items: [], data: { a: 'x' } }, { kind: 'Secret', items: [], data: { a: masked } }],
    ['a ConfigMap', 'kubernetes/ConfigMap', { kind: 'ConfigMap', data: { a: 'x' } }, { kind: 'ConfigMap', data: { a: 'x' } }],
    ['no object', 'kubernetes/Secret', null, null],
  ] // prettier-ignore
  test.each(cases)('%s', (_, type, content, expected) => {
    const once = maskSecrets(aDocument(content, type))
    expect(once.content).toEqual(expected)
    expect(maskSecrets(once)).toEqual(once)
  })

  test('a document without a secret is the same document', () => {
    const document = aDocument({ kind: 'List', items: [{ kind: 'Pod' }] }, 'kubernetes/List')
    expect(maskSecrets(document)).toBe(document)
  })

  test('a member called __proto__ is a member', () => {
    const content = JSON.parse('{"kind":"Secret","data":{"__proto__":"x"}}')
    expect(JSON.stringify(maskSecrets(aDocument(content)).content)).toContain(
      '"__proto__":"(masked)"',
    )
  })

  test('a file is masked as it is read', () => {
    const text =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {password: hunter2}\n'
    const reading = readDocuments({ path: 'a.yaml', bytes: new TextEncoder().encode(text) })
    expect(reading.status).toBe('documents')
    expect(JSON.stringify(reading)).not.toContain('hunter2')
  })
})

describe('what a container is given under a secret name is masked, wherever its pod is described', () => {
  const pod = (value: string, name = 'DB_PASSWORD') => ({ initContainers: [{ image: 'x' }, { env: [{ name: 'LEVEL', value: 'info' }, { name, value }] }] }) // prettier-ignore
  const places: readonly [string, (spec: Json) => Json][] = [
    ['a Pod', (spec) => ({ kind: 'Pod', spec })],
    ['a Deployment', (spec) => ({ kind: 'Deployment', spec: { replicas: 1, template: { spec } } })],
    ['a CronJob', (spec) => ({ spec: { jobTemplate: { spec: { template: { spec } } } } })],
    ['a PodTemplate in a list', (spec) => ({ kind: 'List', items: [{ template: { spec } }] })],
  ]
  test.each(places)('%s', (_, of) => {
    const once = maskSecrets(aDocument(of(pod('hunter2')), 'kubernetes/Pod'))
    expect(once.content).toEqual(of(pod(masked)))
    expect(maskSecrets(once)).toEqual(once)
  })

  test.each([
    ['-----BEGIN RSA PRIVATE KEY-----\nabc', `-----BEGIN RSA PRIVATE${masked}`],
    ['ghp_abc', `ghp_${masked}`],
    ['https://hooks.slack.com/services/a/b', `https://hooks.slack.com/services/${masked}`],
    ['postgres://web:hunter2@db/web', `postgres://web:${masked}@db/web`],
    ['postgres://web:$(PASSWORD)@db/web', 'postgres://web:$(PASSWORD)@db/web'],
    ['redis://:<password>@a,redis://:hunter2@b', `redis://:<password>@a,redis://:${masked}@b`],
  ])('how a key begins stays, whatever it is called: %j', (value, expected) => {
    const of = (text: string) => ({ spec: pod(text, 'LEVEL_OF') })
    expect(maskSecrets(aDocument(of(value), 'kubernetes/Pod')).content).toEqual(of(expected))
  })

  test.each([
    '',
    'true',
    '$(VAULT)',
    '{{ .Values.password }}',
    '<password>',
    '/run/secrets/db',
    'vault:db#password',
    'YOUR_PASSWORD',
  ])('what says where the secret is, or only that there is one, stays: %j', (value) => {
    const document = aDocument({ spec: pod(value) }, 'kubernetes/Pod')
    expect(maskSecrets(document)).toBe(document)
  })

  test('what is no list of variables stays as it is', () => {
    for (const env of [null, 'x', [null, 'x', { name: 1 }, { name: 'PASSWORD', valueFrom: {} }]]) {
      const document = aDocument({ spec: { containers: [{ env }, null] } }, 'kubernetes/Pod')
      expect(maskSecrets(document)).toBe(document)
    }
  })
})

describe('what a workflow writes out under a secret name is masked, and an expression stays', () => {
  const secret = '${{ secrets.REGISTRY_PASSWORD }}'
  const cases: readonly [string, Json, Json][] = [
    ['the password of a container', { jobs: { a: { container: { image: 'x', credentials: { username: 'u', password: 'p' } } } } }, { jobs: { a: { container: { image: 'x', credentials: { username: 'u', password: masked } } } } }],
    ['and of a service', { jobs: { a: { services: { db: { credentials: { password: 1234 } } } } } }, { jobs: { a: { services: { db: { credentials: { password: masked } } } } } }],
    ['even one that looks like a switch', { jobs: { a: { container: { credentials: { password: 'true' } } } } }, { jobs: { a: { container: { credentials: { password: masked } } } } }],
    ['an expression', { jobs: { a: { container: { credentials: { password: secret } } } } }, { jobs: { a: { container: { credentials: { password: secret } } } } }],
    ['no password', { jobs: { a: { container: { credentials: { password: '' } }, services: { db: { credentials: { password: null } } } } } }, { jobs: { a: { container: { credentials: { password: '' } }, services: { db: { credentials: { password: null } } } } } }],
    ['a variable of the workflow', { env: { NPM_TOKEN: 'n', REGISTRY: 'r' } }, { env: { NPM_TOKEN: masked, REGISTRY: 'r' } }],
    ['of a job, a service and a step', { jobs: { a: { env: { API_KEY: 'k' }, services: { db: { env: { POSTGRES_PASSWORD: 'p' } } }, steps: [{ env: { DB_PASSWORD: 'p' } }] } } }, { jobs: { a: { env: { API_KEY: masked }, services: { db: { env: { POSTGRES_PASSWORD: masked } } }, steps: [{ env: { DB_PASSWORD: masked } }] } } }],
    ['what an action is given', { jobs: { a: { steps: [{ uses: 'x/y@v1', with: { token: 't', name: 'n', password: secret } }] } } }, { jobs: { a: { steps: [{ uses: 'x/y@v1', with: { token: masked, name: 'n', password: secret } }] } } }],
    ['what a workflow is given', { jobs: { a: { uses: './b.yml', secrets: { DEPLOY_TOKEN: 't' } } } }, { jobs: { a: { uses: './b.yml', secrets: { DEPLOY_TOKEN: masked } } } }],
    ['an item of a matrix', { jobs: { a: { strategy: { matrix: { include: [{ password: 'p' }] } } } } }, { jobs: { a: { strategy: { matrix: { include: [{ password: masked }] } } } } }],
    ['rights of a token', { permissions: { 'id-token': 'write' }, jobs: { a: { permissions: { 'id-token': 'write' } } } }, { permissions: { 'id-token': 'write' }, jobs: { a: { permissions: { 'id-token': 'write' } } } }],
    ['a switch', { jobs: { a: { steps: [{ with: { 'persist-credentials': false } }] } } }, { jobs: { a: { steps: [{ with: { 'persist-credentials': false } }] } } }],
    ['no object', null, null],
  ] // prettier-ignore
  test.each(cases)('%s', (_, content, expected) => {
    const once = maskSecrets(aDocument(content, 'github/workflow'))
    expect(once.content).toEqual(expected)
    expect(maskSecrets(once)).toEqual(once)
  })

  test('in an action, too', () => {
    const action = aDocument({ runs: { steps: [{ env: { TOKEN: 't' } }] } }, 'github/action')
    expect(maskSecrets(action).content).toEqual({ runs: { steps: [{ env: { TOKEN: masked } }] } })
  })

  test('and as the file is read', () => {
    const text =
      'on: push\njobs: {a: {container: {image: x, credentials: {username: u, password: hunter2}}}}\n'
    const reading = readDocuments({ path: 'a.yaml', bytes: new TextEncoder().encode(text) })
    expect(reading.status).toBe('documents')
    expect(JSON.stringify(reading)).not.toContain('hunter2')
  })
})
