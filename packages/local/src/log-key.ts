import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '@writ/domain'
import {
  readCheckpoint,
  readSignerKey,
  writeCheckpoint,
  writeSignerKey,
  writeVerifierKey,
  type Checkpoint,
  type Signer,
} from '@writ/ledger'
import { receiptKeyName, type SignerMemory } from '@writ/service'
import { existingFile, keptFile } from './kept-file.ts'

type Random = (count: number) => Uint8Array

/**
 * The key of the log, made at the first start in a data folder; beside it `log.vkey`, by which others verify what it signs.
 * It names the log, and no two folders share a name.
 */
export function logKey(folder: string, random: Random): Signer {
  const name = (): string => `writ.local/${Buffer.from(random(8)).toString('hex')}`
  return keptKey(join(folder, 'log'), random, name)
}

/** The key that signs the receipts of this log, and only them; `receipts.vkey` lies beside it. */
export function receiptKey(folder: string, log: string, random: Random): Signer {
  return keptKey(join(folder, 'receipts'), random, () => receiptKeyName(log))
}

function keptKey(file: string, random: Random, name: () => string): Signer {
  const path = `${file}.key`
  const text = keptFile(path, random, () => utf8(`${writeSignerKey(name(), random(32))}\n`))
  const signer = signerIn(path, text)
  keptFile(`${file}.vkey`, random, () => utf8(`${writeVerifierKey(signer.key)}\n`))
  return signer
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
