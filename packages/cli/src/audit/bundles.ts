import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openKeptBundle } from '@writ/engine'
import type { Bundle, FindBundle } from '@writ/service'
import { isMissing } from './folder.ts'

/** Opens the bundles that a house kept in this folder, each once. */
export function bundlesIn(folder: string): FindBundle {
  const opened = new Map<string, Bundle | null>()
  const read = (path: string): Uint8Array | null => {
    try {
      return readFileSync(join(folder, path))
    } catch (thrown) {
      if (isMissing(thrown)) return null
      throw thrown
    }
  }
  return async (digest, dataDigest) => {
    const name = `${digest} ${dataDigest}`
    const bundle = opened.has(name)
      ? (opened.get(name) ?? null)
      : openKeptBundle(read, { digest, dataDigest })
    opened.set(name, bundle)
    return bundle
  }
}
