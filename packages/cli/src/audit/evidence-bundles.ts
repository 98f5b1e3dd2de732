import { openKeptBundle, type ReadKept } from '@writ/engine'
import type { FolderWriter } from './write-folder.ts'

/** A bundle by what a record says of it. */
export type UsedBundle = { readonly digest: string; readonly dataDigest: string }

/**
 * Copies bundles as a house keeps them, and lists the controls that their rules help with. Gives the digests of those that
 * are not kept there.
 */
export async function copyBundles(
  used: readonly UsedBundle[],
  read: ReadKept,
  writer: FolderWriter,
): Promise<readonly string[]> {
  const missing: string[] = []
  const controls = new Set<string>()
  const files = new Map<string, Uint8Array>()
  for (const name of used) {
    const taken = new Map<string, Uint8Array>()
    const bundle = await openKeptBundle(async (path) => {
      const bytes = await read(path)
      if (bytes !== null) taken.set(path, bytes)
      return bytes
    }, name)
    if (bundle === null) {
      missing.push(name.digest)
      continue
    }
    taken.forEach((bytes, path) => files.set(path, bytes))
    for (const { id, title, controls: helped } of bundle.rules)
      helped.forEach((control) =>
        controls.add(`${control},${id},"${title.replaceAll('"', '""')}"\r\n`),
      )
  }
  for (const [path, bytes] of files) writer.put(`bundles/${path}`, bytes)
  writer.put('controls.csv', `control,rule,title\r\n${[...controls].toSorted().join('')}`)
  return missing
}
