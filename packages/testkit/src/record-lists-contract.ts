import type { Entry } from '@writ/ledger'
import type { RecordFilter } from '@writ/service'
import { describe, expect, test } from 'vitest'
import { anEntry, anInstant } from './books.ts'
import { seededNumbers } from './breaking.ts'
import { emptyStore, type OpenStore } from './empty-store.ts'
import { newestFirst, walk } from './walk.ts'

/** What `Records` promises of lists: order, pages, filters. */
export function recordListsContract(open: OpenStore): void {
  describe('a list', () => {
    test('is newest first by instant and then by id, whatever the order of arrival', async () => {
      const { records } = await emptyStore(open)
      const entries = [3, 1, 2, 1, 1, 0, 3].map((at) => anEntry({ at: anInstant(at) }))
      for (const entry of entries) await records.append(entry)
      expect(await walk(records)).toEqual(entries.toSorted(newestFirst))
    })

    test.each([1, 2, 3, 7, 8, 9, 100])(
      'in pages of %i has neither gaps nor repeats, also where instants are equal',
      async (limit) => {
        const { records } = await emptyStore(open)
        const entries = Array.from({ length: 8 }, (_, n) => anEntry({ at: anInstant(n >> 2) }))
        for (const entry of entries) await records.append(entry)
        expect(await walk(records, { limit })).toEqual(entries.toSorted(newestFirst))
      },
    )

    test('walked while entries come in shows each that stood before it once, in order', async () => {
      const { records } = await emptyStore(open)
      const stood = Array.from({ length: 20 }, (_, n) => anEntry({ at: anInstant(n * 10) }))
      for (const entry of stood) await records.append(entry)
      let came = 0
      const between = async (): Promise<void> => {
        // One in what is already read, one in what is yet to come, one beside an entry that stands.
        const places = [190 - came, 5 + came, came * 10]
        await Promise.all(places.map((at) => records.append(anEntry({ at: anInstant(at) }))))
        came += 1
      }
      const seen = await walk(records, { limit: 3, between })
      expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
      expect(seen).toEqual(seen.toSorted(newestFirst))
      const ids = new Set(stood.map(({ id }) => id))
      expect(seen.filter(({ id }) => ids.has(id))).toEqual(stood.toReversed())
    })

    test('goes on from a place where no entry is', async () => {
      const { records } = await emptyStore(open)
      const entries = [10, 20].map((at) => anEntry({ at: anInstant(at) }))
      for (const entry of entries) await records.append(entry)
      const before = { at: anInstant(15), id: 'dec_x' }
      const page = await records.list('acme', { filter: {}, before, limit: 5 })
      expect(page.entries).toEqual([entries[0]])
    })

    test('that is at its end says so, and holds nothing back', async () => {
      const { records } = await emptyStore(open)
      await records.append(anEntry())
      expect(await records.list('acme', { filter: {}, before: null, limit: 5 })).toMatchObject({
        next: null,
        oldestUnlisted: null,
      })
    })
  })

  describe('a filter', () => {
    const at = { at: anInstant(1000) }
    const cases: readonly [string, RecordFilter, readonly Entry[], readonly Entry[]][] = [
      ['type', { type: 'outcome' }, [anEntry({ type: 'outcome' })], [anEntry(), anEntry({ type: 'waiver' })]],
      ['kind', { kind: 'access' }, [anEntry({ facets: { kind: 'access' } })], [anEntry(), anEntry({ facets: { kind: null } })]],
      ['outcome', { outcome: 'deny' }, [anEntry({ facets: { outcome: 'deny' } })], [anEntry()]],
      ['resource', { resource: 'web' }, [anEntry({ facets: { resource: 'web' } })], [anEntry(), anEntry({ facets: { resource: 'web2' } }), anEntry({ facets: { resource: 'Web' } })]],
      ['rule', { rule: 'deploy.a' }, [anEntry({ facets: { rules: ['deploy.a'] } }), anEntry({ facets: { rules: ['deploy.b', 'deploy.a'] } })], [anEntry(), anEntry({ facets: { rules: ['deploy.a.b', 'deploy'] } })]],
      ['actor', { actor: 'grace' }, [anEntry({ facets: { actor: 'grace' } })], [anEntry(), anEntry({ facets: { actor: 'grac%' } })]],
      ['service', { service: 'web' }, [anEntry({ facets: { service: 'web' } })], [anEntry(), anEntry({ facets: { service: null, resource: 'web' } })]],
      ['team', { team: 'search' }, [anEntry({ facets: { team: 'search' } })], [anEntry()]],
      ['environment', { environment: 'staging' }, [anEntry({ facets: { environment: 'staging' } })], [anEntry(), anEntry({ facets: { environment: null } })]],
      ['correlation', { correlation: 'c0ffee' }, [anEntry({ facets: { correlation: 'c0ffee' } })], [anEntry(), anEntry({ facets: { correlation: 'c0ffe' } })]],
      ['from, itself within', { from: anInstant(1000) }, [anEntry(at), anEntry({ at: anInstant(1001) })], [anEntry({ at: anInstant(999) })]],
      ['to, itself without', { to: anInstant(1000) }, [anEntry({ at: anInstant(999) })], [anEntry(at)]],
      ['from and to', { from: anInstant(1000), to: anInstant(1002) }, [anEntry(at), anEntry({ at: anInstant(1001) })], [anEntry({ at: anInstant(1002) }), anEntry({ at: anInstant(999) })]],
      ['a span of nothing', { from: anInstant(1000), to: anInstant(1000) }, [], [anEntry(at)]],
      ['nothing, undefined being absent', { service: undefined, rule: undefined }, [anEntry()], []],
      ['a wildcard, which is a letter like any other', { resource: '%' }, [anEntry({ facets: { resource: '%' } })], [anEntry(), anEntry({ facets: { resource: '*' } })]],
      ['an empty text, which is a text', { correlation: '' }, [anEntry({ facets: { correlation: '' } })], [anEntry()]],
    ] // prettier-ignore
    test.each(cases)(
      'takes what is equal and nothing else: %s',
      async (_, filter, within, without) => {
        const { records } = await emptyStore(open)
        for (const entry of [...without, ...within]) await records.append(entry)
        expect(await walk(records, { filter, limit: 1 })).toEqual(within.toSorted(newestFirst))
      },
    )

    test('of several parts takes what passes them all, in pages of any size', async () => {
      const { records } = await emptyStore(open)
      const draw = seededNumbers(7)
      const entries = Array.from({ length: 60 }, () => anyEntry(draw))
      await Promise.all(entries.map((entry) => records.append(entry)))
      for (let round = 0; round < 40; round += 1) {
        const filter = anyFilter(draw)
        const expected = entries.filter((entry) => passes(entry, filter)).toSorted(newestFirst)
        const seen = await walk(records, { filter, limit: 1 + Math.floor(draw() * 20) })
        expect(ids(seen), JSON.stringify(filter)).toEqual(ids(expected))
      }
    })
  })
}

