import type { Books } from '@writ/service'
import { describe, expect, test } from 'vitest'
import { anEntry, aScorecard, aWaiver, aWaiverEntry } from './books.ts'
import { emptyStore, type OpenStore } from './empty-store.ts'

const about = (service: string | null, tenant = 'acme') => anEntry({ tenant, facets: { service } })
const appendAbout = async (
  { records }: Books,
  services: readonly (string | null)[],
): Promise<void> => {
  for (const service of services) await records.append(about(service))
}
const named = (entity: string, version: number, tenant = 'acme') => ({ tenant, entity, version })

/** Every promise of the `Scorecards` port, for an adapter to run in its tests. */
export function scorecardsContract(open: OpenStore): void {
  describe('an entity is stale', () => {
    test('once it has a record, at a version that counts its records', async () => {
      const store = await emptyStore(open)
      expect(await store.scorecards.stale(10)).toEqual([])
      await appendAbout(store, ['checkout'])
      expect(await store.scorecards.stale(10)).toEqual([named('checkout', 1)])
      await appendAbout(store, ['checkout', 'checkout'])
      expect(await store.scorecards.stale(10)).toEqual([named('checkout', 3)])
    })

    test('by a waiver of it too', async () => {
      const { waivers, scorecards } = await emptyStore(open)
      const waiver = aWaiver()
      await waivers.put(waiver, aWaiverEntry(waiver))
      expect(await scorecards.stale(10)).toEqual([named('checkout', 1)])
    })

    test('not by an entry about no service', async () => {
      const store = await emptyStore(open)
      await appendAbout(store, [null])
      expect(await store.scorecards.stale(10)).toEqual([])
    })

    test('not more so by an entry that stands already, nor by one that lost', async () => {
      const { records, scorecards } = await emptyStore(open)
      const entry = anEntry({ id: 'dec_1' })
      const other = anEntry({ id: 'dec_1', facets: { service: 'web' } })
      for (const attempt of [entry, entry, other]) await records.append(attempt)
      expect(await scorecards.stale(10)).toEqual([named('checkout', 1)])
    })

    test('once an entry, however many come at the same time', async () => {
      const { records, scorecards } = await emptyStore(open)
      await Promise.all(Array.from({ length: 50 }, () => records.append(about('checkout'))))
      expect(await scorecards.stale(10)).toEqual([named('checkout', 50)])
    })

    test('in each tenant by itself', async () => {
      const { records, scorecards } = await emptyStore(open)
      await records.append(about('checkout', 'acme'))
      await records.append(about('checkout', 'other'))
      await scorecards.save(named('checkout', 1), aScorecard())
      expect(await scorecards.stale(10)).toEqual([named('checkout', 1, 'other')])
    })
  })

  describe('the stale entities', () => {
    test('come longest waiting first, and no more than asked for', async () => {
      const store = await emptyStore(open)
      await appendAbout(store, ['c', 'a', 'b', 'c', 'a'])
      const stale = [named('c', 2), named('a', 2), named('b', 1)]
      expect(await store.scorecards.stale(10)).toEqual(stale)
      expect(await store.scorecards.stale(2)).toEqual(stale.slice(0, 2))
    })

    test('wait anew from the first record that their card has not taken in', async () => {
      const store = await emptyStore(open)
      await appendAbout(store, ['a', 'b', 'c'])
      await store.scorecards.save(named('a', 1), aScorecard({ entity: 'a' }))
      await appendAbout(store, ['a', 'b'])
      expect(await store.scorecards.stale(10)).toEqual([
        named('b', 2),
        named('c', 1),
        named('a', 2),
      ])
    })

    test('get their turn, also while records of another come in all the time', async () => {
      const store = await emptyStore(open)
      await appendAbout(store, ['busy', 'quiet'])
      await appendAbout(store, ['busy'])
      await store.scorecards.save(named('busy', 1), aScorecard({ entity: 'busy' }))
      expect(await store.scorecards.stale(1)).toEqual([named('quiet', 1)])
    })
  })

  describe('a saved scorecard', () => {
    test('comes back as it was saved, and its entity is no longer stale', async () => {
      const store = await emptyStore(open)
      await appendAbout(store, ['checkout'])
      const card = aScorecard({ nextStep: 'größe ☂ "quoted" \u0000' })
      await store.scorecards.save(named('checkout', 1), card)
      expect(await store.scorecards.get('acme', 'checkout')).toEqual(card)
      expect(await store.scorecards.list('acme', 10)).toEqual([card])
      expect(await store.scorecards.stale(10)).toEqual([])
    })

    test('that a record overtook while it was folded is shown, and its entity stays stale', async () => {
      const store = await emptyStore(open)
      await appendAbout(store, ['checkout', 'checkout'])
      await store.scorecards.save(named('checkout', 1), aScorecard())
      expect(await store.scorecards.get('acme', 'checkout')).toEqual(aScorecard())
      expect(await store.scorecards.stale(10)).toEqual([named('checkout', 2)])
    })

    test('is never replaced by one of an older version', async () => {
      const store = await emptyStore(open)
      await appendAbout(store, ['checkout', 'checkout'])
      const [older, newer] = [aScorecard({ level: 'none' }), aScorecard({ level: 'clean' })]
      await store.scorecards.save(named('checkout', 2), newer)
      await store.scorecards.save(named('checkout', 1), older)
      expect(await store.scorecards.get('acme', 'checkout')).toEqual(newer)
      expect(await store.scorecards.stale(10)).toEqual([])
    })

    test('is the newest of those that are saved at the same time', async () => {
      const store = await emptyStore(open)
      const versions = [3, 5, 1, 4, 2]
      await appendAbout(
        store,
        versions.map(() => 'checkout'),
      )
      const card = (version: number) => aScorecard({ nextStep: `of version ${version}` })
      const saves = versions.map((v) => store.scorecards.save(named('checkout', v), card(v)))
      await Promise.all(saves)
      expect(await store.scorecards.get('acme', 'checkout')).toEqual(card(5))
      expect(await store.scorecards.stale(10)).toEqual([])
    })

    test('saved twice is saved once', async () => {
      const store = await emptyStore(open)
      await appendAbout(store, ['checkout'])
      for (const _ of [1, 2]) await store.scorecards.save(named('checkout', 1), aScorecard())
      expect(await store.scorecards.list('acme', 10)).toEqual([aScorecard()])
    })
  })

  test('an entity without a scorecard has none: null, and not in the list', async () => {
    const store = await emptyStore(open)
    await appendAbout(store, ['checkout'])
    expect(await store.scorecards.get('acme', 'checkout')).toBeNull()
    expect(await store.scorecards.get('acme', 'web')).toBeNull()
    expect(await store.scorecards.list('acme', 10)).toEqual([])
  })

  test('scorecards are listed in order of name, of one tenant, and no more than asked for', async () => {
    const store = await emptyStore(open)
    const cards = ['b', 'c', 'a'].map((entity) => aScorecard({ entity }))
    for (const card of cards) {
      await appendAbout(store, [card.entity])
      await store.scorecards.save(named(card.entity, 1), card)
    }
    await store.records.append(about('a', 'other'))
    await store.scorecards.save(named('a', 1, 'other'), aScorecard({ entity: 'a', level: 'clean' }))
    const [b, c, a] = cards
    expect(await store.scorecards.list('acme', 10)).toEqual([a, b, c])
    expect(await store.scorecards.list('acme', 2)).toEqual([a, b])
  })
}
