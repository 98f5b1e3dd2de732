import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { check, expectGolden, write, writ, type Ended } from './command.ts'
import { bomb, deployment, service, workflow } from './manifests.ts'

const folder = mkdtempSync(join(tmpdir(), 'writ-cli-'))
const inFolder = { cwd: folder }
const production = ['--environment', 'production']

beforeAll(async () => {
  write(folder, {
    'shop/cart.yaml': deployment('cart', { owner: false }),
    'shop/checkout.yaml': `${deployment('checkout', { privileged: true, owner: false })}---\n${service}`,
    'shop/README.md': '# The shop',
    'shop/search.yaml': deployment('search'),
    'shop/template.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n',
    'flow/.github/workflows/test.yml': workflow,
    'good/search.yaml': deployment('search'),
    'broken/half.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: half\n',
    'nothing/README.md': '# Nothing to judge',
    'idle/plan.json': '{"format_version":"1.2","terraform_version":"1.9.8","resource_changes":[]}',
    'job/job.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: job\n  namespace: shop\n  labels:\n    owner: x\n',
  })
  await check(['good'], inFolder) // builds the pack once for all
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a folder of manifests', () => {
  test.each(['text', 'json', 'github'])('is reported as %s', async (format) => {
    const { code, out, err } = await check(['shop', ...production, '--format', format], inFolder)
    expectGolden(`check-${format}`, out)
    expect({ code, err }).toEqual({ code: 1, err: '' })
  })
  test('gets a table on the page of the run in GitHub Actions', async () => {
    const summary = join(folder, 'summary.md')
    const env = { GITHUB_STEP_SUMMARY: summary }
    await check(['shop', ...production, '--format', 'github'], { ...inFolder, env })
    expectGolden('check-summary', readFileSync(summary, 'utf8'))
  })
  test('gives the same report in whichever order its files are named', async () => {
    const names = ['shop/search.yaml', 'shop/checkout.yaml', 'shop/cart.yaml']
    const [one, other] = await Promise.all([
      check([...names, '--format', 'json'], inFolder),
      check([...names.toReversed(), 'shop/cart.yaml', '--format', 'json'], inFolder),
    ])
    const filesOf = ({ out }: Ended) =>
      JSON.parse(out).files.toSorted((a: { file: string }, b: { file: string }) =>
        a.file < b.file ? -1 : 1,
      )
    expect(filesOf(other)).toEqual(filesOf(one))
  })
})

const cases: readonly [string, number, readonly string[]][] = [
  ['nothing found', 0, ['good', ...production]],
  ['advice only', 0, ['shop/cart.yaml', ...production]],
  ['a plan that changes nothing', 0, ['idle', ...production]],
  ['a rule in shadow fails', 0, ['shop/checkout.yaml', '--environment', 'development']],
  ['a mandatory rule fails', 1, ['shop/checkout.yaml', ...production]],
  ['no environment: the strictest counts', 1, ['shop/checkout.yaml']],
  ['a workflow fails a hard rule', 1, ['flow', ...production]],
  ['a denial and a broken file', 1, ['shop/checkout.yaml', 'broken', ...production]],
  ['a broken file', 2, ['broken', ...production]],
  ['a broken file beside good ones', 2, ['broken', 'good', ...production]],
  ['nothing to judge', 2, ['nothing', ...production]],
  ['an empty folder name', 2, ['']],
  ['a path that is not there', 2, ['gone.yaml', 'good', ...production]],
  ['an unknown environment', 2, ['good', '--environment', 'moon']],
  ['no path', 2, []],
  ['an unknown option', 2, ['good', '--enviroment', 'production']],
  ['an unknown format', 2, ['good', '--format', 'yaml']],
  ['policies that are not there', 2, ['good', '--policies', 'gone']],
  ['policies and a server', 2, ['good', '--server', 'http://127.0.0.1:9']],
]
test.each(cases)('%s: exit code %i', async (_, expected, args) => {
  const { code, out, err } = await check(args, inFolder)
  expect(code, out + err).toBe(expected)
  expect(out.includes('Allowed') || out.includes('may go ahead')).toBe(expected === 0)
  expect(out + err).not.toMatch(/^\s+at .*:\d+:\d+/m)
})

test('a service that is not there is neither a denial nor a mistake of the caller', async () => {
  const args = ['check', 'good', '--server', 'http://127.0.0.1:1', '--timeout', '5']
  const { code, err } = await writ(args, inFolder)
  expect(code).toBe(3)
  expect(err).toContain('http://127.0.0.1:1 gave no answer')
})

