import { randomBytes } from 'node:crypto'
import { readableFault } from './log.ts'
import { moveKeys } from './move-keys.ts'
import type { KeysCommand, Options } from './options.ts'
import { retireKeys, rotateKeys } from './turn-keys.ts'

const commands = { 'rotate-keys': rotateKeys, 'retire-keys': retireKeys, 'move-keys': moveKeys }

/** Begins to turn the keys of a house, or ends it, or takes them out, and says what to do next. */
export async function runKeys(asked: KeysCommand, options: Options): Promise<void> {
  const random = (count: number): Uint8Array => randomBytes(count)
  try {
    const lines = await commands[asked](options, random)
    console.log(lines.join('\n'))
  } catch (thrown) {
    process.stderr.write(`${readableFault(thrown)}\n`)
    process.exitCode = 1
  }
}
