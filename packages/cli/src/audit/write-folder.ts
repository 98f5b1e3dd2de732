import { createHash } from 'node:crypto'
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Fault } from '@writ/domain'
import { readTrustPolicy, writeVerifierKey, type LogFile } from '@writ/ledger'
import type { Desk } from '../desk.ts'
import type { Source } from './source.ts'
import { sumOf, sumsFile, writeSums } from './sums.ts'
import { textIn } from './trust.ts'

/** A folder that is being written, file after file. */
export type FolderWriter = {
  readonly put: (path: string, content: Uint8Array | string) => void
  /** A file that is written piece by piece. */
  readonly begin: (path: string) => {
    readonly add: (text: string) => void
    readonly end: () => void
  }
  /** Writes the list of sums, at last. Gives how many files there are. */
  readonly finish: () => number
}

/** Opens a new folder. Files of two must not be mixed up, and one that was broken off is begun anew. */
export function openNewFolder(folder: string, { cwd }: Desk): FolderWriter {
  const target = resolve(cwd, folder)
  mkdirSync(target, { recursive: true, mode: 0o700 })
  if (readdirSync(target).length > 0)
    throw new Fault(
      'request-invalid',
      `${folder} is not empty: name a new folder, or remove it if it was broken off`,
    )
  return writeInto(target)
}

/** Writes files into a folder, each whole or not at all; one that is there already is replaced. */
export function writeInto(target: string): FolderWriter {
  const sums = new Map<string, string>()
  const pathOf = (path: string): string => {
    const file = join(target, path)
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    return file
  }
  return {
    put: (path, content) => {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
      writeWhole(pathOf(path), bytes)
      sums.set(path, sumOf(bytes))
    },
    begin: (path) => {
      const [file, hash] = [openSync(pathOf(path), 'wx', 0o600), createHash('sha256')]
      return {
        add: (text) => {
          writeSync(file, text)
          hash.update(text)
        },
        end: () => {
          closeSync(file)
          sums.set(path, hash.digest('hex'))
        },
      }
    },
    finish: () => {
      writeWhole(join(target, sumsFile), writeSums(sums))
      return sums.size + 1
    },
  }
}

function writeWhole(path: string, content: Uint8Array | string): void {
  const draft = `${path}.unfinished`
  writeFileSync(draft, content, { mode: 0o600 })
  renameSync(draft, path)
}

/** Whom a verifier is told to trust: the policy that is named, else that of the ledger. */
export async function trustFiles(
  source: Source,
  path: string | undefined,
  desk: Desk,
): Promise<readonly LogFile[]> {
  const policy = path === undefined ? source.policy : await textIn(path, desk)
  if (policy === null)
    throw new Fault(
      'request-invalid',
      `No key came with ${source.name}: name the policy that has it, --policy FILE`,
    )
  const [key] = readTrustPolicy(policy).logs
  if (key === undefined) throw new Fault('request-invalid', 'The policy names no log')
  return [
    { path: 'log.vkey', bytes: utf8(`${writeVerifierKey(key)}\n`) },
    { path: 'trust.policy', bytes: utf8(`${policyHead}${policy}`) },
  ]
}

const policyHead = `# Whom to trust in checking this log, as C2SP tlog-policy has it.
# This came with the log. Before you rely on it, compare the key with one that the owner of the log told you by another way.
`

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
