import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openKeptBundle, type ReadKept } from '@writ/engine'
import type { Bundle, FindBundle } from '@writ/service'
import type { Desk } from '../desk.ts'
import { isMissing } from './folder.ts'
import type { Source } from './source.ts'

/** Where the policies of a ledger are read: in the folder that is named, else where the ledger has them itself. */
export function keptBundles(
  source: Source,
  folder: string | undefined,
  { cwd }: Pick<Desk, 'cwd'>,
): ReadKept {
  return folder === undefined ? source.keptBundle : filesIn(resolve(cwd, folder))
}

/** The files of a folder by their paths. */
export function filesIn(folder: string): ReadKept {
  return async (path) => {
    try {
      return readFileSync(join(folder, path))
    } catch (thrown) {
      if (isMissing(thrown)) return null
      throw thrown
    }
  }
}

/** Opens bundles as they are kept, each once. */
export function openedFrom(read: ReadKept): FindBundle {
  const opened = new Map<string, Bundle | null>()
  return async (digest, dataDigest) => {
    const name = `${digest} ${dataDigest}`
    const bundle = opened.has(name)
      ? (opened.get(name) ?? null)
      : await openKeptBundle(read, { digest, dataDigest })
    opened.set(name, bundle)
    return bundle
  }
}
