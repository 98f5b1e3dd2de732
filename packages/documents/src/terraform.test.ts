import type { Json } from '@writ/domain'
import { describe, expect, test } from 'vitest'
import { createLocator, masked, readDocuments, type FileReading } from './index.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (text: string, path = 'plan.json'): FileReading =>
  readDocuments({ path, bytes: bytes(text) })

const resource = (change: Json, more: Record<string, Json> = {}) => ({
  address: 'aws_s3_bucket.logs',
  mode: 'managed',
  type: 'aws_s3_bucket',
  name: 'logs',
  provider_name: 'registry.terraform.io/hashicorp/aws',
  change,
  ...more,
})
const actions = (...done: string[]) => resource({ actions: done, before: null, after: {} })
const plan = (...changes: Json[]) =>
  JSON.stringify({ format_version: '1.2', terraform_version: '1.9.8', resource_changes: changes })

function said(reading: FileReading): string {
  switch (reading.status) {
    case 'documents':
      return reading.documents
        .map(({ type, id, operation }) => `${operation} ${type} ${id}`)
        .join(', ')
    case 'skipped':
      return `skipped: ${reading.hint}`
    case 'unknown':
      return `unknown: ${reading.reason}`
    case 'broken':
      return `broken ${reading.format} ${reading.line}: ${reading.message}`
  }
}

const show = 'run `terraform show -json PLAN > plan.json` and judge that'
const again = 'is the plan cut off? Write it again: terraform show -json PLAN > plan.json'
const bucket = 'terraform/aws_s3_bucket aws_s3_bucket.logs'

describe('what becomes of each resource', () => {
  const cases: readonly [string, string[], string][] = [
    ['created', ['create'], `create ${bucket}`],
    ['changed in place', ['update'], `update ${bucket}`],
    ['deleted', ['delete'], `delete ${bucket}`],
    ['left alone, or moved', ['no-op'], `none ${bucket}`],
    ['read', ['read'], `none ${bucket}`],
    ['no longer looked after', ['forget'], `none ${bucket}`],
    ['replaced: what is there afterwards is new', ['delete', 'create'], `create ${bucket}`],
    ['replaced the other way round', ['create', 'delete'], `create ${bucket}`],
  ]
  test.each(cases)('%s', (_, done, expected) =>
    expect(said(read(plan(actions(...done))))).toBe(expected),
  )
})

test('of a plan that is larger than any file, what it changes is read', () => {
  const configuration = { note: 'x'.repeat(9_000_000) }
  const large = JSON.stringify({ ...JSON.parse(plan(actions('create'))), configuration })
  expect(said(read(large))).toBe(`create ${bucket}`)
  expect(said(read(large.slice(0, -1)))).toContain('the file is larger than 8 MB: judge what it')
  const noText = Buffer.concat([Buffer.from(large.slice(0, -3)), Buffer.from([0xff]), Buffer.from(large.slice(-3))]) // prettier-ignore
  expect(said(readDocuments({ path: 'plan.json', bytes: noText }))).toContain('is larger than 8 MB')
})

test('an address holds modules and keys', () => {
  const address = 'module.net["eu"].aws_subnet.a[0]'
  const reading = read(plan(resource({ actions: ['create'] }, { address, type: 'aws_subnet' })))
  expect(said(reading)).toBe(`create terraform/aws_subnet ${address}`)
})

