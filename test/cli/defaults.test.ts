import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkDefaultNames, checkDefaultsSchema, readCheckDefaults } from '@writ/contract'
import type { Json } from '@writ/domain'
import { compileSchema } from '@writ/rego'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { pack, root, write, writ, type Ended } from './command.ts'
import { deployment } from './manifests.ts'

const folder = mkdtempSync(join(tmpdir(), 'writ-defaults-'))
const bad = deployment('checkout', { privileged: true })

beforeAll(() => {
  execFileSync('git', ['init', '-q', folder])
  execFileSync('cp', ['-r', pack, join(folder, 'own')])
  write(folder, {
    'shop/checkout.yaml': bad,
    'shop/search.yaml': deployment('search'),
    'vendor/deep/bad.yaml': bad,
    'shop/testdata/bad.yaml': bad,
    'elsewhere.yaml': `policies: ${pack}\nenvironment: development\n`,
  })
})
afterEach(() => rmSync(join(folder, 'writ.yaml'), { force: true }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function check(defaults: string, args: readonly string[], cwd = folder): Promise<Ended> {
  write(folder, { 'writ.yaml': defaults })
  return writ(['check', ...args], { cwd })
}

const usual = 'policies: own\nenvironment: production\n'

describe('writ.yaml', () => {
  test('sets what no flag says, wherever in the repository the command runs', async () => {
    const { code, out } = await check(usual, ['.'], join(folder, 'shop'))
    expect(out).toContain(
      `../writ.yaml sets environment production, policies ${join('..', 'own')}.`,
    )
    expect(out).toContain('for production.')
    expect(code).toBe(1)
  })
  test('gives way to flags, and is not mentioned then', async () => {
    const args = ['shop', '--environment', 'development', '--policies', 'own']
    const { code, out } = await check(usual, args)
    expect(out).toContain('for development.')
    expect(out).not.toContain('writ.yaml')
    expect(code).toBe(0)
  })
  test('sets the format and the service', async () => {
    const { out } = await check(`${usual}format: json\nservice: checkout\n`, ['shop'])
    expect(JSON.parse(out)).toMatchObject({ allowed: false })
    const text = await check(`${usual}format: json\nservice: checkout\n`, [
      'shop',
      '--format',
      'text',
    ])
    expect(text.out).toContain('service checkout')
  })
  test('is left out with --no-config, and another file taken with --config', async () => {
    const left = await check('broken: [', ['shop', '--no-config', '--policies', 'own'])
    expect(left.code).toBe(1)
    const other = await check('broken: [', ['shop', '--config', 'elsewhere.yaml'])
    expect(other.out).toContain('elsewhere.yaml sets environment development')
    expect(other.code).toBe(0)
  })
  test('names the baseline, wherever in the repository the command runs', async () => {
    const known = `${usual}baseline: known.json\n`
    const missing = await check(known, ['.'], join(folder, 'shop'))
    expect(missing.err).toContain('baseline in ../writ.yaml:3: ../known.json cannot be read')
    expect(missing.code).toBe(2)
    const written = await check(known, ['shop/checkout.yaml', '--write-baseline', 'known.json'])
    expect(written.code).toBe(0)
    const { code, out } = await check(known, ['checkout.yaml'], join(folder, 'shop'))
    expect(out).toContain('Denied by the policies, and let go on: the baseline knows')
    expect(code).toBe(0)
    rmSync(join(folder, 'known.json'))
  })
  test('is named where one of its values is refused', async () => {
    const { code, err } = await check('policies: own\n# where to\nenvironment: moon\n', ['shop'])
    expect(err).toContain('environment in writ.yaml:3: is not an environment')
    expect(code).toBe(2)
  })
  test('a server in it and a flag that excludes it are named, with the way out', async () => {
    const { code, err } = await check('server: http://127.0.0.1:9\n', ['shop', '--policies', 'own'])
    expect(err).toContain('--policies and server in writ.yaml:1 exclude each other')
    expect(err).toContain('--no-config')
    expect(code).toBe(2)
  })
})

describe('in a folder of the repository', () => {
  const inShop = join(folder, 'shop')
  test('people are told of files as they can open them there', async () => {
    const { out } = await check(usual, ['.', 'gone.yaml'], inShop)
    expect(out).toContain('where   checkout.yaml:')
    expect(out).toContain('  gone.yaml: there is no such file')
    const table = await check(usual, ['.', '--format', 'table'], inShop)
    expect(table.out).toMatch(/│ checkout\.yaml +│/)
  })
  test('programs are told of them from the root, so that marks, records and waivers are the same everywhere', async () => {
    const filesOf = async (args: readonly string[], cwd: string) => {
      const { out } = await check(usual, [...args, '--format', 'json'], cwd)
      return JSON.parse(out).files
    }
    const inside = await filesOf(['.'], inShop)
    expect(inside).toEqual(await filesOf(['shop'], folder))
    expect(inside[0].file).toBe('shop/checkout.yaml')
    const { out } = await check(usual, ['.', '--format', 'github'], inShop)
    expect(out).toContain('::error file=shop/checkout.yaml,')
  })
})

describe('ignore', () => {
  const ignoring = `${usual}ignore:\n  - vendor\n  - '**/testdata'\n`
  test('leaves out files and folders, and counts them', async () => {
    const all = await check(usual, ['.', '--format', 'json'])
    const some = await check(ignoring, ['.', '--format', 'json'])
    const filesOf = ({ out }: Ended) =>
      JSON.parse(out).files.map(({ file }: { file: string }) => file)
    expect(filesOf(all)).toContain('vendor/deep/bad.yaml')
    expect(filesOf(some)).toEqual(['shop/checkout.yaml', 'shop/search.yaml'])
    const { out } = await check(ignoring, ['.'])
    expect(out).toContain('2 files and folders left out by writ.yaml')
  })
  test('begins at the root where the file lies outside the repository', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'writ-outside-'))
    write(outside, { 'own.yaml': ignoring.replace('own', join(folder, 'own')) })
    const { out } = await check(usual, ['.', '--config', join(outside, 'own.yaml')])
    expect(out).toContain('2 files and folders left out by writ.yaml')
    rmSync(outside, { recursive: true })
  })
  test('holds where a file is named itself, and where nothing is left nothing is allowed', async () => {
    const { code, out } = await check(ignoring, ['vendor/deep/bad.yaml'])
    expect(out).toContain('(1 file or folder left out by writ.yaml): nothing was judged')
    expect(code).toBe(2)
  })
})

