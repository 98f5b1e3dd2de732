import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { Fault } from '@writ/domain'

/** A secret of the data folder: read, or made at the first start, for its owner alone. */
export function keptFile(
  path: string,
  random: (count: number) => Uint8Array,
  make: () => Uint8Array,
): Uint8Array {
  return existingFile(path) ?? created(path, random, make)
}

/** Null when there is no such file. */
export function existingFile(path: string): Uint8Array | null {
  try {
    return readFileSync(path)
  } catch (cause) {
    if (isSystemError(cause, 'ENOENT')) return null
    throw new Fault('start-refused', `${path} cannot be read: give it back to you, or remove it`, {
      cause,
    })
  }
}

/** A link is made whole or not at all, and only one of two that start at once makes it; both then read the same file. */
function created(
  path: string,
  random: (count: number) => Uint8Array,
  make: () => Uint8Array,
): Uint8Array {
  const draft = `${path}.${Buffer.from(random(8)).toString('hex')}`
  writeFileSync(draft, make(), { mode: 0o600, flag: 'wx', flush: true })
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

/** A file that was renamed is there after a power cut only once its folder has been synced. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