test('JSON comes out whole where nothing could be judged, too', async () => {
  const { code, out } = await check(['good', '--environment', 'moon', '--format', 'json'], inFolder)
  expect(JSON.parse(out)).toMatchObject({
    allowed: false,
    errors: [{ file: null }, { message: expect.stringContaining('--environment: is not an') }],
  })
  expect(code).toBe(2)
})

test('a document that no request can hold is judged here, and named with a way out where a service judges', async () => {
  const head = 'openapi: 3.1.0\ninfo: { title: Shop, version: 1.0.0 }\n'
  const file = `description: ${'a'.repeat(3_900_000)}\n`
  write(folder, { 'large/api.yaml': `${head}x-all:\n  ${file}` })
  expect((await check(['large'], inFolder)).code).toBe(0)
  const args = ['check', 'large', '--format', 'json', '--server', 'http://127.0.0.1:1']
  const { code, out } = await writ(args, inFolder)
  expect(code).toBe(2)
  expect(JSON.parse(out).errors).toEqual([
    {
      file: 'large/api.yaml',
      line: null,
      message:
        'openapi large/api.yaml: it is larger than what is judged at once (3.8 MB as JSON): check a copy without descriptions and examples, or split it',
    },
  ])
})

test('a hint is told once for the documents of files that it is for', async () => {
  const holed = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n'
  const whole = deployment('search')
  write(folder, {
    'holes/one.yaml': [whole, holed].join('---\n'),
    'holes/two.yaml': [holed, whole, holed].join('---\n'),
  })
  const { out } = await check(['holes'], inFolder)
  expect(out).toContain(
    '  holes/one.yaml (document 2), holes/two.yaml (documents 1, 3): it is a template with {{ }} left in it',
  )
})

test('a fix of several lines and a hint are told once, and Terraform source has one', async () => {
  write(folder, {
    'again/a.yaml': deployment('a', { privileged: true }),
    'again/b.yaml': deployment('b', { privileged: true }),
    ...Object.fromEntries(
      [1, 2, 3, 4, 5].map((at) => [`again/infra/${at}.tf`, 'resource "x" "y" {}']),
    ),
  })
  const { out } = await check(['again', ...production], inFolder)
  expect(out.split('Remove the line')).toHaveLength(2)
  expect(out).toContain('fix     as for again/a.yaml:17, above')
  expect(out).toContain(
    'again/infra/1.tf, again/infra/2.tf, again/infra/3.tf and 2 more: it is Terraform source',
  )
})

describe('standard input', () => {
  test.each([
    ['what Helm renders', deployment('cart'), 0],
    ['a privileged container', deployment('cart', { privileged: true }), 1],
    ['nothing', '', 2],
    ['a sentence', 'hello', 2],
    ['half a manifest', 'apiVersion: v1\nkind: [', 2],
  ] as const)('%s', async (_, input, expected) => {
    const { code, out } = await check(['-', ...production], { ...inFolder, input })
    expect(code, out).toBe(expected)
  })
  test('is read once', async () => {
    expect((await check(['-', '-'], inFolder)).code).toBe(2)
  })
})

describe('a folder with everything wrong', () => {
  const place = mkdtempSync(join(tmpdir(), 'writ-broken-'))
  afterAll(() => rmSync(place, { recursive: true, force: true }))

  test('names each thing, and checks the rest', async () => {
    write(place, {
      'all/binary.yaml': new Uint8Array([0, 1, 2, 255, 254, 0]),
      'all/bomb.yaml': bomb,
      'all/empty.yaml': '',
      'all/half.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: half\n',
      'all/huge.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: huge}\n${'# x\n'.repeat(2_100_000)}`,
      'all/node_modules/x/bad.yaml': deployment('never', { privileged: true }),
      'all/rest/cart.yaml': deployment('cart', { privileged: true }),
      'all/twice.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  name: b\n',
      'outside/more.yaml': deployment('more'),
    })
    symlinkSync('..', join(place, 'all/rest/up'))
    symlinkSync('self.yaml', join(place, 'all/self.yaml'))
    symlinkSync('gone', join(place, 'all/dangling'))
    symlinkSync('../outside', join(place, 'all/out'))
    execFileSync('mkfifo', [join(place, 'all/pipe.yaml')])
    const { code, out } = await check(['all', ...production, '--format', 'json'], { cwd: place })
    expectGolden('check-broken', out)
    expect(code).toBe(1)
  })
})

