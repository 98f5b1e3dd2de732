import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Entry } from '@writ/ledger'
import { openStore } from '@writ/sqlite'
import { anEntry } from '@writ/testkit'

/**
 * What an append costs, by hand: `node test/bench/store.bench.ts [folder]`. A machine's own speed cancels out in the
 * ratios: they compare with one insert, and one sync, of bare SQLite on the same disk in the same run.
 */
const [folder = tmpdir()] = process.argv.slice(2)
const content = 'x'.repeat(2000)

type Cost = { readonly perSecond: number; readonly cpuMicroseconds: number }

async function costOf(count: number, work: () => Promise<void>): Promise<Cost> {
  const [started, cpu] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return {
    perSecond: (count / (performance.now() - started)) * 1000,
    cpuMicroseconds: (user + system) / count,
  }
}

const entries = (count: number): readonly Entry[] =>
  Array.from({ length: count }, () => anEntry({ content, facets: { rules: ['deploy.approvals'] } }))

async function appending(path: string, count: number, lanes: number): Promise<Cost> {
  const store = openStore(path)
  const left = [...entries(count)]
  const lane = async (): Promise<void> => {
    for (let entry = left.pop(); entry !== undefined; entry = left.pop())
      await store.records.append(entry)
  }
  const cost = await costOf(count, async () => {
    await Promise.all(Array.from({ length: lanes }, lane))
  })
  await store.close()
  return cost
}

/** One table, no index beside its key, one transaction an entry. */
async function bare(path: string, count: number): Promise<Cost> {
  const db = new DatabaseSync(path)
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (id TEXT PRIMARY KEY, body BLOB)',
  )
  const insert = db.prepare('INSERT INTO t VALUES (?, ?)')
  const given = entries(count)
  const cost = await costOf(count, async () => {
    for (const { id, body } of given) insert.run(id, body.content)
  })
  db.close()
  return cost
}

const place = mkdtempSync(join(folder, 'writ-bench-'))
await appending(join(place, 'warm.db'), 500, 8)
const base = await bare(join(place, 'bare.db'), 1000)
const costs: readonly (readonly [string, Cost])[] = [
  ['bare SQLite, one commit an entry', base],
  ['appends, one at a time', await appending(join(place, 'one.db'), 1000, 1)],
  ['appends, 32 at a time', await appending(join(place, 'many.db'), 4000, 32)],
  ['appends in memory, 32 at a time', await appending(':memory:', 4000, 32)],
]
rmSync(place, { recursive: true })
for (const [name, { perSecond, cpuMicroseconds }] of costs)
  console.log(
    `${name.padEnd(34)} ${perSecond.toFixed(0).padStart(6)}/s (×${(perSecond / base.perSecond).toFixed(2)})` +
      `  ${cpuMicroseconds.toFixed(0).padStart(5)} µs CPU (×${(cpuMicroseconds / base.cpuMicroseconds).toFixed(2)})`,
  )
