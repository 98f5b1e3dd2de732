import { Fault } from '@writ/domain'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Reads files of the policy bundle that was packed with the function. */
export function bundleFilesIn(folder: string): (file: string) => Uint8Array {
  return (file) => {
    try {
      return readFileSync(join(folder, file))
    } catch (cause) {
      const message = `${file} of the policy bundle is not packed with this function: build it again`
      throw new Fault('start-refused', message, { cause })
    }
  }
}

/** Reads files of the bundles that are kept in this folder of the function, by their paths; null where there is none. */
export function keptBundlesIn(folder: string): (path: string) => Promise<Uint8Array | null> {
  return async (path) => {
    const file = join(folder, path)
    return existsSync(file) ? readFileSync(file) : null
  }
}
