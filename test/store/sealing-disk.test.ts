import { readFileSync, writeFileSync } from 'node:fs'
import { readCheckpoint, toBase64, type Checkpoint, type Signer } from '@writ/ledger'
import { createSeal, type LogStore, type Seal } from '@writ/service'
import { openStore } from '@writ/sqlite'
import { aLogSigner, anEntry, steadily } from '@writ/testkit'
import { describe, expect, test } from 'vitest'
import { aDisk, diskErrors, failTimes } from './disk.ts'
import { aPath } from './folder.ts'
import { aSealer, expectWhole } from './sealers.ts'

const unavailable = { code: 'records-unavailable' }

describe('a disk that is full at some commit of a round', () => {
  const commits = Array.from({ length: 9 }, (_, at) => at + 1)
  test.each(commits)('commit %i: nothing of it stands, and the next round goes on', async (at) => {
    const disk = aDisk()
    const store = openStore(aPath(), disk.open)
    const entries = [anEntry(), anEntry()]
    for (const entry of entries) await store.records.append(entry)
    let commit = 0
    disk.fate = (sql) =>
      sql === 'COMMIT' && (commit += 1) === at ? { fails: diskErrors.full } : 'runs'
    const round = aSealer(store.log)()
    if (at <= commitsOfRound) await expect(round).rejects.toMatchObject(unavailable)
    else await round
    disk.fate = failTimes(0, '', 'runs')
    while ((await aSealer(store.log)()).again);
    await expectWhole(
      store.log,
      entries.map(({ leaf }) => leaf),
    )
    await store.close()
  })
  /** putStage, swapHead, putFiles, publish, dropPartials, mark, swapHead, dropStages. */
  const commitsOfRound = 8
})

describe('a file of SQLite whose WAL was cut', () => {
  /** Every root that was ever signed, by size, by whichever sealer. */
  let signed = new Map<number, string>()
  const contradicted: number[] = []
  const signer: Signer = {
    ...aLogSigner,
    sign: (message) => {
      const { size, root } = readCheckpoint(new TextDecoder().decode(message))
      if ((signed.get(size) ?? toBase64(root)) !== toBase64(root)) contradicted.push(size)
      signed.set(size, toBase64(root))
      return aLogSigner.sign(message)
    },
  }

  /** A sealer that remembers what was signed last, wherever its store comes from. */
  let last: Checkpoint | null = null
  let attempts = 0
  const sealer = (log: LogStore): Seal =>
    createSeal({
      log,
      ...steadily(signer),
      memory: {
        last: async () => last,
        keep: async (next) => void (last = next.size < (last?.size ?? 0) ? last : next),
      },
      newAttempt: () => `attempt ${(attempts += 1)}`,
      batch: 3,
    })

  test('wherever: sealing goes on with all that was signed, or halts, and signs nothing that contradicts it', async () => {
    const path = aPath()
    const store = openStore(path)
    for (let round = 0; round < 4; round += 1) {
      for (let n = 0; n < 4; n += 1) await store.records.append(anEntry())
      while ((await sealer(store.log)()).again);
    }
    const [database, wal] = [readFileSync(path), readFileSync(`${path}-wal`)]
    await store.close()
    const outcomes = new Map<string, number>()
    for (let cut = 0; cut <= 60; cut += 1) {
      const torn = aPath()
      writeFileSync(torn, database)
      writeFileSync(`${torn}-wal`, wal.subarray(0, Math.floor((wal.length * cut) / 60)))
      const outcome = await sealedOver(torn)
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    expect(contradicted).toEqual([])
    expect([...outcomes.keys()].toSorted()).toEqual(['goes on', 'log-halted'])
    expect(outcomes.get('log-halted')).toBeGreaterThan(20)
  })

  async function sealedOver(path: string): Promise<string> {
    const store = openStore(path)
    const before = { last, signed }
    signed = new Map(signed)
    try {
      await store.records.append(anEntry())
      while ((await sealer(store.log)()).again);
      return 'goes on'
    } catch (thrown) {
      return String(Reflect.get(Object(thrown), 'code'))
    } finally {
      last = before.last
      signed = before.signed
      await store.close()
    }
  }
})
