import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BundleFiles } from '@writ/contract'
import { loadBundle } from '@writ/engine'
import { aDocument, aNow, aRequest } from '@writ/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBundle } from '../../packages/cli/src/check/open-bundle.ts'
import { builtPack, withFiles, withManifest } from '../engine/pack.ts'

const request = aRequest({ kind: 'config', documents: [aDocument()] })
const types = new Set(request.documents.map(({ type }) => type))

let codeFolder: string
let pack: BundleFiles
beforeEach(async () => {
  codeFolder = mkdtempSync(join(tmpdir(), 'writ-code-'))
  pack = await builtPack()
})
afterEach(() => rmSync(codeFolder, { recursive: true }))

const open = (files: BundleFiles) => openBundle(files, types, { codeFolder })
const keptFiles = () => readdirSync(join(codeFolder, 'parts'))

test('what this code has verified says the same when it is opened again', async () => {
  const full = loadBundle(pack)
  for (const bundle of [await open(pack), await open(pack)]) {
    expect(bundle).toMatchObject({ name: full.name, dataDigest: full.dataDigest })
    expect(bundle.evaluate(request, aNow)).toEqual(full.evaluate(request, aNow))
    expect(bundle.problems('config', { context: 'text' })).toEqual(
      full.problems('config', { context: 'text' }),
    )
  }
  expect(keptFiles()).toHaveLength(1)
})

test('a bundle with another byte is verified by itself', async () => {
  await open(pack)
  const other = withFiles(pack, { 'data.json': '{"settings":{}}' })
  expect((await open(other)).dataDigest).not.toBe((await open(pack)).dataDigest)
  expect(keptFiles()).toHaveLength(2)
})

test('what is kept and damaged is verified anew', async () => {
  await open(pack)
  const [name = ''] = keptFiles()
  const file = join(codeFolder, 'parts', name)
  const whole = readFileSync(file)
  writeFileSync(file, whole.subarray(0, -1))
  expect((await open(pack)).name).toEqual(loadBundle(pack).name)
  expect(readFileSync(file)).toEqual(whole)
})

test('a bundle that is not valid is refused, and not kept', async () => {
  const bad = withManifest(pack, '/rules/0/id', 1)
  await expect(open(bad)).rejects.toMatchObject({ code: 'bundle-invalid' })
  await expect(open(bad)).rejects.toMatchObject({ code: 'bundle-invalid' })
  expect(() => keptFiles()).toThrow(/ENOENT/)
})
