import type { BundleFiles } from '@writ/contract'
import { Fault } from '@writ/domain'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The file beside a bundle's own files that holds its human name. */
const revisionFile = 'revision.txt'

/** The policy bundle that was packed with the function. */
export function readBundleFiles(folder: string): BundleFiles {
  try {
    const names = readdirSync(folder).filter((name) => name !== revisionFile)
    const files = new Map(names.map((name) => [name, readFileSync(join(folder, name))]))
    return { revision: readFileSync(join(folder, revisionFile), 'utf8').trim(), files }
  } catch (cause) {
    const message = 'The policy bundle is not packed with this function: build it again'
    throw new Fault('start-refused', message, { cause })
  }
}
