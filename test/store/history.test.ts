import { describe, expect, test } from 'vitest'
import { amissInHistory, type Call } from './check-history.ts'
import { historyOf } from './history.ts'

test('a history of concurrent clients, over a store and sealers that are killed and a network that fails, is one of an honest log', async () => {
  const { calls, amiss, deaths, failed } = await historyOf({ rounds: 2, calls: 60, seed: 7 })
  expect(amiss).toEqual([])
  expect(new Set(calls.map(({ what }) => what)).size).toBe(4)
  expect([calls.length > 300, deaths >= 2, failed > 20]).toEqual([true, true, true])
}, 300_000)

describe('a history is found out in which', () => {
  const log = { leaves: ['a', 'b'], rootAt: (size: number) => ['none', 'one', 'two'][size] ?? null }
  const call = (began: number, ended: number, rest: object): Call =>
    ({ session: `s${began}`, began, ended, ...rest }) as Call
  const append = (began: number, id: string, stands: string | null, sent = stands ?? id) =>
    call(began, began + 1, { what: 'append', id, sent, stands })
  const get = (began: number, id: string, stands: string | null) =>
    call(began, began + 1, { what: 'get', id, stands })
  const place = (began: number, id: string, index: number | null) =>
    call(began, began + 1, { what: 'place', id, index })
  const checkpoint = (began: number, size: number, root: string) =>
    call(began, began + 1, { what: 'checkpoint', size, root })
  const honest = [append(1, 'x', 'a'), append(3, 'y', null, 'b'), get(5, 'x', 'a'), place(7, 'x', 0), checkpoint(9, 1, 'one'), checkpoint(11, 2, 'two')] // prettier-ignore

  test('nothing is amiss is not', () => {
    expect(amissInHistory(honest, log)).toEqual([])
  })

  const rows: readonly [string, readonly Call[], typeof log, string][] = [
    ['an acknowledged entry is not in the log', [append(13, 'z', 'c')], log, 'z was acknowledged and is not in the log'],
    ['an entry is in the log twice', [], { ...log, leaves: ['a', 'b', 'a'] }, 'the entry at 2 is in the log twice'],
    ['an entry is in the log that nobody sent', [], { ...log, leaves: ['a', 'b', 'c'] }, 'nobody sent the entry at 2'],
    ['two entries stand under an id', [append(13, 'x', 'b')], log, 'two entries stood under x'],
    ['an entry is not found that stood', [get(13, 'x', null)], log, 's13 did not find x, which stood already'],
    ['an entry loses its place', [place(13, 'x', null)], log, 'x had the place 0, and then none'],
    ['an entry has two places', [place(13, 'x', 1)], log, 'x had two places, 0 and 1'],
    ['an entry has the place of another', [append(13, 'z', 'b'), place(15, 'z', 0)], log, 'z had the place 0, where another entry is'],
    ['a checkpoint goes back', [checkpoint(13, 1, 'one')], log, 's13 was shown 1 entries after somebody had seen 2'],
    ['a checkpoint is of another log', [checkpoint(13, 2, 'other')], log, "a checkpoint of 2 entries is not the log's"],
  ] // prettier-ignore
  test.each(rows)('%s', (_, more, final, found) => {
    expect(amissInHistory([...honest, ...more], final)).toContain(found)
  })

  test('calls overlap is not: what was under way may have come first', () => {
    const under = [
      call(1, 20, { what: 'append', id: 'x', sent: 'a', stands: 'a' }),
      get(5, 'x', null),
      append(21, 'y', 'b'),
    ]
    expect(amissInHistory(under, log)).toEqual([])
  })
})
