import { createSeal } from '@writ/service'
import { aLogSigner, steadily } from '@writ/testkit'
import { expect, test } from 'vitest'
import { aHouse, requests, type House } from './house.ts'

type List = {
  readonly items: readonly { readonly id: string }[]
  readonly next_cursor: string | null
  readonly complete_through: string
}

/** Decides once every minute from 10:00, and looks an hour later. */
function aDay() {
  let now = Date.parse('2026-11-25T10:00:00Z')
  const house = aHouse({ clock: () => new Date(now) })
  const decide = async (): Promise<string> => {
    const reply = await house.post('/v1/decisions', requests.deploy)
    now += 60_000
    return ((await reply.json()) as { id: string }).id
  }
  return { house, decide, later: () => void (now += 3_600_000) }
}

let attempts = 0
async function sealAll({ store }: House): Promise<void> {
  const seal = createSeal({
    log: store.log,
    ...steadily(aLogSigner),
    memory: { last: async () => null, keep: async () => undefined },
    newAttempt: () => String((attempts += 1)),
    batch: 256,
  })
  while ((await seal()).again);
}

const list = async (house: House, query: string): Promise<List> =>
  (await (await house.ask(`/v1/decisions?${query}`)).json()) as List
const idsOf = ({ items }: List): readonly string[] => items.map(({ id }) => id).toReversed()

test('as of an instant, what had been decided by then', async () => {
  const { house, decide, later } = aDay()
  const ids = [await decide(), await decide(), await decide()]
  later()
  const then = await list(house, 'as_of=2026-11-25T10:01:00Z')
  expect([idsOf(then), then.complete_through]).toEqual([
    ids.slice(0, 2),
    '2026-11-25T10:01:00.000Z',
  ])
  expect(idsOf(await list(house, 'as_of=2026-11-25T10:00:59.999Z'))).toEqual(ids.slice(0, 1))
  expect(idsOf(await list(house, 'as_of=2026-11-25T10:01:00Z&to=2026-11-25T10:01:00Z'))).toEqual(
    ids.slice(0, 1),
  )
  expect(idsOf(await list(house, 'as_of=2026-11-26'))).toEqual(ids)
  expect((await list(house, 'as_of=2099-01-01')).complete_through).toBe('2026-11-25T11:02:55.000Z')
})

test('as of a size of the log, what has its place there: the same for ever, whatever comes later', async () => {
  const { house, decide, later } = aDay()
  const ids = [await decide(), await decide()]
  await sealAll(house)
  ids.push(await decide())
  later()
  const waiting = await list(house, 'as_of=2')
  expect([idsOf(waiting), waiting.complete_through]).toEqual([
    ids.slice(0, 2),
    '2026-11-25T10:02:00.000Z',
  ])
  await sealAll(house)
  expect(idsOf(await list(house, 'as_of=2'))).toEqual(ids.slice(0, 2))
  expect(idsOf(await list(house, 'as_of=1'))).toEqual(ids.slice(0, 1))
  expect(idsOf(await list(house, 'as_of=0'))).toEqual([])
})

test('page by page it stays as of then, and a cursor is of no other time', async () => {
  const { house, decide } = aDay()
  const ids = [await decide(), await decide(), await decide()]
  await sealAll(house)
  const first = await list(house, 'as_of=2&limit=1')
  await decide()
  const next = `limit=1&cursor=${first.next_cursor}`
  const second = await list(house, `as_of=2&${next}`)
  // What is newer than then is looked at, and left out: a page may be short.
  expect([idsOf(first), idsOf(second)]).toEqual([[], [ids[1]]])
  for (const other of ['as_of=1&', 'as_of=2026-11-25T10:05:00Z&', ''])
    expect((await house.ask(`/v1/decisions?${other}${next}`)).status).toBe(422)
})

test.each(['as_of=4', 'as_of=-1', 'as_of=soon', 'as_of=1.5'])('%s is a mistake', async (query) => {
  const { house, decide } = aDay()
  await decide()
  await sealAll(house)
  for (const path of ['/v1/decisions', '/v1/scorecards/checkout']) {
    const reply = await house.ask(`${path}?${query}`)
    expect([reply.status, await reply.text()]).toEqual([
      422,
      expect.stringContaining('/query/as_of'),
    ])
  }
})

test('a scorecard as of then is folded from what was there', async () => {
  const { house, decide } = aDay()
  await decide()
  await sealAll(house)
  await house.post('/v1/decisions', requests.unapproved)
  const card = async (query: string) => {
    const reply = await house.ask(`/v1/scorecards/checkout?${query}`)
    return (await reply.json()) as { from: { records: number } }
  }
  expect((await card('as_of=1')).from.records).toBe(1)
  expect((await card('as_of=2026-11-25T10:00:30Z')).from.records).toBe(1)
  expect((await card('as_of=2026-11-25T10:02:00Z')).from.records).toBe(2)
  expect(await card('as_of=0')).toMatchObject({ type: '/problems/entity-unknown' })
})

test('the page of decisions keeps the time in its links and its form', async () => {
  const { house, decide } = aDay()
  await decide()
  await decide()
  await sealAll(house)
  const page = await (await house.ask('/?as_of=2&limit=1')).text()
  expect(page).toMatch(/href="\/\?limit=1&amp;as_of=2&amp;cursor=/)
  expect(page).toContain('name="as_of" value="2"')
})
