import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildRego, type BuiltRego, type RegoBuild } from '@writ/compiler'
import { Fault, isList } from '@writ/domain'
import { loadModule, meter, readBundle } from '@writ/rego'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStand, type Stand } from './stand.ts'

/** `npm test` builds the native twin and names it, or says at its end that these could not be run. */
const native = process.env['WRIT_NATIVE_OPA'] ?? ''
const hasNative = native !== ''

let stand: Stand
beforeAll(async () => {
  stand = await openStand()
})
afterAll(() => stand?.close())

type Files = { readonly [path: string]: string }

/** A folder of its own with these files. */
function folderOf(files: Files): string {
  const folder = mkdtempSync(join(stand.policies, '..', 'rego-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

type Wanted = Partial<Pick<RegoBuild, 'entrypoints' | 'regoVersion' | 'gates'>> & {
  /** Within the folder; all of it when absent. */
  readonly paths?: readonly string[]
}

function build(folder: string, wanted: Wanted = {}): Promise<BuiltRego> {
  const { paths = ['.'], entrypoints = ['app/allow'], regoVersion = 1, gates = false } = wanted
  const named = paths.map((path) => ({ named: path, file: join(folder, path) }))
  return buildRego({ ...stand.surroundings, paths: named, entrypoints, regoVersion, gates })
}

/** What the Fault says: its message, then each mistake. */
async function refusal(work: Promise<unknown>): Promise<readonly string[]> {
  const thrown: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(thrown instanceof Fault)) throw thrown
  const { issues = [] } = thrown.facts
  const listed = isList(issues) ? issues : []
  return [thrown.message, ...listed.map((issue) => JSON.stringify(issue))]
}

const allow = 'package app\n\nallow if input.n > data.limits.n\n'
const limits = '{"limits": {"n": 12345678901234567890}}'

test('a bundle holds the sources as they are, their data to the digit, the module, and no test', async () => {
  const files = {
    'a.rego': allow,
    'a_test.rego': 'package app\n\ntest_it if not allow\n',
    'data.json': limits,
    'deep/er/data.yaml': 'k: v\n',
    'other.json': '[1]',
    '.git/b.rego': 'not Rego',
  }
  const { bundle, entrypoints } = await build(folderOf(files), { entrypoints: ['data.app.allow'] })
  const read = readBundle(bundle)
  const textOf = (name: string): string => Buffer.from(read.get(name) ?? []).toString()
  expect(entrypoints).toEqual(['app/allow'])
  expect([...read.keys()].toSorted()).toEqual(['.manifest', 'a.rego', 'data.json', 'policy.wasm'])
  expect(textOf('a.rego')).toBe(allow)
  expect(textOf('data.json').trim()).toBe(
    '{"deep":{"er":{"k":"v"}},"limits":{"n":12345678901234567890}}',
  )
  expect(JSON.parse(textOf('.manifest'))).toMatchObject({ roots: [''], rego_version: 1 })
})

test('the same Rego in two folders gives the same digest, and other Rego another', async () => {
  const [one, two] = [folderOf({ 'a.rego': allow }), folderOf({ 'a.rego': allow })]
  const three = folderOf({ 'a.rego': `${allow}\nmore := 1\n` })
  const [first, second, third] = [await build(one), await build(two), await build(three)]
  expect(Buffer.from(second.bundle).equals(first.bundle)).toBe(true)
  expect(second.digest).toBe(first.digest)
  expect(third.digest).not.toBe(first.digest)
})

test('Rego of before 1.0 is built as it is, beside files that are named one by one', async () => {
  const folder = folderOf({
    'main.rego': 'package app\n\ndeny[msg] {\n  msg := data.words.no\n}\n',
    'more.json': '{"words": {"no": "no"}}',
  })
  const wanted = {
    entrypoints: ['app/deny'],
    regoVersion: 0,
    paths: ['main.rego', 'more.json'],
  } as const
  const read = readBundle((await build(folder, wanted)).bundle)
  expect([...read.keys()].toSorted()).toEqual(['.manifest', '1/main.rego', 'data.json', 'policy.wasm']) // prettier-ignore
})

test('a package is asked whole, also where a function in another of its files rests on a rule of it', async () => {
  const folder = folderOf({
    'a.rego': 'package app\n\nwords := {"no"}\n\nis_word(text) if text in words\n',
    'b.rego': 'package app\n\ndeny contains text if {\n  some text in input\n  is_word(text)\n}\n',
  })
  const { bundle } = await build(folder, { entrypoints: ['app'] })
  const module = loadModule(meter(readBundle(bundle).get('policy.wasm') ?? new Uint8Array()))
  expect(module.entrypoints).toEqual(['app'])
})

test('a thousand entrypoints with long names are built and loaded', async () => {
  const names = Array.from({ length: 1_000 }, (_, index) => `rule_${index}_${'x'.repeat(200)}`)
  const rules = names.map((name, index) => `${name} := ${index}`)
  const folder = folderOf({ 'a.rego': ['package app', ...rules].join('\n\n') })
  const wanted = names.map((name) => `app/${name}`)
  expect((await build(folder, { entrypoints: wanted })).entrypoints).toEqual(wanted)
})

describe('what cannot be built is told with its place and the way out', () => {
  const old = 'package app\n\nallow {\n  input.x\n}\n'
  const mistakes: readonly [string, Files, Wanted, readonly (string | RegExp)[]][] = [
    ['no Rego', { 'a_test.rego': 'package app' }, {}, ['There is no Rego to build', /^{"pointer":"."/]],
    ['a path that is not there', {}, { paths: ['gone'] }, ['The Rego cannot be read', /^{"pointer":"gone"/]],
    ['text that is no Rego', { 'x/a.rego': 'package app\n\nallow if {' }, {},
      ['The Rego does not compile', /^{"pointer":"x\/a\.rego:3:10","message":"is not Rego: /]],
    ['a name that nothing defines', { 'a.rego': 'package app\n\nallow if foo(1)' }, {},
      ['The Rego does not compile', /^{"pointer":"a\.rego:3:10","message":"there is no function foo: misspelt/]],
    ['Rego of before 1.0', { 'a.rego': old }, {},
      ['The Rego does not compile', /"a\.rego:3:1".*`if` keyword/, /build it with --rego-version 0/]],
    ['Rego of 1.0, built as older', { 'a.rego': 'package app\n\nallow if input.x' }, { regoVersion: 0 },
      ['The Rego does not compile', /"a\.rego:3:1"/, /"a\.rego:3:7"/, /build it with --rego-version 1/]],
    ['older Rego that only calls what 1.0 gave up', { 'a.rego': 'package app\n\nallow = re_match("a", input.x)' }, {},
      ['The Rego does not compile', /"a\.rego:3:9".*deprecated/, /build it with --rego-version 0/]],
    ['a test as an entrypoint', { 'a.rego': allow, 'a_test.rego': 'package app_test\n\ntest_it if data.app.allow' },
      { entrypoints: ['app_test/test_it'] }, ['app_test/test_it is in a test, and of a folder no tests are taken: name its file']],
    ['a function as an entrypoint', { 'a.rego': 'package app\n\nf(x) := x' }, { entrypoints: ['app/f'] },
      ['app/f is a function, which only Rego can call: the entrypoint must be a rule or a package']],
    ['a builtin that asks the world outside', { 'a.rego': 'package app\n\nallow := http.send(input)' }, {},
      [/cannot be run: .* http\.send/, /"a\.rego:3:10".*calls http\.send/]],
    ['data that disagree', { 'a.rego': allow, 'd/data.json': '{"a": 1}', 'd/data.yaml': 'a: 2' }, {},
      ['The Rego does not compile', /^{"pointer":"d\/data\.yaml","message":"merge error: /]],
    ['data that is no object', { 'a.rego': allow, 'data.json': '[1]' }, {},
      ['The Rego does not compile', /^{"pointer":"data\.json","message":"document must be of type object/]],
    ['an entrypoint that is not there', { 'a.rego': allow }, { entrypoints: ['app/alow'] },
      ['No rule or package is at the entrypoint app/alow']],
    ['what the strict check refuses', { 'a.rego': 'package app\n\nallow if x := 1' }, { gates: true },
      [/does not pass the gates \(--no-gates /, /"a\.rego:3:10".*assigned var x unused/]],
    ['a test that fails', { 'a.rego': allow, 'a_test.rego': 'package app_test\n\ntest_it if data.app.allow' }, { gates: true },
      [/does not pass the gates/, /"a_test\.rego:3:1".*test_it fails/]],
  ] // prettier-ignore
  test.each(mistakes)('%s', async (_, files, wanted, expected) => {
    const told = await refusal(build(folderOf(files), wanted))
    expect(told).toHaveLength(expected.length)
    for (const [at, words] of expected.entries()) expect(told[at]).toMatch(words)
  })
})

describe('a stock opa', () => {
  const run = (args: readonly string[], input?: string): string => {
    const { status, stdout, stderr } = spawnSync(native, args, { encoding: 'utf8', input })
    expect([status, stderr]).toEqual([0, ''])
    return stdout
  }

  test.runIf(hasNative)('loads the bundle, and evaluates what is in it', async () => {
    const folder = folderOf({ 'a.rego': allow, 'limits/data.json': '{"n": 3}' })
    const file = join(folder, 'bundle.tar.gz')
    writeFileSync(file, (await build(folder)).bundle)
    const answer = (n: number): string =>
      run(['eval', '-b', file, '-I', '-f', 'json', 'data.app.allow'], `{"n": ${n}}`)
    expect(JSON.parse(answer(4))).toMatchObject({ result: [{ expressions: [{ value: true }] }] })
    expect(JSON.parse(answer(3))).toEqual({})
    expect(run(['inspect', file])).toContain('data.app')
    rmSync(file)
  })
})
