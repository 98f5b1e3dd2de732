import { beforeAll, expect, test } from 'vitest'
import { join } from 'node:path'
import { buildBundle, withSettings, type DescribedPack } from '@writ/compiler'
import { readYaml } from '@writ/documents'
import type { JsonObject } from '@writ/domain'
import { pages, pagesThere, shippedPack, unknownControls } from '../../tools/pages.ts'
import { surroundings } from '../../tools/toolchain.ts'
import { asObject } from '../policies/cases.ts'

let pack: DescribedPack
beforeAll(async () => {
  pack = await shippedPack()
})

test('the pages are those of the rules as they are now; `npm run golden` writes them', async () => {
  const [wanted, there] = [await pages(pack), pagesThere()]
  expect([...there.keys()].toSorted()).toEqual([...wanted.keys()].toSorted())
  for (const [path, text] of wanted) expect(there.get(path), path).toBe(text)
})

test('every control that a rule names is listed with what it asks for', () => {
  expect(unknownControls(pack)).toEqual([])
})

test('every setting that a rule reads is described in a sentence', () => {
  const settings = pack.rules.flatMap(({ settings: read }) => read)
  expect(settings.length).toBeGreaterThan(80)
  for (const { path, description } of settings) expect(description, path).toMatch(/^[A-Z].{15,}\.$/)
})

test('no two settings of a rule are said to be the same', () => {
  for (const { rule, settings } of pack.rules) {
    const said = settings.map(({ description }) => description)
    expect(said, rule.id).toEqual([...new Set(said)])
  }
})

test('every page shows a bad and a good example, and who may waive', async () => {
  for (const [path, text] of await pages(pack)) {
    if (!/^policies\/[a-z]/.test(path)) continue
    expect(text, path).toMatch(/\n## For example\n[\s\S]*\nBad:\n\n```[\s\S]*\nGood:\n\n```/)
    expect(text, path).toMatch(/waiver/i)
  }
})

test('the settings of your own that a page shows can be set', async () => {
  const policies = join(import.meta.dirname, '..', '..', 'policies')
  const bundle = await buildBundle({ ...surroundings(), policies })
  const texts = [...(await pages(pack)).values()]
  const shown = texts.flatMap(
    (text) => text.match(/(?<=--data FILE[^]*?```yaml\n)[^]*?(?=```)/) ?? [],
  )
  expect(shown.length).toBeGreaterThan(40)
  const given = shown.map((yaml) => asObject(readYaml(yaml))).reduce(merged, {})
  expect(withSettings(bundle, { policies, given })).toMatchObject({ mistakes: null })
})

/** Tables within each other; whatever else the later one has. */
function merged(left: JsonObject, right: JsonObject): JsonObject {
  return Object.entries(right).reduce<JsonObject>((all, [key, value]) => {
    const isTable = typeof value === 'object' && value !== null && !Array.isArray(value)
    return { ...all, [key]: isTable ? merged(asObject(all[key] ?? {}), asObject(value)) : value }
  }, left)
}
