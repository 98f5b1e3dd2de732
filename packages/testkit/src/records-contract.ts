import { digestOf, erased, type Entry } from '@writ/ledger'
import { noFacets } from '@writ/service'
import { describe, expect, test } from 'vitest'
import { anEntry, anInstant, aSalt } from './books.ts'
import { recordListsContract } from './record-lists-contract.ts'
import { emptyStore, type OpenStore } from './empty-store.ts'
import { walk } from './walk.ts'

const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, place) => place % 256)

/** Every promise of the `Records` port, for an adapter to run in its tests. */
export function recordsContract(open: OpenStore): void {
  describe('an entry', () => {
    const same: readonly [string, Entry][] = [
      [
        'a decision',
        anEntry({ facets: { rules: ['deploy.b', 'deploy.a'], correlation: 'c0ffee' } }),
      ],
      ['one without any facet', anEntry({ facets: noFacets })],
      ['an outcome', anEntry({ type: 'outcome', facets: { ...noFacets, service: 'checkout' } })],
      ['every byte there is', anEntry({ content: bytes(256) })],
      ['an empty body', anEntry({ content: '' })],
      [
        'many rules',
        anEntry({ facets: { rules: Array.from({ length: 100 }, (_, n) => `deploy.r${n}`) } }),
      ],
      [
        'letters of every script',
        anEntry({ facets: { resource: 'größe/支払い/🧾', actor: "o'neil; --" } }),
      ],
      ['a text with a NUL', anEntry({ facets: { resource: 'a\u0000b', correlation: '\u0000' } })],
      ['empty texts', anEntry({ facets: { resource: '', actor: '', correlation: '' } })],
    ]
    test.each(same)('comes back as it was given: %s', async (_, entry) => {
      const { records } = await emptyStore(open)
      expect(await records.append(entry)).toEqual(entry)
      expect(await records.get(entry.tenant, entry.id)).toEqual(entry)
      expect(await walk(records)).toEqual([entry])
    })

    test('may have a body of 4 MB', async () => {
      const { records } = await emptyStore(open)
      const entry = anEntry({ content: bytes(4_000_000) })
      const digest = digestOf(entry.body.content)
      expect(digestOf((await records.append(entry)).body.content)).toBe(digest)
      const read = await records.get('acme', entry.id)
      expect(read?.body.content.length).toBe(4_000_000)
      expect(digestOf(read?.body.content ?? '')).toBe(digest)
    })

    test('is taken twice as once, so a retry is safe', async () => {
      const { records } = await emptyStore(open)
      const entry = anEntry()
      await records.append(entry)
      expect(await records.append(entry)).toEqual(entry)
      expect(await walk(records)).toEqual([entry])
    })

    test('of a later attempt changes nothing: it gets the one that stands', async () => {
      const { records } = await emptyStore(open)
      const first = anEntry({ id: 'dec_1' })
      const other = anEntry({
        id: 'dec_1',
        type: 'outcome',
        requestDigest: digestOf('another request'),
        facets: { service: 'web', rules: ['deploy.approvals'] },
      })
      await records.append(first)
      expect(await records.append(other)).toEqual(first)
      expect(await records.get('acme', 'dec_1')).toEqual(first)
      expect(await walk(records, { filter: { service: 'web' } })).toEqual([])
      expect(await walk(records, { filter: { rule: 'deploy.approvals' } })).toEqual([])
    })

    test('that says the same as another, word for word, is still another', async () => {
      const { records } = await emptyStore(open)
      const [salt, content] = [aSalt(0), 'the same']
      const entries = ['dec_1', 'dec_2'].map((id) => anEntry({ id, salt, content }))
      for (const entry of entries) await records.append(entry)
      for (const entry of entries) expect(await records.get('acme', entry.id)).toEqual(entry)
    })

    test('that was never appended is null', async () => {
      const { records } = await emptyStore(open)
      expect(await records.get('acme', 'dec_1')).toBeNull()
      expect(await walk(records)).toEqual([])
    })
  })

  describe('an entry that is erased', () => {
    const bodies: readonly [string, Uint8Array][] = [
      ['a small body', bytes(256)],
      ['a body in parts', bytes(900_000)],
    ]
    test.each(bodies)('leaves its leaf and its place, and nothing of %s', async (_, content) => {
      const { records } = await emptyStore(open)
      const entry = anEntry({ content, facets: { rules: ['deploy.a'] } })
      const erasure = anErasure(entry)
      await records.append(entry)
      expect(await records.erase(entry, erasure)).toEqual(erasure)
      expect(await records.get('acme', entry.id)).toEqual(erased(entry))
      expect(await walk(records)).toEqual([erasure, erased(entry)])
      expect(await walk(records, { filter: { rule: 'deploy.a' } })).toEqual([erased(entry)])
      expect(await walk(records, { filter: { actor: 'ada' } })).toEqual([])
    })

    test('a second time changes nothing, and gives the first erasure', async () => {
      const { records } = await emptyStore(open)
      const entry = anEntry()
      const erasure = anErasure(entry)
      await records.append(entry)
      await records.erase(entry, erasure)
      const again = { ...anErasure(entry), id: erasure.id }
      expect(await records.erase(erased(entry), again)).toEqual(erasure)
      expect(await walk(records)).toEqual([erasure, erased(entry)])
      expect(await records.append(entry)).toEqual(erased(entry))
    })

    test('takes nothing from others, nor from one of another tenant', async () => {
      const { records } = await emptyStore(open)
      const [entry, other] = [anEntry({ id: 'dec_1' }), anEntry({ id: 'dec_2' })]
      const foreign = anEntry({ id: 'dec_1', tenant: 'other' })
      for (const one of [entry, other, foreign]) await records.append(one)
      await records.erase(entry, anErasure(entry))
      expect(await records.get('acme', 'dec_2')).toEqual(other)
      expect(await records.get('other', 'dec_1')).toEqual(foreign)
    })

    test('is taken in as it is, as from an export', async () => {
      const { records } = await emptyStore(open)
      const entries = [erased(anEntry()), erased(anEntry())]
      for (const entry of entries) expect(await records.append(entry)).toEqual(entry)
      expect(await walk(records)).toEqual(entries.toReversed())
    })
  })

  describe('at the same time', () => {
    test('a hundred attempts under one id: one stands, and all get it', async () => {
      const { records } = await emptyStore(open)
      const attempts = Array.from({ length: 100 }, () => anEntry({ id: 'dec_1' }))
      const answers = await Promise.all(attempts.map((attempt) => records.append(attempt)))
      const [stands] = answers
      expect(attempts).toContainEqual(stands)
      expect(answers.filter((answer) => !sameBytes(answer, stands))).toEqual([])
      expect(await walk(records)).toEqual([stands])
    })

    test('a hundred entries: all stand', async () => {
      const { records } = await emptyStore(open)
      const entries = Array.from({ length: 100 }, () => anEntry())
      expect(await Promise.all(entries.map((entry) => records.append(entry)))).toEqual(entries)
      expect(await walk(records, { limit: 7 })).toEqual(entries.toReversed())
    })

    test('whoever was answered can be read at once', async () => {
      const { records } = await emptyStore(open)
      const entries = Array.from({ length: 20 }, () => anEntry())
      const read = entries.map(async (entry) => {
        await records.append(entry)
        return records.get('acme', entry.id)
      })
      expect(await Promise.all(read)).toEqual(entries)
    })
  })

  describe('tenants never see each other', () => {
    test('neither by id nor in a list, also under the same id', async () => {
      const { records } = await emptyStore(open)
      const [ours, theirs] = [anEntry({ id: 'dec_1' }), anEntry({ id: 'dec_1', tenant: 'other' })]
      expect(await records.append(ours)).toEqual(ours)
      expect(await records.append(theirs)).toEqual(theirs)
      expect(await records.get('acme', 'dec_1')).toEqual(ours)
      expect(await records.get('other', 'dec_1')).toEqual(theirs)
      expect(await records.get('third', 'dec_1')).toBeNull()
      expect(await walk(records, { tenant: 'other' })).toEqual([theirs])
      expect(await walk(records, { tenant: 'other', filter: { service: 'checkout' } })).toEqual([
        theirs,
      ])
      expect(await walk(records, { tenant: 'third' })).toEqual([])
    })

    test('also where their names could run together with an id', async () => {
      const { records } = await emptyStore(open)
      const names = [
        ['a', 'b#c'],
        ['a#b', 'c'],
        ['a#b#', 'c'],
        ['a%', 'b'],
        ['A', 'b'],
        ['a', 'b'],
      ] as const
      const entries = names.map(([tenant, id]) => anEntry({ tenant, id, at: anInstant(0) }))
      for (const entry of entries) await records.append(entry)
      for (const entry of entries) expect(await records.get(entry.tenant, entry.id)).toEqual(entry)
      expect(await walk(records, { tenant: 'a#b' })).toEqual([entries[1]])
    })
  })

  recordListsContract(open)
}

function sameBytes(left: Entry, right: Entry | undefined): boolean {
  return right !== undefined && digestOf(left.leaf) === digestOf(right.leaf)
}

/** The entry that records that this one was erased. */
function anErasure({ tenant, id }: Entry): Entry {
  const facets = { ...noFacets, actor: 'grace' }
  return anEntry({ tenant, id: `${id}.erased`, type: 'erasure', facets, statement: { erases: id } })
}
