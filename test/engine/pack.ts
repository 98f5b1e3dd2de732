import { homedir } from 'node:os'
import { join } from 'node:path'
import { buildBundle, cacheFolder } from '@writ/compiler'
import type { BundleFiles } from '@writ/contract'
import type { Json } from '@writ/domain'

/** The bundle of the small pack beside this file. It is built once: the compiler's cache keeps it for the next file. */
export function builtPack(): Promise<BundleFiles> {
  const { env } = process
  return buildBundle({
    env,
    cacheDir: cacheFolder(env, homedir()),
    onProgress: console.log,
    policies: join(import.meta.dirname, 'pack'),
    revision: 'small',
  })
}

export function manifestOf({ files }: BundleFiles): string {
  return new TextDecoder().decode(files.get('manifest.json'))
}

/** The same bundle with some files replaced; null leaves one out. */
export function withFiles(
  bundle: BundleFiles,
  changed: Readonly<Record<string, string | Uint8Array | null>>,
): BundleFiles {
  const files = new Map(bundle.files)
  for (const [name, content] of Object.entries(changed)) {
    if (content === null) files.delete(name)
    else files.set(name, typeof content === 'string' ? new TextEncoder().encode(content) : content)
  }
  return { ...bundle, files }
}

/** The same bundle with its manifest changed where the pointer leads; undefined removes what is there. */
export function withManifest(
  bundle: BundleFiles,
  pointer: string,
  value: Json | undefined,
): BundleFiles {
  const manifest: unknown = JSON.parse(manifestOf(bundle))
  const steps = pointer.split('/').slice(1)
  const last = steps.pop() ?? ''
  const holder: unknown = steps.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
    manifest,
  )
  if (typeof holder !== 'object' || holder === null) throw new Error(`${pointer} leads nowhere`)
  if (value === undefined) Reflect.deleteProperty(holder, last)
  else Reflect.set(holder, last, value)
  return withFiles(bundle, { 'manifest.json': JSON.stringify(manifest) })
}
