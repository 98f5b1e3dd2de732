import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Fault } from '@writ/domain'
import { readBundle, RegoError } from '@writ/rego'
import { reasonOf } from '../check/walk.ts'
import type { Desk } from '../desk.ts'

/** The bytes of a file that the command line names. */
export function readNamed(path: string, { cwd }: Desk): Uint8Array {
  try {
    return readFileSync(resolve(cwd, path))
  } catch (cause) {
    throw new Fault('request-invalid', `${path}: ${reasonOf(cause)}`, { cause })
  }
}

/** The files of a bundle that the command line names. */
export function readArchive(path: string, desk: Desk): ReadonlyMap<string, Uint8Array> {
  const bytes = readNamed(path, desk)
  try {
    return readBundle(bytes)
  } catch (cause) {
    if (!(cause instanceof RegoError)) throw cause
    throw new Fault('bundle-invalid', `${path} is no bundle: ${cause.message}`, { cause })
  }
}

/** Writes a file whole or not at all, also in the place of one that was read. */
export function writeNamed(path: string, bytes: Uint8Array, { cwd }: Desk): void {
  const file = resolve(cwd, path)
  try {
    writeFileSync(`${file}.unfinished`, bytes)
    renameSync(`${file}.unfinished`, file)
  } catch (cause) {
    throw new Fault('request-invalid', `${path}: ${reasonOf(cause)}`, { cause })
  }
}
