import { Fault } from '@writ/domain'
import { readFileSync } from 'node:fs'
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
