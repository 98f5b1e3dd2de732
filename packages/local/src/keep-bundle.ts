import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BundleFiles } from '@writ/contract'
import { Fault } from '@writ/domain'
import { keptFiles } from '@writ/engine'
import { syncFolder } from './kept-file.ts'

/**
 * Keeps a bundle in the data folder, durable on return: what was decided by it can be decided again, whatever becomes of the
 * sources. Throws the Fault `start-refused` where it cannot: a bundle that is not kept decides nothing.
 */
export function keepBundle(data: string, bundle: BundleFiles): void {
  const folder = join(data, 'bundles')
  try {
    for (const [path, bytes] of keptFiles(bundle)) keepFile(join(folder, path), bytes)
  } catch (cause) {
    throw new Fault('start-refused', `The policies could not be kept in ${folder}`, { cause })
  }
}

function keepFile(path: string, bytes: Uint8Array): void {
  if (existsSync(path)) return
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.unfinished`
  writeFileSync(draft, bytes, { mode: 0o600, flush: true })
  renameSync(draft, path)
  syncFolder(dirname(path))
}
