import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '@writ/domain'

const length = 32

/** The secret that signs cursors, kept in the data folder so that a restart breaks no page that somebody is reading. */
export function cursorKey(folder: string, random: (count: number) => Uint8Array): Uint8Array {
  const path = join(folder, 'cursor.key')
  const key = existing(path) ?? created(path, random)
  if (key.byteLength === length) return key
  throw new Fault('start-refused', `${path} is damaged: remove it, and start again`)
}

function existing(path: string): Uint8Array | null {
  try {
    return readFileSync(path)
  } catch (cause) {
    if (isSystemError(cause, 'ENOENT')) return null
    throw new Fault('start-refused', `${path} cannot be read: give it back to you, or remove it`, {
      cause,
    })
  }
}

/** A link is made whole or not at all, and only one of two that start at once makes it; both then read the same key. */
function created(path: string, random: (count: number) => Uint8Array): Uint8Array {
  const draft = `${path}.${Buffer.from(random(8)).toString('hex')}`
  writeFileSync(draft, random(length), { mode: 0o600, flag: 'wx', flush: true })
  try {
    linkSync(draft, path)
  } catch (cause) {
    if (!isSystemError(cause, 'EEXIST')) throw cause
  } finally {
    rmSync(draft, { force: true })
  }
  return readFileSync(path)
}

/** True for an error of the operating system with this code. */
export function isSystemError(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code
}