describe('a mistake is named with its line and the way out', () => {
  const mistakes: readonly [string, string][] = [
    ['# x\nenviroment: production\n', 'writ.yaml:2: enviroment is no key of this file: did you mean environment?'],
    ['timeout: 3\n', `writ.yaml:1: timeout is no key of this file: its keys are ${checkDefaultNames.join(', ')}`],
    ['ignore: vendor\n', 'writ.yaml:1: ignore must be a list, such as ignore: ["vendor"'],
    ['ignore:\n  - a\n  - "!b"\n', 'writ.yaml:3: ignore 1 may use *, ** and ? only'],
    ['environment: 7\n', 'writ.yaml:1: environment must be a string, such as environment: "production"'],
    ['format: xml\n', 'writ.yaml:1: format must be one of text, json'],
    ['server: x\n', 'writ.yaml:1: server must be an address that begins with http'],
    ['server: http://x\npolicies: own\n', 'writ.yaml:2: server and policies exclude each other'],
    ['server: http://x\nbaseline: a.json\n', 'writ.yaml:2: server and baseline exclude each other: with a service, grant waivers'],
    ['- a\n', 'writ.yaml:1: it must hold keys with values'],
    ['a: 1\n---\nb: 1\n', 'writ.yaml:3: a second document begins here'],
    ['a: [\n', 'writ.yaml:2: a bracket or brace is opened and never closed'],
  ] // prettier-ignore
  test.each(mistakes)('%j', async (text, message) => {
    const { code, out, err } = await check(text, ['shop'])
    expect(err).toContain(message)
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })
  test('a name that is almost right is told', async () => {
    write(folder, { 'writ.yml': usual })
    const { code, err } = await writ(['check', 'shop'], { cwd: folder })
    rmSync(join(folder, 'writ.yml'))
    expect({ code, err }).toEqual({
      code: 2,
      err: 'writ: writ.yml is not read: call it writ.yaml\n',
    })
  })
})

describe('the published schema', () => {
  const file = join(root, 'docs', 'reference', 'writ.schema.json')
  if (process.env['WRITE_GOLDEN'] === '1')
    writeFileSync(file, `${JSON.stringify(checkDefaultsSchema(), null, 2)}\n`)
  const published = JSON.parse(readFileSync(file, 'utf8'))

  test('is what the reader reads', () => {
    expect(published).toEqual(checkDefaultsSchema())
  })
  test('describes every key, with an example that it takes', () => {
    expect(Object.keys(published.properties)).toEqual(checkDefaultNames)
    for (const [key, { description, examples }] of Object.entries<{
      description: string
      examples: Json[]
    }>(published.properties)) {
      expect(description.length).toBeGreaterThan(20)
      for (const example of examples)
        expect(readCheckDefaults({ [key]: example })).toEqual({ defaults: { [key]: example } })
    }
  })
  const values: readonly Json[] = [
    {}, [], 'x', { environment: 'production' }, { environment: '' }, { environment: null },
    { enviroment: 'production' }, { format: 'sarif' }, { format: 'xml' }, { server: 'https://x' },
    { server: 'x' }, { server: 'http://x', policies: 'own' }, { policies: 'own' }, { policies: 1 },
    { baseline: 'a.json' }, { baseline: '' }, { server: 'http://x', baseline: 'a.json' },
    { ignore: [] }, { ignore: 'a' }, { ignore: ['a/**', '?x'] }, { ignore: ['!a'] }, { ignore: ['/a'] },
    { ignore: ['a{b,c}'] }, { ignore: ['a\\b'] }, { ignore: [''] }, { ignore: [1] },
    { ignore: ['x'.repeat(257)] }, { ignore: Array.from({ length: 1001 }, () => 'a') },
  ] // prettier-ignore
  test.each(values.map((value) => [JSON.stringify(value).slice(0, 60), value] as const))(
    'takes and refuses what the reader does: %s',
    (_, value) => {
      const byReader = 'defaults' in readCheckDefaults(value)
      expect(compileSchema(published)(value).length === 0).toBe(byReader)
    },
  )
})