test('what a file says can neither move the cursor nor command the runner', async () => {
  const name = '"x\\u001b[2J\\n::set-output name=a::b"'
  const input = deployment('cart', { privileged: true }).replace('- name: app', `- name: ${name}`)
  const [text, github] = await Promise.all([
    check(['-', ...production], { input }),
    check(['-', ...production, '--format', 'github'], { input }),
  ])
  for (const { out } of [text, github]) {
    expect(out).not.toContain('\u001b')
    expect(out).not.toMatch(/^\s*::set-output/m)
    expect(out).toContain('set-output')
  }
})

test('a change set over the bound is judged in parts, and rules across documents say that they cannot', async () => {
  const many = Array.from({ length: 1001 }, (_, at) => deployment(`s${at}`)).join('---\n')
  const staging = await check(['-', '--environment', 'staging'], { input: many })
  expect(staging.code, staging.out).toBe(0)
  const strict = await check(['-', ...production, '--format', 'json'], { input: many })
  expect(strict.code).toBe(1)
  const whole = JSON.parse(strict.out).files.at(-1)
  expect(whole).toMatchObject({ file: null, findings: [{ rule: 'config.kubernetes.twice' }] })
})

test('of advice a fix is told once with all its places, and what blocks stands last', async () => {
  write(folder, {
    'last/a.yaml': deployment('a', { privileged: true }),
    'last/b.yaml': deployment('b', { owner: false }),
    'last/c.yaml': deployment('c', { owner: false }),
  })
  const { out } = await check(['last', ...production], inFolder)
  expect(out.split('Write the label')).toHaveLength(2)
  const order = ['last/b.yaml:7', 'last/c.yaml:7', 'Write the label', 'Blocked: ', 'Denied: 1']
  expect(order.map((words) => out.indexOf(words))).toEqual(
    order.map((words) => out.indexOf(words)).toSorted((left, right) => left - right),
  )
  expect(out).toContain('Waivers count where a service judges (--server).')
})

test('the log of a run folds away what stops nothing, and marks no more of it than GitHub shows', async () => {
  const many = Array.from({ length: 30 }, (_, at) => deployment(`s${at}`, { owner: false }))
  const input = [deployment('bad', { privileged: true }), ...many].join('---\n')
  const { out } = await check(['-', ...production, '--format', 'github'], { input })
  const lines = out.split('\n')
  const [from, to] = [
    lines.indexOf('::endgroup::'),
    lines.findIndex((line) => line.startsWith('Denied')),
  ]
  expect(lines[0]).toBe('::group::What stops nothing (30)')
  expect(lines.filter((line) => line.startsWith('::warning'))).toHaveLength(10)
  expect(lines.filter((line) => /^advice: .*names no owner/.test(line))).toHaveLength(20)
  expect(lines.slice(from + 1, to)).toEqual([expect.stringMatching(/^::error /)])
})

test('of a great many findings the text shows the first, and JSON all', async () => {
  const many = Array.from({ length: 300 }, (_, at) =>
    deployment(`s${at}`, { owner: false, privileged: true }),
  )
  const input = many.join('---\n')
  const [text, json] = await Promise.all([
    check(['-', ...production], { input }),
    check(['-', ...production, '--format', 'json'], { input }),
  ])
  expect(text.out.match(/^ {2}Blocked: /gm)).toHaveLength(200)
  expect(text.out).toContain('… and 100 more findings: --format json shows all.')
  expect(text.out.match(/names no owner/g)).toHaveLength(10)
  expect(text.out).toContain('    … and 290 more: --format json shows all\n')
  expect(JSON.parse(json.out).files[0].findings).toHaveLength(600)
})

test.each([1000, 5000])('%i files fit in little memory', async (count) => {
  const place = mkdtempSync(join(tmpdir(), 'writ-many-'))
  const padding = Array.from({ length: 40 }, (_, at) => `    note-${at}: "${'x'.repeat(60)}"`).join(
    '\n',
  )
  write(
    place,
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [
        `s${at}.yaml`,
        deployment(`s${at}`).replace('  labels:', `  annotations:\n${padding}\n  labels:`),
      ]),
    ),
  )
  const env = { NODE_OPTIONS: '--max-old-space-size=256' }
  const { code, out, err } = await check(['.', '--environment', 'staging'], { cwd: place, env })
  rmSync(place, { recursive: true, force: true })
  expect(code, out + err).toBe(0)
  expect(out).toContain(`${count.toLocaleString('en')} files read`)
})