describe('what is no plan, or no whole one, is told in words', () => {
  const whole = plan(actions('create'))
  const cases: readonly [string, string, string, string][] = [
    ['another name', 'tfplan', whole, `create ${bucket}`],
    ['standard input', '-', whole, `create ${bucket}`],
    ['pretty', 'plan.json', JSON.stringify(JSON.parse(whole), null, 2), `create ${bucket}`],
    ['an old format', 'plan.json', whole.replace('"1.2"', '"0.1"'), `create ${bucket}`],
    ['a format to come', 'plan.json', whole.replace('"1.2"', '"2.0"'), 'broken terraform-plan 1: plans of format 2.0 are not read here, only 0.x and 1.x'],
    ['no changes', 'plan.json', plan(), 'skipped: it is a Terraform plan that changes no resource'],
    ['no resources', 'plan.json', '{"format_version":"1.2","terraform_version":"1.9.8","planned_values":{"root_module":{}}}', 'skipped: it is a Terraform plan that changes no resource'],
    ['values without changes', 'plan.json', '{"format_version":"0.1","planned_values":{"root_module":{"resources":[]}}}', `skipped: it has no resource_changes, so it does not say what will change: ${show}`],
    ['changes that are no list', 'plan.json', '{"format_version":"1.2","terraform_version":"1.9.8","resource_changes":{}}', 'broken terraform-plan 1: resource_changes is no list'],
    ['a change that is no object', 'plan.json', plan('x'), 'broken terraform-plan 1: a resource change is no object'],
    ['a change without an address', 'plan.json', plan({ type: 'x' }), 'broken terraform-plan 1: a resource change has no address or no type'],
    ['actions that every object has', 'plan.json', plan(actions('constructor')), 'broken terraform-plan 1: the change of aws_s3_bucket.logs has no actions that are known here'],
    ['actions that nobody knows', 'plan.json', plan(actions('explode')), 'broken terraform-plan 1: the change of aws_s3_bucket.logs has no actions that are known here'],
    ['no actions', 'plan.json', plan(resource(null)), 'broken terraform-plan 1: the change of aws_s3_bucket.logs has no actions that are known here'],
    ['a state', 'terraform.tfstate', '{"version": 4, "terraform_version": "1.9.8", "serial": 3, "lineage": "a", "resources": []}', `skipped: it is a Terraform state, which says what is and not what will change: ${show}`],
    ['a state that was shown', 'state.json', '{"format_version":"1.0","terraform_version":"1.9.8","values":{"root_module":{}}}', `skipped: it is a Terraform state, which says what is and not what will change: ${show}`],
    ['a plan below its command', 'plan.json', '[command]/home/runner/terraform-bin show -json tfplan\n{"format_version":"1.2","terraform_version":"1.12.0"}%0A\n::set-output name=exitcode::0\n', 'broken terraform-plan 1: the command stands above the plan: set `terraform_wrapper: false` where hashicorp/setup-terraform is used, and write the plan again'],
    ['an event stream', 'plan.json', '{"@level":"info","@message":"Terraform 1.9.8","@module":"terraform.ui"}\n{"@level":"info"}\n', `skipped: it is what Terraform prints while it plans, not the plan: ${show}`],
    ['cut off', 'plan.json', whole.slice(0, -40), `broken terraform-plan 1: a bracket or brace is opened and never closed; ${again}`],
    ['another tool’s file', 'a.json', '{"format_version": "1.2", "name": "x"}', 'unknown: it has no format that is known here'],
  ] // prettier-ignore
  test.each(cases)('%s', (_, path, text, expected) => expect(said(read(text, path))).toBe(expected))

  test('UTF-16, as Windows PowerShell writes it, is read; a pointer leads to its line', () => {
    const text = JSON.stringify(JSON.parse(plan(actions('create'))), null, 1)
    const wide = Buffer.from(`\uFEFF${text}\r\n`, 'utf16le')
    const file = { path: 'plan.json', bytes: wide }
    const reading = readDocuments(file)
    expect(said(reading)).toBe(`create ${bucket}`)
    const places = reading.status === 'documents' ? reading.places : new Map()
    const { line } = createLocator(file, places)(0, '/address')
    expect(text.split('\n')[line - 1]).toContain('"address"')
  })

  test('UTF-16 of which the last byte is missing', () => {
    const torn = Buffer.from(`\uFEFF${plan(actions('create'))}`, 'utf16le').subarray(0, -1)
    expect(said(readDocuments({ path: 'plan.json', bytes: torn }))).toBe(
      'broken terraform-plan 1: the file is UTF-16; only UTF-8 is read: save it as UTF-8',
    )
  })
})

test('what Terraform marks as sensitive is masked, and what has a secret name', () => {
  const change = {
    actions: ['update'],
    before: { user: 'old', password: 'hunter1' },
    after: { user: 'new', none: null, list: [{ a: 'hunter2', b: 'kept' }], block: { c: 1 }, auth_token: 'hunter3', http_tokens: 'required' }, // prettier-ignore
    before_sensitive: { user: true },
    after_sensitive: { none: true, list: [{ a: true }], block: true },
  }
  const reading = read(plan(resource(change)))
  expect(reading).toMatchObject({
    documents: [
      {
        content: {
          change: {
            before: { user: masked, password: masked },
            after: { user: 'new', none: null, list: [{ a: masked, b: 'kept' }], block: masked, auth_token: masked, http_tokens: 'required' }, // prettier-ignore
          },
        },
      },
    ],
  })
  expect(JSON.stringify(reading)).not.toContain('hunter')
})

