import { fileURLToPath } from 'node:url'
import { resolve } from 'node:path'
import { cacheFolder, type Surroundings } from '@writ/compiler'
import type { Desk } from './desk.ts'
import { plain } from './output/plain.ts'

/** The policies that this repository ships. */
const shipped = fileURLToPath(new URL('../../../policies', import.meta.url))

/** The folder of the pack that a command works with. */
export function policiesFolder(option: string | undefined, { cwd }: Desk): string {
  return option === undefined ? shipped : resolve(cwd, option)
}

/** Where the compiler works. Its news is of work that takes minutes, so that it is told in CI too. */
export function surroundingsOf({ env, home, err }: Desk): Surroundings {
  return {
    cacheDir: cacheFolder(env, home),
    env,
    onProgress: (line) => err(`${plain(line)}\n`),
  }
}
