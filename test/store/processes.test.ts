import { DatabaseSync } from 'node:sqlite'
import { digestOf, isBodyOf, type Entry } from '@writ/ledger'
import { openStore, type Store } from '@writ/sqlite'
import { seededNumbers, walk } from '@writ/testkit'
import { expect, test } from 'vitest'
import { aPath } from './folder.ts'
import { write, type Written } from './writing.ts'

const bytesOf = ({ leaf, body }: Entry): string => `${digestOf(leaf)} ${digestOf(body.content)}`

function complaintsOf(path: string): readonly unknown[] {
  const db = new DatabaseSync(path)
  const found = [
    ...db.prepare('PRAGMA integrity_check').all(),
    ...db.prepare('PRAGMA foreign_key_check').all(),
    ...db.prepare('SELECT commitment FROM bodies EXCEPT SELECT commitment FROM entries').all(),
    ...db
      .prepare('SELECT rule FROM entry_rules WHERE arrival NOT IN (SELECT arrival FROM entries)')
      .all(),
  ]
  db.close()
  return found.map((row) => Object.values(row)[0]).filter((word) => word !== 'ok')
}

async function missingFrom(
  store: Store,
  tally: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const stands = new Map((await walk(store.records)).map((entry) => [entry.id, bytesOf(entry)]))
  return [...tally].filter(([id, bytes]) => stands.get(id) !== bytes).map(([id]) => id)
}

test('what was acknowledged is there, byte for byte, whenever the process is killed', async () => {
  const path = aPath()
  const draw = seededNumbers(20261125)
  const tally = new Map<string, string>()
  for (let round = 0; round < 5; round += 1) {
    const { acknowledged, complaints } = await write(
      [path, `r${round}_`],
      1 + Math.floor(draw() * 400),
    )
    expect(complaints).toBe('')
    for (const [id, bytes] of acknowledged) tally.set(id, bytes)
    const store = openStore(path)
    expect(await missingFrom(store, tally)).toEqual([])
    const entries = await walk(store.records, { limit: 500 })
    expect(entries.filter(({ leaf, body }) => !isBodyOf(leaf, body))).toEqual([])
    expect(await store.scorecards.stale(10)).toMatchObject([{ version: entries.length }])
    await store.close()
    expect(complaintsOf(path)).toEqual([])
  }
  expect(tally.size).toBeGreaterThan(5)
})

test('two processes write one file: all stands, and of two attempts under one id one', async () => {
  const path = aPath()
  const both: readonly Written[] = await Promise.all([
    write([path, 'shared_', '300']),
    write([path, 'shared_', '300']),
  ])
  for (const { code, complaints } of both) expect([code, complaints]).toEqual([0, ''])
  const [first, second] = both
  expect(first?.acknowledged.size).toBe(300)
  expect(second?.acknowledged).toEqual(first?.acknowledged)
  const store = openStore(path)
  expect(await missingFrom(store, first?.acknowledged ?? new Map())).toEqual([])
  expect(await walk(store.records)).toHaveLength(300)
  expect(await store.scorecards.stale(10)).toMatchObject([{ version: 300 }])
  await store.close()
  expect(complaintsOf(path)).toEqual([])
})
