import { renameSync, writeFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '@writ/domain'
import {
  readCheckpoint,
  readSignerKey,
  sameBytes,
  writeCheckpoint,
  writeSignerKey,
  writeVerifierKey,
  type Checkpoint,
  type Signer,
} from '@writ/ledger'
import { receiptKeyName, type SignerMemory, type Signers } from '@writ/service'
import { existingFile, keptFile } from './kept-file.ts'

type Random = (count: number) => Uint8Array

/**
 * The keys of the log, made at the first start in a data folder; beside them `log.vkey`, by which others verify what it signs.
 * It names the log, and no two folders share a name.
 */
export function logSigners(folder: string, random: Random): Signers {
  const name = (): string => `writ.local/${Buffer.from(random(8)).toString('hex')}`
  return keptSigners(join(folder, 'log'), random, name)
}

/** The keys that sign the receipts of this log, and only them; `receipts.vkey` lies beside them. */
export function receiptSigners(folder: string, log: string, random: Random): Signers {
  return keptSigners(join(folder, 'receipts'), random, () => receiptKeyName(log))
}

function keptSigners(file: string, random: Random, name: () => string): Signers {
  const path = `${file}.key`
  const text = keptFile(path, random, () => utf8(`${writeSignerKey(name(), random(32))}\n`))
  const current = signerIn(path, text)
  const next = existingFile(nextPath(file))
  keepPublic(`${file}.vkey`, random, current)
  return { current, next: next === null ? null : signerIn(nextPath(file), next) }
}

const nextPath = (file: string): string => `${file}.next.key`

/** What verifies the key that signs, also after it has turned. */
function keepPublic(path: string, random: Random, { key }: Signer): void {
  const bytes = utf8(`${writeVerifierKey(key)}\n`)
  if (
    sameBytes(
      keptFile(path, random, () => bytes),
      bytes,
    )
  )
    return
  const draft = `${path}.${Buffer.from(random(8)).toString('hex')}`
  writeFileSync(draft, bytes, { mode: 0o600, flag: 'wx', flush: true })
  renameSync(draft, path)
}

/** Makes the key that follows this one, if there is none yet. */
export function makeNext(file: string, random: Random, { key }: Signer): void {
  keptFile(nextPath(file), random, () => utf8(`${writeSignerKey(key.name, random(32))}\n`))
}

/** Puts the key that follows in the place of the one before it, which is gone for good. */
export function takeNext(file: string): void {
  renameSync(nextPath(file), `${file}.key`)
}

function signerIn(path: string, text: Uint8Array): Signer {
  try {
    return readSignerKey(new TextDecoder().decode(text).trimEnd())
  } catch (cause) {
    throw new Fault(
      'start-refused',
      `${path} is damaged. Bring it back from a backup: without it the log cannot go on`,
      { cause },
    )
  }
}

/** What the log signed last, in a file of its own: the store can be brought back from a backup, and that is to be noticed. */
export function logMemory(folder: string, random: Random): SignerMemory {
  const path = join(folder, 'log.signed')
  const last = (): Checkpoint | null => {
    const text = existingFile(path)
    return text === null ? null : readCheckpoint(new TextDecoder().decode(text))
  }
  return {
    last: async () => last(),
    keep: async (checkpoint) => {
      // A sealer that was frozen comes with what others have long gone beyond.
      if ((last()?.size ?? -1) > checkpoint.size) return
      const draft = `${path}.${Buffer.from(random(8)).toString('hex')}`
      const file = await open(draft, 'wx', 0o600)
      try {
        await file.writeFile(writeCheckpoint(checkpoint))
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(draft, path)
    },
  }
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