const words = {
  type: ['decision', 'outcome'],
  kind: ['deploy', 'config'],
  outcome: ['allow', 'deny'],
  resource: ['checkout', 'web'],
  service: ['checkout', 'web'],
  team: ['payments', 'search'],
  environment: ['production', 'staging'],
  actor: ['ada', 'grace'],
  correlation: ['c1', 'c2'],
} as const
const rules = ['deploy.a', 'deploy.b', 'deploy.c'] as const
const facetNames = [
  'kind',
  'outcome',
  'resource',
  'service',
  'team',
  'environment',
  'actor',
  'correlation',
] as const

const pick = <T>(draw: () => number, from: readonly [T, ...T[]] | readonly T[]): T =>
  from[Math.floor(draw() * from.length)] as T

function anyEntry(draw: () => number): Entry {
  const facets = Object.fromEntries(facetNames.map((name) => [name, pick(draw, words[name])]))
  return anEntry({
    at: anInstant(Math.floor(draw() * 20)),
    type: pick(draw, words.type),
    facets: { ...facets, rules: rules.filter(() => draw() < 0.4) },
  })
}

/** Up to three parts, so that something is found more often than not. */
function anyFilter(draw: () => number): RecordFilter {
  const parts: readonly (() => RecordFilter)[] = [
    () => ({ type: pick(draw, words.type) }),
    ...facetNames.map((name) => () => ({ [name]: pick(draw, words[name]) })),
    () => ({ rule: pick(draw, rules) }),
    () => ({ from: anInstant(Math.floor(draw() * 20)) }),
    () => ({ to: anInstant(Math.floor(draw() * 20)) }),
  ]
  const drawn = Array.from({ length: Math.floor(draw() * 4) }, () => pick(draw, parts)())
  return Object.assign({}, ...drawn) as RecordFilter
}

/** What the port's comment says, in the plainest words: the judge of every adapter. */
function passes({ at, type, facets }: Entry, { from, to, rule, ...equal }: RecordFilter): boolean {
  const held: Readonly<Record<string, unknown>> = { ...facets, type }
  if (from !== undefined && at < from) return false
  if (to !== undefined && at >= to) return false
  if (rule !== undefined && !facets.rules.includes(rule)) return false
  return Object.entries(equal).every(([name, value]) => value === undefined || held[name] === value)
}

function ids(entries: readonly Entry[]): readonly string[] {
  return entries.map(({ id }) => id)
}
