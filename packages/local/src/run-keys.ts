import { randomBytes } from 'node:crypto'
import { readableFault } from './log.ts'
import type { Options } from './options.ts'
import { retireKeys, rotateKeys } from './turn-keys.ts'

/** Begins to turn the keys of a house, or ends it, and says what to do next. */
export async function runKeys(
  asked: 'rotate-keys' | 'retire-keys',
  options: Options,
): Promise<void> {
  const random = (count: number): Uint8Array => randomBytes(count)
  try {
    const turn = asked === 'rotate-keys' ? rotateKeys : retireKeys
    console.log((await turn(options, random)).join('\n'))
  } catch (thrown) {
    process.stderr.write(`${readableFault(thrown)}\n`)
    process.exitCode = 1
  }
}
