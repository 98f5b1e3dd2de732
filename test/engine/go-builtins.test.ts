import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildBundle, cacheFolder, inspectPack } from '@writ/compiler'
import { goBuiltinsFile, type BundleFiles } from '@writ/contract'
import { keptFiles, loadBundle, openKeptBundle, openPackedBundle, packBundle } from '@writ/engine'
import { aNow, aRequest } from '@writ/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtPack, manifestOf, withFiles, withManifest } from './pack.ts'

const { env } = process
const around = { env, cacheDir: cacheFolder(env, homedir()), onProgress: console.log }
const folder = mkdtempSync(join(tmpdir(), 'writ-go-builtins-'))

const sizes = `# METADATA
# title: Sizes
package lib.sizes

bytes(text) := count if count := units.parse_bytes(text)

else := 0
`

/** The small pack, where the rule about sizes compares what only OPA's own Go code answers. */
let pack: BundleFiles
const build = (): Promise<BundleFiles> => buildBundle({ ...around, policies: folder })
beforeAll(async () => {
  cpSync(join(import.meta.dirname, 'pack'), folder, { recursive: true })
  const shipped = join(import.meta.dirname, '..', '..', 'policies', 'capabilities.json')
  cpSync(shipped, join(folder, 'capabilities.json'))
  change('schemas/deploy.json', '"size": { "type": "number" }', '"size": { "type": "string" }')
  change(
    'deploy/size.rego',
    'input.context.size > data',
    'data.lib.sizes.bytes(input.context.size) > data',
  )
  writeFileSync(join(folder, 'lib', 'sizes.rego'), sizes)
  pack = await build()
})
function change(path: string, from: string | RegExp, to: string): void {
  const file = join(folder, path)
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
}

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const large = aRequest({ context: { environment: 'production', size: '1Gi' } })
const said = expect.objectContaining({
  verdict: 'fail',
  complaints: [expect.objectContaining({ message: expect.stringContaining('1Gi is larger') })],
})

test('a bundle holds OPA’s own builtins where a module needs them, under the digest of its manifest', async () => {
  expect(JSON.parse(manifestOf(pack))).toMatchObject({
    builtins: expect.arrayContaining(['units.parse_bytes']),
    goBuiltinsDigest: expect.stringMatching(/^sha256:/),
  })
  expect(pack.files.has(goBuiltinsFile)).toBe(true)
  const other = await builtPack()
  expect([other.files.has(goBuiltinsFile), manifestOf(other).includes('goBuiltins')]).toEqual([
    false,
    false,
  ])
  expect(inspectPack(pack).builtins).toContainEqual({ name: 'units.parse_bytes', tier: 'Go' })
})

test('out of the cache it is the same bundle', async () => {
  const again = await build()
  expect(again.revision).toBe(pack.revision)
  expect([...again.files.keys()].toSorted()).toEqual([...pack.files.keys()].toSorted())
})

test('its rules find what OPA would find', () => {
  expect(loadBundle(pack).evaluate(large, aNow)).toContainEqual(said)
})

test('a builtin that fails is an error of the rule, never a pass', () => {
  const unreadable = aRequest({ context: { environment: 'production', size: 'much' } })
  const verdicts = loadBundle(pack).evaluate(unreadable, aNow)
  expect(verdicts.find(({ rule }) => rule.id === 'deploy.size')).toMatchObject({ verdict: 'error' })
})

test('other bytes in their place, none, or a file that the manifest does not name are refused', () => {
  const refused = expect.objectContaining({
    code: 'bundle-invalid',
    message: expect.stringContaining(goBuiltinsFile),
  })
  const changed = Uint8Array.from(pack.files.get(goBuiltinsFile) ?? [])
  changed[1_000_000] = (changed[1_000_000] ?? 0) ^ 1
  expect(() => loadBundle(withFiles(pack, { [goBuiltinsFile]: changed }))).toThrow(refused)
  expect(() => loadBundle(withFiles(pack, { [goBuiltinsFile]: null }))).toThrow(refused)
  expect(() => loadBundle(withManifest(pack, '/goBuiltinsDigest', undefined))).toThrow(refused)
})

test('a kept bundle decides by the builtins that it was kept with, which many share', async () => {
  const kept = keptFiles(pack)
  const path = [...kept.keys()].find((name) => name.startsWith('opa-builtins/')) ?? ''
  const { name, dataDigest } = loadBundle(pack)
  const opened = (files: ReadonlyMap<string, Uint8Array>) =>
    openKeptBundle(async (asked) => files.get(asked) ?? null, { digest: name.digest, dataDigest })
  expect((await opened(kept))?.evaluate(large, aNow)).toContainEqual(said)
  const without = new Map([...kept].filter(([asked]) => asked !== path))
  await expect(opened(without)).rejects.toMatchObject({ code: 'bundle-invalid' })
})

test('packed with a function they are read when a module that needs them is, and not before', () => {
  const { files } = packBundle(pack)
  const read: string[] = []
  const open = () => {
    const bytes = (file: string): Uint8Array => {
      read.push(file)
      return files.get(file) ?? new Uint8Array()
    }
    const checks = { deploy: Object.assign(() => true, { errors: null }) }
    return openPackedBundle({ read: bytes, kinds: ['deploy'], checks, isWarm: false })
  }
  const bundle = open()
  expect(read).not.toContain(goBuiltinsFile)
  expect(bundle.evaluate(large, aNow)).toContainEqual(said)
  expect(read).toContain(goBuiltinsFile)
})
