import type { RecordFilter } from '@writ/service'
import { openStore, type Store } from '@writ/sqlite'
import { anInstant } from '@writ/testkit'
import { describe, expect, test } from 'vitest'
import { aDisk } from './disk.ts'
import { listBounds } from './list-bounds.ts'

listBounds(async () => openStore(':memory:'))

describe('no question reads a table from end to end, nor sorts what it found', () => {
  const filters: readonly RecordFilter[] = [
    {},
    { type: 'decision' },
    { service: 'checkout' },
    { resource: 'checkout', environment: 'production' },
    { actor: 'ada', kind: 'deploy', outcome: 'deny' },
    { correlation: 'c0ffee', rule: 'deploy.a' },
    { rule: 'deploy.a', team: 'payments' },
    { from: anInstant(0), to: anInstant(9) },
  ]
  const questions: readonly [string, (store: Store) => Promise<unknown>][] = [
    ...filters.map((filter): [string, (store: Store) => Promise<unknown>] => [
      `records of ${JSON.stringify(filter)}`,
      ({ records }) => records.list('acme', { filter, before: null, limit: 5 }),
    ]),
    ['a record', ({ records }) => records.get('acme', 'dec_1')],
    ['a waiver', ({ waivers }) => waivers.get('acme', 'wvr_1')],
    ['waivers', ({ waivers }) => waivers.list('acme', 5)],
    ['stale entities', ({ scorecards }) => scorecards.stale(5)],
    ['a scorecard', ({ scorecards }) => scorecards.get('acme', 'checkout')],
    ['scorecards', ({ scorecards }) => scorecards.list('acme', 5)],
  ]
  test.each(questions)('%s', async (_, question) => {
    const disk = aDisk()
    const store = openStore(':memory:', disk.open)
    const before = disk.prepared.length
    await question(store)
    const asked = disk.prepared.slice(before)
    const steps = asked.flatMap(
      (sql) => disk.connection?.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() ?? [],
    )
    expect(steps.length).toBeGreaterThan(0)
    const costly = steps
      .map(({ detail }) => String(detail))
      .filter((detail) => /TEMP B-TREE|^SCAN [^ ]+$/.test(detail))
    expect(costly).toEqual([])
    await store.close()
  })
})
