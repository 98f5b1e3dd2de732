import { openStore } from '@writ/sqlite'
import {
  anEntry,
  aScorecard,
  aWaiver,
  aWaiverEntry,
  breaking,
  failing,
  walk,
  type Failure,
} from '@writ/testkit'
import { describe, expect, test } from 'vitest'

const unavailable = { code: 'records-unavailable' }

describe('a network that fails a call', () => {
  const failures: readonly [Failure, boolean][] = [
    ['lost-write', false],
    ['lost-reply', true],
    ['late-write', false],
  ]
  test.each(failures)(
    '%s: the entry stands: %s, and a second try makes it so',
    async (failure, stands) => {
      const store = openStore(':memory:')
      const { records } = breaking(store, failing('records.append', [failure]))
      const entry = anEntry()
      await expect(records.append(entry)).rejects.toMatchObject(unavailable)
      expect(await store.records.get('acme', entry.id)).toEqual(stands ? entry : null)
      expect(await records.append(entry)).toEqual(entry)
      expect(await walk(store.records)).toEqual([entry])
      await store.close()
    },
  )

  test.each(failures)(
    '%s: our own entry is known by its leaf, and another’s is not taken for it',
    async (failure, stands) => {
      const store = openStore(':memory:')
      const { records } = breaking(store, failing('records.append', [failure]))
      const [ours, theirs] = [anEntry({ id: 'dec_1' }), anEntry({ id: 'dec_1' })]
      expect(ours.requestDigest).toBe(theirs.requestDigest)
      await expect(records.append(ours)).rejects.toMatchObject(unavailable)
      const standing = stands ? ours : theirs
      expect((await store.records.append(theirs)).leaf).toEqual(standing.leaf)
      expect((await records.append(ours)).leaf).toEqual(standing.leaf)
      expect((await records.get('acme', 'dec_1'))?.body).toEqual(standing.body)
      await store.close()
    },
  )

  test.each(failures)(
    '%s: a waiver and its entry stand together or not at all: %s',
    async (failure, stands) => {
      const store = openStore(':memory:')
      const { waivers } = breaking(store, failing('waivers.put', [failure]))
      const waiver = aWaiver()
      const entry = aWaiverEntry(waiver)
      await expect(waivers.put(waiver, entry)).rejects.toMatchObject(unavailable)
      expect(await store.waivers.get('acme', waiver.id)).toEqual(stands ? waiver : null)
      expect(await walk(store.records)).toEqual(stands ? [entry] : [])
      expect(await waivers.put(waiver, entry)).toEqual(waiver)
      expect(await walk(store.records)).toEqual([entry])
      await store.close()
    },
  )

  test('a scorecard that arrives late does not replace a newer one', async () => {
    const store = openStore(':memory:')
    const { scorecards } = breaking(store, failing('scorecards.save', ['late-write']))
    for (const _ of [1, 2]) await store.records.append(anEntry())
    const named = (version: number) => ({ tenant: 'acme', entity: 'checkout', version })
    await expect(scorecards.save(named(1), aScorecard({ level: 'none' }))).rejects.toMatchObject(
      unavailable,
    )
    await scorecards.save(named(2), aScorecard({ level: 'clean' }))
    expect((await store.scorecards.get('acme', 'checkout'))?.level).toBe('clean')
    await store.close()
  })
})
