import type { BundleFiles } from '@writ/contract'
import { Fault, isList, valueAt, type Json } from '@writ/domain'
import { createEngine, loadBundle } from '@writ/engine'
import { canonicalText, digestOf } from '@writ/ledger'
import { beforeAll, expect, test } from 'vitest'
import { builtPack, manifestOf, withFiles, withManifest } from './pack.ts'

let pack: BundleFiles
beforeAll(async () => {
  pack = await builtPack()
})

/** Every issue of the Fault that loading throws, as `pointer message`. */
function refusalOf(bundle: BundleFiles): readonly string[] {
  try {
    loadBundle(bundle)
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.code !== 'bundle-invalid') throw thrown
    const issues = thrown.facts['issues'] ?? []
    return isList(issues)
      ? issues.map((issue) => `${textAt(issue, '/pointer')} ${textAt(issue, '/message')}`)
      : []
  }
  return []
}

function textAt(value: Json, pointer: string): string {
  const found = valueAt(value, pointer)
  return typeof found === 'string' ? found : ''
}

test('a bundle is named by its revision and the digest of its canonical manifest', () => {
  const manifest: Json = JSON.parse(manifestOf(pack))
  const bundle = loadBundle(pack)
  expect(bundle.name).toEqual({ revision: 'small', digest: digestOf(canonicalText(manifest)) })
  expect(bundle.dataDigest).toBe(digestOf('{"settings":{"deploy":{"limit":10}}}'))
})

test('the spelling of a manifest changes nothing, its content does', () => {
  const spaced = JSON.stringify(JSON.parse(manifestOf(pack)), null, 2)
  expect(loadBundle(withFiles(pack, { 'manifest.json': spaced })).name).toEqual(
    loadBundle(pack).name,
  )
  const renamed = withManifest(pack, '/rules/0/title', 'Another title')
  expect(loadBundle(renamed).name.digest).not.toBe(loadBundle(pack).name.digest)
})

test('only what is asked is loaded, and what is not is refused by name', () => {
  const asked = { kinds: ['config'], types: new Set(['kubernetes/Pod']) } as const
  const other = withManifest(pack, '/schemas/deploy', { type: 'of no kind' })
  expect(() => loadBundle(other)).toThrow()
  const bundle = loadBundle(other, asked)
  expect(bundle.problems('deploy', {})).toEqual([
    { pointer: '/kind', message: 'is a kind that this bundle has no rules for: it decides config' },
  ])
})

test('it tells its rules, and of which document types it reads the content', () => {
  const bundle = loadBundle(pack)
  expect(bundle.rules.map(({ id }) => id).toSorted()).toEqual([
    'access.member',
    'config.github.stray',
    'config.kubernetes.named',
    'deploy.conflict',
    'deploy.dated',
    'deploy.endless',
    'deploy.shape',
    'deploy.size',
  ])
  expect([...bundle.documentTypes].toSorted()).toEqual([
    'github/workflow',
    'kubernetes/Pod',
    'kubernetes/Service',
  ])
})

const dated = (from: string): Json => ({ from, level: 'shadow' })

