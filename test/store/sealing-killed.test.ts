import { expect, test } from 'vitest'
import { startDynaliteOver } from './durable.ts'
import { sealingKilled, sharedFile, sharedTables, type StartShared } from './sealing-killed.ts'

const stores: readonly [string, StartShared][] = [
  ['a file of SQLite', sharedFile],
  ['dynalite on disk, killed too', sharedTables(startDynaliteOver)],
]

test.each(stores)(
  'sealers that are killed while they seal, over %s: what was acknowledged is in the log, once, and no checkpoint was ever taken back',
  async (_, start) => {
    const killed = await sealingKilled({ start, rounds: 3, seed: 20261129 })
    expect(killed).toMatchObject({ lost: [], twice: [], contradicted: [], halts: [] })
    expect(killed.acknowledged).toBeGreaterThan(150)
    expect(killed.deaths).toBeGreaterThanOrEqual(9)
  },
  300_000,
)
