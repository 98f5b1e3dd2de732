import type { RecordFilter } from '@writ/service'
import { openStore, type Store } from '@writ/sqlite'
import { anEntry, anInstant, walk } from '@writ/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDisk } from './disk.ts'

describe('a list over more entries than one page looks at', () => {
  let store: Store
  beforeAll(async () => {
    store = openStore(':memory:')
    const rare = [5, 2600, 5300]
    const entries = Array.from({ length: 5500 }, (_, n) =>
      anEntry({
        at: anInstant(n),
        content: '',
        facets: rare.includes(n) ? { team: 'search', rules: ['deploy.a', 'deploy.b'] } : {},
      }),
    )
    await Promise.all(entries.map((entry) => store.records.append(entry)))
  })
  afterAll(() => store.close())

  test('gives what it found, and where to go on', async () => {
    const query = { filter: { team: 'search' }, limit: 10 }
    const first = await store.records.list('acme', { ...query, before: null })
    expect(first.entries.map(({ at }) => at)).toEqual([anInstant(5300), anInstant(2600)])
    expect(first.next?.at).toBe(anInstant(500))
    const second = await store.records.list('acme', { ...query, before: first.next })
    expect(second.entries.map(({ at }) => at)).toEqual([anInstant(5)])
    expect(second.next).toBeNull()
  })

  test('finds all, page after page, and nothing where there is nothing', async () => {
    const found = await walk(store.records, {
      filter: { team: 'search', service: 'checkout' },
      limit: 1,
    })
    expect(found.map(({ at }) => at)).toEqual([5300, 2600, 5].map(anInstant))
    expect(await walk(store.records, { filter: { outcome: 'deny' } })).toEqual([])
  })

  test('looks up a rule, so that it need not look at the rest', async () => {
    const query = { filter: { rule: 'deploy.a' }, before: null, limit: 10 }
    const { entries, next } = await store.records.list('acme', query)
    expect([entries.length, next]).toEqual([3, null])
  })
})

test('a page of large bodies ends early, and the walk still finds them all', async () => {
  const store = openStore(':memory:')
  const content = new Uint8Array(3_000_000)
  for (let n = 0; n < 8; n += 1) await store.records.append(anEntry({ content }))
  const page = await store.records.list('acme', { filter: {}, before: null, limit: 100 })
  expect(page.entries).toHaveLength(6)
  expect(page.next).not.toBeNull()
  const rest = await store.records.list('acme', { filter: {}, before: page.next, limit: 100 })
  expect([rest.entries.length, rest.next]).toEqual([2, null])
  await store.close()
})

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
    const costly = steps.map(({ detail }) => String(detail)).filter((detail) => /TEMP B-TREE|^SCAN [^ ]+$/.test(detail)) // prettier-ignore
    expect(costly).toEqual([])
    await store.close()
  })
})
