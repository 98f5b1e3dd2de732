import type { BundleFiles } from '@writ/contract'
import { kinds, type Kind } from '@writ/domain'
import { loadBundle, openPackedBundle, packBundle } from '@writ/engine'
import { digestOf } from '@writ/ledger'
import { loadedCheck } from '@writ/rego'
import { aDocument, aNow, aRequest } from '@writ/testkit'
import { beforeAll, expect, test } from 'vitest'
import { builtPack, withManifest } from './pack.ts'

type Files = Map<string, Uint8Array>
type Opening = Parameters<typeof openPackedBundle>[0]

let pack: BundleFiles
let packed: Files
let checks: Opening['checks']
beforeAll(async () => {
  pack = await builtPack()
  const packing = packBundle(pack)
  packed = new Map(packing.files)
  checks = Object.fromEntries(
    [...packing.checks].map(([kind, source]) => [kind, loadedCheck(source)]),
  )
})

/** Opens it, and tells which files were read. */
function opened(files: Files, asked: readonly Kind[] = kinds, isWarm = false) {
  const read: string[] = []
  const bundle = openPackedBundle({
    read: (file) => {
      read.push(file)
      return files.get(file) ?? new Uint8Array()
    },
    kinds: asked,
    checks,
    isWarm,
  })
  return { bundle, read }
}

const requests = [
  aRequest({ kind: 'deploy' }),
  aRequest({ kind: 'access' }),
  aRequest({ kind: 'config', documents: [aDocument()] }),
]

test.each([[false], [true]])(
  'a packed bundle says what the same bundle says that was verified in full (warm: %s)',
  (isWarm) => {
    const [{ bundle }, full] = [opened(packed, kinds, isWarm), loadBundle(pack)]
    const { name, dataDigest, enforcement, rules, documentTypes } = full
    expect(bundle).toMatchObject({ name, dataDigest, enforcement, rules, documentTypes })
    for (const request of requests)
      expect(bundle.evaluate(request, aNow)).toEqual(full.evaluate(request, aNow))
    for (const kind of kinds)
      for (const value of [{}, { context: 'text' }, { resource: 1, subject: null }])
        expect(bundle.problems(kind, value)).toEqual(full.problems(kind, value))
  },
)

test('instants are kept as they were read, whatever their spelling was', () => {
  const spelt = withManifest(pack, '/rules/0/effectiveOn', '2026-01-01T01:00:00+01:00')
  const { bundle } = opened(new Map(packBundle(spelt).files))
  expect(bundle.rules[0]?.effectiveOn).toBe('2026-01-01T00:00:00.000Z')
  expect(bundle.name).toEqual(loadBundle(spelt).name)
})

test('only what is asked for is read', () => {
  const start = ['packed.json', 'manifest-as-read.json', 'data.json']
  expect(opened(packed, []).read).toEqual(start)
  const { bundle, read } = opened(packed)
  expect(read).toEqual(start)
  bundle.evaluate(aRequest(), aNow)
  bundle.evaluate(aRequest(), aNow)
  expect(read).toEqual([...start, 'deploy.wasm'])
})

test('a bundle that is not good is not packed', () => {
  const bad = withManifest(pack, '/schemas/deploy', { type: 'of no kind' })
  expect(() => packBundle(bad)).toThrow(expect.objectContaining({ code: 'bundle-invalid' }))
})

const spoilt: readonly (readonly [string, string])[] = [
  ['packed.json', ''],
  ['packed.json', '{}'],
  ['packed.json', 'null'],
  ['packed.json', '{"revision":"r","digest":"d","files":null,"modules":{}}'],
  ['packed.json', '{"revision":"r","digest":"d","files":{},"modules":null}'],
  ['manifest-as-read.json', '{}'],
  ['data.json', '{}'],
]

test.each(spoilt)('%s with %j in it stops the start, and is named', (file, text) => {
  const files = new Map(packed).set(file, new TextEncoder().encode(text))
  expect(() => opened(files)).toThrow(
    expect.objectContaining({ code: 'bundle-invalid', message: expect.stringContaining(file) }),
  )
})

test.each([
  ['is not as it was packed', false],
  ['cannot be loaded', true],
])(
  'a module that %s stops a warm start; else the first request that needs it, which gets no decision',
  (_, isListed) => {
    const other = packed.get('deploy.wasm') ?? new Uint8Array()
    const module = isListed ? new TextEncoder().encode('no module') : other
    const list = new TextDecoder().decode(packed.get('packed.json'))
    const before = digestOf(packed.get('access.wasm') ?? '')
    const files = new Map(packed).set('access.wasm', module)
    if (isListed)
      files.set('packed.json', new TextEncoder().encode(list.replace(before, digestOf(module))))
    const refusal = expect.objectContaining({
      code: 'bundle-not-ready',
      message: expect.stringContaining('access.wasm'),
    })
    expect(() => opened(files, kinds, true)).toThrow(refusal)
    const { bundle } = opened(files)
    expect(() => bundle.evaluate(aRequest({ kind: 'access' }), aNow)).toThrow(refusal)
    expect(bundle.evaluate(aRequest(), aNow)).toEqual(loadBundle(pack).evaluate(aRequest(), aNow))
  },
)

test('a kind without its check stops the start, and is named', () => {
  const { access: _, ...others } = checks
  const read = (file: string): Uint8Array => packed.get(file) ?? new Uint8Array()
  const opening = { read, checks: others, isWarm: false }
  expect(() => openPackedBundle({ ...opening, kinds })).toThrow(/the check of access requests/)
  expect(() => openPackedBundle({ ...opening, kinds: ['deploy'] })).not.toThrow()
})
