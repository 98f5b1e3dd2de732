import {
  manifestSchema,
  readDecisionRequest,
  type BundleFiles,
  type Manifest,
} from '@writ/contract'
import type { Document } from '@writ/domain'
import { loadBundle } from '@writ/engine'
import { canonicalBytes } from '@writ/ledger'
import { aRequest } from '@writ/testkit'
import { beforeAll, describe, expect, test } from 'vitest'
import { byFamily, readCases } from './cases.ts'
import { now, shippedPack } from './pack.ts'

let files: BundleFiles
beforeAll(async () => {
  ;({ files } = await shippedPack())
})

/** Whatever every case of a family changes, in one change set: its rules find all that they ever find. */
const changeSets = byFamily(readCases(), ({ rule }) => rule)
  .filter(([family]) => family.startsWith('config'))
  .map(([family, cases]) => {
    const documents = cases.flatMap(
      ({ request }) => readDecisionRequest(request).request?.documents ?? [],
    )
    return [family, documents.map((document, index): Document => ({ ...document, index }))] as const
  })

describe.each(changeSets)('%s', (_, documents) => {
  const request = aRequest({ kind: 'config', context: { environment: 'production' }, documents })
  const verdictsIn = (changed: (module: Manifest['modules'][number]) => object) =>
    loadBundle(withModules(files, changed)).evaluate(request, now)

  test.each([[1], [7], [64]])('%i documents at a time are judged as all at once', (size) => {
    const whole = verdictsIn((module) => ({ ...module, batches: null }))
    const batched = verdictsIn((module) => {
      const { batches } = module
      return batches === null ? module : { ...module, batches: { ...batches, documents: size } }
    })
    expect(batched).toStrictEqual(whole)
    expect(whole.filter(({ verdict }) => verdict === 'fail').length).toBeGreaterThan(5)
  })

  test('a bundle of before batches had an entrypoint of their own says the same', () => {
    const before = verdictsIn(({ batches, ...module }) => {
      const { gather: _, ...others } = batches ?? { documents: 64, across: {} }
      return { ...module, batches: { ...others, documents: 7 } }
    })
    expect(before).toStrictEqual(verdictsIn((module) => ({ ...module, batches: null })))
  })
})

function withModules(
  bundle: BundleFiles,
  changed: (module: Manifest['modules'][number]) => object,
): BundleFiles {
  const text = new TextDecoder().decode(bundle.files.get('manifest.json'))
  const manifest = manifestSchema.parse(JSON.parse(text))
  const modules = manifest.modules.map(changed)
  const bytes = canonicalBytes(JSON.parse(JSON.stringify({ ...manifest, modules })))
  return { ...bundle, files: new Map([...bundle.files, ['manifest.json', bytes]]) }
}
