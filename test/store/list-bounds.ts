import type { Books } from '@writ/service'
import { anEntry, anInstant, walk } from '@writ/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

type Closing = Books & { readonly close: () => Promise<void> | void }

/** What bounds a page of a list, on any store: how many entries it looks at, and how many bytes it gives. */
export function listBounds(open: () => Promise<Closing>): void {
  describe('a list over more entries than one page looks at', () => {
    let store: Closing
    beforeAll(async () => {
      store = await open()
      const rare = [5, 2600, 5300]
      const entries = Array.from({ length: 5500 }, (_, n) =>
        anEntry({
          at: anInstant(n),
          content: '',
          facets: rare.includes(n) ? { team: 'search', rules: ['deploy.a', 'deploy.b'] } : {},
        }),
      )
      for (let at = 0; at < entries.length; at += 100)
        await Promise.all(entries.slice(at, at + 100).map((entry) => store.records.append(entry)))
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
    const store = await open()
    const content = new Uint8Array(3_000_000)
    for (let n = 0; n < 8; n += 1) await store.records.append(anEntry({ content }))
    const page = await store.records.list('acme', { filter: {}, before: null, limit: 100 })
    expect(page.entries).toHaveLength(6)
    expect(page.next).not.toBeNull()
    const rest = await store.records.list('acme', { filter: {}, before: page.next, limit: 100 })
    expect([rest.entries.length, rest.next]).toEqual([2, null])
    await store.close()
  })
}
