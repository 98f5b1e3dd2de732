import { join } from 'node:path'
import { Fault } from '@writ/domain'
import { keptFile } from './kept-file.ts'

const length = 32

/** The secret that signs cursors, kept in the data folder so that a restart breaks no page that somebody is reading. */
export function cursorKey(folder: string, random: (count: number) => Uint8Array): Uint8Array {
  const path = join(folder, 'cursor.key')
  const key = keptFile(path, random, () => random(length))
  if (key.byteLength === length) return key
  throw new Fault('start-refused', `${path} is damaged: remove it, and start again`)
}
