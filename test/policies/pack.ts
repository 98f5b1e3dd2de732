import { homedir } from 'node:os'
import { buildBundle, cacheFolder, ensureOpa, type Surroundings } from '@writ/compiler'
import type { BundleFiles } from '@writ/contract'
import type { Json, JsonObject } from '@writ/domain'
import { loadBundle } from '@writ/engine'
import { canonicalBytes, canonicalText } from '@writ/ledger'
import type { Bundle } from '@writ/service'
import { asObject, policies } from './cases.ts'

export const now = '2026-11-25T12:00:00.000Z'

/** The shipped pack as the product builds it; with other settings on demand. */
export type ShippedPack = {
  readonly files: BundleFiles
  readonly opa: string
  readonly settingsFor: (kind: string, changed: JsonObject) => JsonObject
  readonly bundleWith: (kind: string, changed: JsonObject) => Bundle
}

export async function shippedPack(): Promise<ShippedPack> {
  const { env } = process
  const around: Surroundings = {
    env,
    cacheDir: cacheFolder(env, homedir()),
    onProgress: (line) => console.log(line),
  }
  const files = await buildBundle({ ...around, policies })
  const data: Json = JSON.parse(new TextDecoder().decode(files.files.get('data.json')))
  const shipped = asObject(asObject(data)['settings'] ?? null)
  const settingsFor = (kind: string, changed: JsonObject): JsonObject => ({
    ...shipped,
    [kind]: { ...asObject(shipped[kind] ?? null), ...changed },
  })
  const loaded = new Map<string, Bundle>()
  const bundleWith = (kind: string, changed: JsonObject): Bundle => {
    const settings = settingsFor(kind, changed)
    const key = canonicalText(settings)
    const bundle =
      loaded.get(key) ??
      loadBundle({
        ...files,
        files: new Map([...files.files, ['data.json', canonicalBytes({ settings })]]),
      })
    loaded.set(key, bundle)
    return bundle
  }
  return { files, opa: await ensureOpa(around), settingsFor, bundleWith }
}
