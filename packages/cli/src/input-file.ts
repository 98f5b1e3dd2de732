import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { Fault } from '@writ/domain'
import { readBytes } from './check/read-bytes.ts'
import { reasonOf } from './check/walk.ts'
import type { Desk } from './desk.ts'

const maxBytes = 5_242_880

/** The bytes of one file that a flag names, `-` being standard input; no more than a service takes. */
export async function readInputFile(path: string, { cwd, readInput }: Desk): Promise<Uint8Array> {
  const bytes = path === '-' ? await readInput(maxBytes) : fileBytes(path, resolve(cwd, path))
  if (bytes.length <= maxBytes) return bytes
  throw new Fault('request-too-large', `${path} is larger than a request may be (5 MB)`)
}

function fileBytes(path: string, file: string): Uint8Array {
  try {
    return readBytes(file, statSync(file).size, maxBytes + 1)
  } catch (thrown) {
    throw new Fault('request-invalid', `${path}: ${reasonOf(thrown)}`, { cause: thrown })
  }
}
