import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Fault } from '@writ/domain'
import type { Desk } from '../desk.ts'
import type { Defaults } from './defaults-file.ts'
import { ignoresNothing } from './ignore.ts'
import { gitFolderAbove } from './repository.ts'

const fileName = 'writ.yaml'

const noDefaults: Defaults = {
  path: fileName,
  values: {},
  isIgnored: ignoresNothing,
  nameOf: () => null,
}

/** The defaults of the repository that the current folder is in, or of the file that a flag names; false means none. */
export async function readDefaults(
  config: string | false | undefined,
  { cwd }: Desk,
): Promise<Defaults> {
  if (config === false) return noDefaults
  const top = gitFolderAbove(cwd) ?? cwd
  const file = config === undefined ? join(top, fileName) : resolve(cwd, config)
  if (config === undefined && !isThere(file)) {
    if (!isThere(join(top, 'writ.yml'))) return noDefaults
    throw new Fault('request-invalid', `writ.yml is not read: call it ${fileName}`)
  }
  const { defaultsIn } = await import('./defaults-file.ts')
  return defaultsIn(file, { cwd, top })
}

function isThere(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined
}