/** What is changed in the manifest, to what, and what is said of it. */
const contradictions: readonly (readonly [string, Json | undefined, RegExp])[] = [
  ['/schema', 'writ.bundle/v9', /^manifest\.json#\/schema /],
  ['/surprise', 1, /^manifest\.json#\/surprise is not a field/],
  ['/rules', [], /^manifest\.json#\/rules /],
  ['/rules/0/id', 'deploy.size', /deploy\.size comes twice/],
  ['/rules/0/kind', 'deploy', /access\.member must be in one module of the kind deploy/],
  ['/modules/0/rules', {}, /access\.member must be in one module of the kind access, and is in 0/],
  ['/modules/0/rules/deploy.nothing', 'x', /deploy\.nothing is not among the rules/],
  ['/modules/0/gather', 'writ/no', /^access\.wasm has no entrypoint writ\/no/],
  ['/modules/0/rules/access.member', 'writ/no', /^access\.wasm has no entrypoint writ\/no/],
  ['/modules/0/meteredDigest', `sha256:${'0'.repeat(64)}`, /^access\.wasm has the digest sha256:/],
  ['/modules/0/file', 'lost.wasm', /^access\.wasm is not named[^]*lost\.wasm is missing/],
  [
    '/modules/1/batches',
    { documents: 64, across: { 'deploy.size': null } },
    /batches name the rule deploy\.size/,
  ],
  [
    '/modules/1/batches',
    { documents: 64, gather: 'writ/no', across: {} },
    /^config-github\.wasm has no entrypoint writ\/no/,
  ],
  ['/rules/1/crossesDocuments', true, /compares documents, and its batches do not name it/],
  ['/modules/1/documentTypes', [], /names the document types it is for/],
  ['/modules/1/documentTypes', ['dockerfile'], /github\/workflow, which one of its rules reads/],
  ['/builtins', [], /deploy\.wasm uses the builtin time\.parse_rfc3339_ns/],
  ['/schemas/access', undefined, /the kind access has rules and no schema/],
  ['/schemas/access', { type: 'strange' }, /^manifest\.json#\/schemas\/access the schema cannot/],
  ['/enforcement/levels/access.member', undefined, /access\.member has no level in staging/],
  [
    '/enforcement/levels/access.member/staging',
    undefined,
    /access\.member has no level in staging/,
  ],
  ['/enforcement/levels/no.rule', {}, /no\.rule is not a rule of this bundle/],
  ['/enforcement/governed/moon', [], /moon is not one of its environments/],
  [
    '/enforcement/levels/access.member/staging',
    [dated('2026-02-01T00:00:00.000Z'), dated('2026-01-01T00:00:00.000Z')],
    /levels of access\.member in staging are not in order of time/,
  ],
]

test.each(contradictions)('a manifest with %s as %j is refused', (pointer, value, expected) => {
  expect(refusalOf(withManifest(pack, pointer, value)).join('\n')).toMatch(expected)
})

const damages: readonly (readonly [string, Readonly<Record<string, string | null>>, RegExp])[] = [
  ['without a manifest', { 'manifest.json': null }, /^manifest\.json is missing/],
  ['with a manifest that is not JSON', { 'manifest.json': '{' }, /^manifest\.json .*not JSON/],
  ['with a name twice in its manifest', { 'manifest.json': '{"opa":1,"opa":2}' }, /\/opa/],
  ['without data', { 'data.json': null }, /^data\.json is missing/],
  ['with a list as data', { 'data.json': '[]' }, /^data\.json must be a JSON object/],
  ['with data that is not JSON', { 'data.json': '{} x' }, /^data\.json /],
  ['without a module', { 'access.wasm': null }, /^access\.wasm is missing/],
  ['with another module than promised', { 'access.wasm': 'wasm' }, /^access\.wasm has the digest/],
  ['with a file that nobody named', { 'more.wasm': 'x' }, /^more\.wasm is not named/],
]

test.each(damages)('a bundle %s is refused', (_, changed, expected) => {
  expect(refusalOf(withFiles(pack, changed)).join('\n')).toMatch(expected)
})

test('a module that cannot be run is refused, though its digest is right', () => {
  const wasm = 'not a module'
  const promised = withManifest(pack, '/modules/0/meteredDigest', digestOf(wasm))
  expect(refusalOf(withFiles(promised, { 'access.wasm': wasm }))).toEqual([
    expect.stringMatching(/^access\.wasm not a WebAssembly module/),
  ])
})

test('everything that is wrong is named at once', () => {
  const twice = withManifest(
    withManifest(pack, '/enforcement/levels/no.rule', {}),
    '/schemas/deploy',
    undefined,
  )
  expect(refusalOf(withFiles(twice, { 'access.wasm': 'x', 'more.wasm': 'y' }))).toHaveLength(4)
})

test('a rule that cannot even be evaluated over an empty request is refused by name', () => {
  const starved = withManifest(pack, '/modules/0/fuel', { base: 1, perByte: 1 })
  expect(refusalOf(starved)).toEqual([
    'access.wasm the rule access.member fails on any request: it did not end within its fuel',
  ])
})

test('before the first activation there is no bundle to decide with; after it the last one decides', () => {
  const engine = createEngine()
  expect(() => engine.active()).toThrow(expect.objectContaining({ code: 'bundle-not-ready' }))
  const [first, second] = [loadBundle(pack), loadBundle({ ...pack, revision: 'second' })]
  engine.activate(first)
  expect(engine.active()).toBe(first)
  engine.activate(second)
  expect(engine.active()).toBe(second)
})