test('of a set or a policy that is marked as a whole, what everybody knows stays', () => {
  const policy = (principal: string) =>
    JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: principal, Action: '*' }] })
  const after = {
    ingress: [{ cidr_blocks: ['0.0.0.0/0', '203.0.113.7/32'], from_port: 22, pin: 1234, self: false, tags: { a: 'hunter2' } }], // prettier-ignore
    pins: [1234, '::/0'],
    policy: policy('*'),
    publicly_accessible: true,
    settings: { a: 1 },
    trust: policy('hunter2'),
  }
  const marks = Object.fromEntries(Object.keys(after).map((name) => [name, true]))
  const change = { actions: ['create'], before: null, after, after_sensitive: marks }
  expect(read(plan(resource(change)))).toMatchObject({
    documents: [
      {
        content: {
          change: {
            after: {
              ingress: [{ cidr_blocks: ['0.0.0.0/0', masked], from_port: 22, pin: masked, self: false, tags: { a: masked } }], // prettier-ignore
              pins: [masked, '::/0'],
              policy: policy('*'),
              publicly_accessible: true,
              settings: masked,
              trust: policy(masked),
            },
          },
        },
      },
    ],
  })
})

test('a marked policy that nests without end is hidden whole', () => {
  const policy = `{"Statement":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
  const change = { actions: ['create'], before: null, after: { policy }, after_sensitive: { policy: true } } // prettier-ignore
  expect(read(plan(resource(change)))).toMatchObject({
    documents: [{ content: { change: { after: { policy: masked } } } }],
  })
})

describe('what stands in a text of a plan is masked under a secret name, too', () => {
  const tasks = (environment: Json) => JSON.stringify([{ name: 'web', environment }])
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db'
  const cases: readonly [string, Record<string, Json>, Record<string, Json>][] = [
    ['a variable of a container', { container_definitions: tasks([{ name: 'DB_PASSWORD', value: 'hunter2' }, { name: 'PORT', value: '80' }]) }, { container_definitions: tasks([{ name: 'DB_PASSWORD', value: masked }, { name: 'PORT', value: '80' }]) }],
    ['where nothing is secret, the text stays as it was written', { container_definitions: ' [ {"name": "web"} ]' }, { container_definitions: ' [ {"name": "web"} ]' }],
    ['a text that is no JSON', { container_definitions: '[{' }, { container_definitions: '[{' }],
    ['a variable in a block', { environment_variable: [{ name: 'API_KEY', value: 'hunter2' }, { name: 'STAGE', value: 'test' }] }, { environment_variable: [{ name: 'API_KEY', value: masked }, { name: 'STAGE', value: 'test' }] }],
    ['where a secret lies', { environment: { DB_SECRET: arn, DB_PASSWORD: 'hunter2' } }, { environment: { DB_SECRET: arn, DB_PASSWORD: masked } }],
    ['a script', { user_data: '#!/bin/sh\nexport DB_PASSWORD=hunter2\n' }, { user_data: `#!/bin/sh\nexport DB_PASSWORD=${masked}\n` }],
    ['a script in base64', { user_data: base64('DB_PASSWORD=hunter2\n') }, { user_data: base64(`DB_PASSWORD=${masked}\n`) }],
    ['the hash of a script', { user_data: '3f786850e387550fdab836ed7e6dc881de23001b' }, { user_data: '3f786850e387550fdab836ed7e6dc881de23001b' }],
  ] // prettier-ignore
  test.each(cases)('%s', (_, after, expected) => {
    const reading = read(plan(resource({ actions: ['create'], before: null, after })))
    expect(reading).toMatchObject({ documents: [{ content: { change: { after: expected } } }] })
  })
})

test('variables, outputs and the state that a plan carries are in no document', () => {
  const text = plan(actions('create')).replace('{', '{"variables":{"p":{"value":"hunter2"}},')
  expect(JSON.stringify(read(text))).not.toContain('hunter2')
})

test('a pointer leads to its line', () => {
  const text = JSON.stringify(
    JSON.parse(plan(actions('no-op'), resource({ actions: ['create'], after: { acl: 'x' } }))),
    null,
    1,
  )
  const reading = read(text)
  if (reading.status !== 'documents') throw new Error(JSON.stringify(reading))
  const locator = createLocator({ path: 'plan.json', bytes: bytes(text) }, reading.places)
  const line = text.split('\n').findIndex((one) => one.includes('"acl"')) + 1
  expect(locator(1, '/change/after/acl').line).toBe(line)
})
