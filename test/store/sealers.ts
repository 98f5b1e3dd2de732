import {
  checkLog,
  parseTilePath,
  readTrustPolicy,
  writeVerifierKey,
  type Checkpoint,
} from '@writ/ledger'
import { createSeal, readLogTile, type LogStore, type Seal } from '@writ/service'
import { aLogSigner, steadily } from '@writ/testkit'
import { expect } from 'vitest'

let attempts = 0

/** A sealer under the one key of tests, that has signed nothing yet. */
export function aSealer(log: LogStore, batch = 256): Seal {
  let last: Checkpoint | null = null
  return createSeal({
    log,
    ...steadily(aLogSigner),
    memory: { last: async () => last, keep: async (checkpoint) => void (last = checkpoint) },
    newAttempt: () => `${process.pid}-${(attempts += 1)}`,
    batch,
  })
}

/** That the log is whole from its entries up, and has each of these leaves once, and no other. */
export async function expectWhole(log: LogStore, leaves: readonly Uint8Array[]): Promise<void> {
  const held = await leavesOf(log, writeVerifierKey(aLogSigner.key))
  const hex = (leaf: Uint8Array): string => Buffer.from(leaf).toString('hex')
  expect(held.map(hex).toSorted()).toEqual(leaves.map(hex).toSorted())
}

/** Every leaf of a log, which is whole and signed by this key, or an Error. */
export async function leavesOf(log: LogStore, vkey: string): Promise<readonly Uint8Array[]> {
  const held: Uint8Array[] = []
  const found = await checkLog({
    policy: readTrustPolicy(`log ${vkey}\nquorum none\n`),
    readFile: (path) => fileOf(log, path),
    onEntries: async (_, entries) => {
      held.push(...entries)
      return null
    },
  })
  if (found.status !== 'verified') throw new Error(`the log is ${found.status}: ${found.reason}`)
  return held
}

async function fileOf(log: LogStore, path: string): Promise<Uint8Array | null> {
  if (path === 'checkpoint') {
    const note = await log.checkpoint()
    return note === null ? null : new TextEncoder().encode(note)
  }
  const tile = parseTilePath(path)
  return tile === null ? null : readLogTile(log)(tile)
}
