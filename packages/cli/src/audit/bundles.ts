import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openKeptBundle } from '@writ/engine'
import type { Bundle, FindBundle } from '@writ/service'
import { isMissing } from './folder.ts'

/** Opens the bundles that a house kept in this folder, each once, and tells which files it read for that. */
export function bundlesIn(
  folder: string,
  onRead: (path: string) => void = () => undefined,
): FindBundle {
  const opened = new Map<string, Bundle | null>()
  const read = (path: string): Uint8Array | null => {
    try {
      const bytes = readFileSync(join(folder, path))
      onRead(path)
      return bytes
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
