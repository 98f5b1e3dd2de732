import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundlesIn } from './bundles.ts'
import type { FolderWriter } from './write-folder.ts'

/** A bundle by what a record says of it. */
export type UsedBundle = { readonly digest: string; readonly dataDigest: string }

/**
 * Copies bundles as a house keeps them, and lists the controls that their rules help with. Gives the digests of those that
 * are not kept there.
 */
export async function copyBundles(
  used: readonly UsedBundle[],
  folder: string | null,
  writer: FolderWriter,
): Promise<readonly string[]> {
  const paths = new Set<string>()
  let read: string[] = []
  const find = folder === null ? null : bundlesIn(folder, (path) => read.push(path))
  const missing: string[] = []
  const controls = new Set<string>()
  for (const { digest, dataDigest } of used) {
    read = []
    const bundle = find === null ? null : await find(digest, dataDigest)
    if (bundle === null) {
      missing.push(digest)
      continue
    }
    read.forEach((path) => paths.add(path))
    for (const { id, title, controls: helped } of bundle.rules)
      helped.forEach((control) => controls.add(`${control},${id},"${title.replaceAll('"', '""')}"\r\n`)) // prettier-ignore
  }
  for (const path of paths) writer.put(`bundles/${path}`, readFileSync(join(folder ?? '', path)))
  writer.put('controls.csv', `control,rule,title\r\n${[...controls].toSorted().join('')}`)
  return missing
}
