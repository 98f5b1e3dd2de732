import { kept } from '@writ/compiler'
import type { BundleFiles } from '@writ/contract'
import type { Kind } from '@writ/domain'
import { loadBundle, openPackedBundle, packBundle } from '@writ/engine'
import { digestOf } from '@writ/ledger'
import { loadedCheck } from '@writ/rego'
import type { Bundle } from '@writ/service'
import type { Desk } from '../desk.ts'

/** What is kept of a bundle that was verified, beside its own files. */
type Verified = {
  readonly files: { readonly [name: string]: string }
  readonly checks: { readonly [kind in Kind]?: string }
}

const kinds: readonly Kind[] = ['config']

/**
 * The bundle, ready to judge documents of these types. To verify it costs more than to judge a folder, so what this very code
 * has verified it does not verify again: that is kept beside the code, and goes with it.
 */
export async function openBundle(
  bundle: BundleFiles,
  types: ReadonlySet<string>,
  { codeFolder }: Pick<Desk, 'codeFolder'>,
): Promise<Bundle> {
  if (codeFolder === undefined) return loadBundle(bundle, { kinds, types })
  const named = [bundle.revision, ...digestsOf(bundle)].join('\n')
  const key = digestOf(named).slice('sha256:'.length)
  const bytes = await kept({ cacheDir: codeFolder, key }, async () => verified(bundle))
  const { files, checks }: Verified = JSON.parse(new TextDecoder().decode(bytes))
  const read = (name: string): Uint8Array => {
    const text = files[name]
    return text === undefined ? (bundle.files.get(name) ?? new Uint8Array()) : Buffer.from(text)
  }
  const { config } = checks
  const loaded = config === undefined ? {} : { config: loadedCheck(config) }
  return openPackedBundle({ read, kinds, checks: loaded, isWarm: false })
}

function digestsOf({ files }: BundleFiles): readonly string[] {
  return [...files].map(([name, bytes]) => `${name} ${digestOf(bytes)}`)
}

/** Only what packing adds: the other files are the bundle's own, and are read from it. */
function verified(bundle: BundleFiles): Uint8Array {
  const { files, checks } = packBundle(bundle, kinds)
  const added = [...files].filter(([name]) => !bundle.files.has(name))
  const texts = added.map(([name, bytes]) => [name, new TextDecoder().decode(bytes)] as const)
  const found: Verified = { files: Object.fromEntries(texts), checks: Object.fromEntries(checks) }
  return Buffer.from(JSON.stringify(found))
}
