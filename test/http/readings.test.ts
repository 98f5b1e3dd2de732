import { Fault } from '@writ/domain'
import { createApp, pages } from '@writ/http'
import { createFold, createSeal } from '@writ/service'
import { openStore } from '@writ/sqlite'
import { aLogSigner, steadily } from '@writ/testkit'
import { expect, test } from 'vitest'
import { aHouse, requests, type House } from './house.ts'

type Reading = {
  readonly id: string
  readonly reader: string | null
  readonly record: string | null
  readonly filter: Readonly<Record<string, string>> | null
  readonly given: number | null
  readonly more: boolean | null
  readonly purpose: string | null
}

/** A house with one decision. */
async function decided(house: House = aHouse()): Promise<{ house: House; id: string }> {
  const answer = await house.post('/v1/decisions', requests.deploy)
  const { id } = (await answer.json()) as { id: string }
  return { house, id }
}

/** What is recorded as read, oldest first, as the API tells it. */
async function readings(house: House): Promise<readonly Reading[]> {
  const { items } = (await (await house.ask('/v1/readings')).json()) as { items: Reading[] }
  return items.toReversed()
}

const shows: readonly [path: string, expected: Partial<Reading>][] = [
  ['/v1/decisions', { record: null, filter: { type: 'decision' }, given: 1, more: false }],
  [
    '/v1/decisions?actor=nobody&from=2026-01-01',
    {
      filter: { type: 'decision', actor: 'nobody', from: '2026-01-01T00:00:00.000Z' },
      given: 0,
      more: false,
    },
  ],
  ['/v1/decisions/:id', { record: ':id', filter: {}, given: 1, more: false }],
  ['/v1/decisions/:id/record', { record: ':id' }],
  ['/v1/records/:id', { record: ':id' }],
  ['/', { filter: { type: 'decision' }, given: 1 }],
  ['/decisions/:id', { record: ':id' }],
  ['/services/:entity', { filter: { type: 'decision', service: 'checkout' }, given: 1 }],
  ['/readings', { filter: { type: 'read' }, given: 0 }],
  ['/v1/readings', { filter: { type: 'read' }, given: 0 }],
  ['/v1/waivers', { record: null, filter: { type: 'waiver' }, given: 0, more: false }],
  ['/waivers', { filter: { type: 'waiver' }, given: 0 }],
]

test.each(shows)('who is shown %s is recorded', async (path, { record, ...expected }) => {
  const { house, id } = await decided()
  const named = (text: string): string => text.replace(':id', id).replace(':entity', 'checkout')
  expect((await house.ask(named(path))).status).toBe(200)
  const [reading, ...more] = await readings(house)
  expect(more).toEqual([])
  expect(reading).toMatchObject({ ...expected, reader: 'tester', purpose: null })
  if (record !== undefined && record !== null) expect(reading?.record).toBe(named(record))
})

/** What is shown there is of services, of policies, or of the log, whose leaves name nobody. */
const silent: readonly (readonly [path: string, status: number])[] = [
  ['/v1/scorecards', 200],
  ['/v1/scorecards/:entity', 200],
  ['/services', 200],
  ['/v1/policies', 200],
  ['/policies', 200],
  ['/policies/:rule', 200],
  ['/v1/bundles/:path{.+}', 404],
  ['/v1/keys', 200],
  ['/v1/records/:id/proof', 200],
  ['/log/checkpoint', 200],
  ['/log/tile/:path{.+}', 200],
  ['/problems', 200],
  ['/problems/:code', 200],
]

test.each(silent)('%s shows no records, and is no reading', async (path, status) => {
  const { house, id } = await decided()
  await createFold({ ...house.store, breathe: async () => undefined })()
  const memory = { last: async () => null, keep: async () => undefined }
  const { log } = house.store
  await createSeal({ log, ...steadily(aLogSigner), memory, newAttempt: () => '1', batch: 256 })()
  const asked = path
    .replace(':entity', 'checkout')
    .replace(':rule', 'deploy.approvals')
    .replace(':id', id)
    .replace(':path{.+}', 'entries/000.p/1')
    .replace(':code', 'decision-unknown')
  expect((await house.ask(asked)).status).toBe(status)
  expect(await readings(house)).toEqual([])
})

test('of every address that answers it is known whether that is a reading', () => {
  const known = [...shows, ...silent].map(([path]) => path.replace(/\?.*/, ''))
  // These are for anybody, and hold nothing of a tenant.
  const open = ['/healthz', ...pages.openRoutes().map(({ path }) => path)]
  const { routes } = createApp(aHouse().parts)
  const answering = routes.filter(({ method }) => method === 'GET').map(({ path }) => path)
  expect(new Set([...known, ...open])).toEqual(new Set(answering))
})

test('what is not there was not read', async () => {
  const { house } = await decided()
  expect((await house.ask('/v1/records/dec_nothing')).status).toBe(404)
  expect(await readings(house)).toEqual([])
})

test('why it is read is recorded, and goes along from page to page', async () => {
  const { house, id } = await decided()
  const page = await (await house.ask('/?purpose=SOC%202%20%26%20größe')).text()
  const link = page.match(new RegExp(`/decisions/${id}[^"]*`))?.[0].replaceAll('&amp;', '&') ?? ''
  expect((await house.ask(link)).status).toBe(200)
  expect((await readings(house)).map(({ purpose }) => purpose)).toEqual([
    'SOC 2 & größe',
    'SOC 2 & größe',
  ])
})

test('a purpose that is too long is a mistake, and nothing is shown', async () => {
  const { house } = await decided()
  const reply = await house.ask(`/v1/decisions?purpose=${'x'.repeat(1025)}`)
  expect(reply.status).toBe(422)
  expect(await reply.text()).toContain('/query/purpose')
})

test('page after page of one list is one reading', async () => {
  const { house } = await decided()
  for (let more = 0; more < 4; more += 1) await house.post('/v1/decisions', requests.unapproved)
  let [cursor, pages]: [string | null, number] = [null, 0]
  do {
    const from = cursor === null ? '' : `&cursor=${cursor}`
    const reply = await house.ask(`/v1/decisions?limit=2${from}`)
    ;({ next_cursor: cursor } = (await reply.json()) as { next_cursor: string | null })
    pages += 1
  } while (cursor !== null)
  expect(pages).toBe(3)
  expect(await readings(house)).toMatchObject([{ given: 2, more: true }])
})

test('a list is read within a day of its first page', async () => {
  let now = Date.parse('2026-11-25T10:00:00Z')
  const { house } = await decided(aHouse({ clock: () => new Date(now) }))
  await house.post('/v1/decisions', requests.unapproved)
  const first = (await (await house.ask('/v1/decisions?limit=1')).json()) as { next_cursor: string }
  const next = `/v1/decisions?limit=1&cursor=${first.next_cursor}`
  now += 24 * 3_600_000
  expect((await house.ask(next)).status).toBe(200)
  now += 1
  const late = await house.ask(next)
  expect([late.status, await late.text()]).toEqual([422, expect.stringContaining('within a day')])
})

test('that the readings are read is recorded once each time, and not for ever', async () => {
  const { house } = await decided()
  const before = (await house.entries()).length
  await readings(house)
  await readings(house)
  expect((await house.entries()).length).toBe(before + 2)
})

test('readings are found by who read and by what was read', async () => {
  const { house, id } = await decided()
  await house.ask(`/v1/records/${id}`)
  await house.ask('/v1/decisions')
  const found = async (query: string): Promise<number> => {
    const reply = await house.ask(`/v1/readings?${query}`)
    return ((await reply.json()) as { items: unknown[] }).items.length
  }
  expect(await found(`record=${id}`)).toBe(1)
  expect(await found('reader=tester')).toBeGreaterThanOrEqual(2)
  expect(await found('reader=nobody')).toBe(0)
})

test.each(shows.map(([path]) => path))(
  '%s shows nothing when that cannot be recorded',
  async (path) => {
    const store = openStore(':memory:')
    const { id } = await decided(aHouse({ store }))
    const down = async (): Promise<never> => {
      throw new Fault('records-unavailable', 'the disk is full')
    }
    const house = aHouse({ store: { ...store, records: { ...store.records, append: down } } })
    const reply = await house.ask(path.replace(':id', id).replace(':entity', 'checkout'))
    const text = await reply.text()
    expect(reply.status).toBe(503)
    expect(text).toContain('The reading could not be recorded')
    expect(text).not.toContain('checkout')
  },
)

const announce = async (house: House, body: object, headers = {}): Promise<string> => {
  const reply = await house.post('/v1/readings', body, headers)
  expect(reply.status).toBe(201)
  return ((await reply.json()) as { id: string }).id
}

test('what was announced is one reading, however many records it is', async () => {
  const { house, id } = await decided()
  const reading = await announce(house, { purpose: 'Audit 4711' })
  for (let asked = 0; asked < 3; asked += 1)
    await house.ask(`/v1/records/${id}`, { headers: { 'writ-reading': reading } })
  expect(await readings(house)).toMatchObject([
    { id: reading, record: null, given: null, more: true, purpose: 'Audit 4711' },
  ])
})

const outside: readonly [string, (house: House, id: string) => Promise<string>][] = [
  ['before the time that was announced', (house) => announce(house, { from: '2026-12-01' })],
  ['after it', (house) => announce(house, { to: '2026-01-01' })],
  ['under a name that is no reading', async () => 'read_nothing'],
  ['under the name of another record', async (_, id) => id],
  [
    'under what another announced',
    async (house) =>
      announce(
        aHouse({
          store: house.store,
          authenticate: () => ({ tenant: 'local', principal: 'another', roles: [] }),
        }),
        {},
      ),
  ],
  [
    'under what was announced in another tenant',
    (house) => announce(house, {}, { 'writ-tenant': 'sample' }),
  ],
  [
    'under a list that was read',
    async (house) => {
      await house.ask('/v1/decisions')
      return (await house.entries()).at(-1)?.id ?? ''
    },
  ],
]

test.each(outside)('a record that is read %s is a reading of its own', async (_, name) => {
  const { house, id } = await decided()
  const reading = await name(house, id)
  await house.ask(`/v1/records/${id}`, { headers: { 'writ-reading': reading } })
  expect((await readings(house)).at(-1)).toMatchObject({ record: id, given: 1 })
})

test('what was announced ends after a day', async () => {
  let now = new Date('2026-11-25T10:00:00Z')
  const { house, id } = await decided(aHouse({ clock: () => now }))
  const reading = await announce(house, {})
  const read = () => house.ask(`/v1/records/${id}`, { headers: { 'writ-reading': reading } })
  now = new Date('2026-11-26T09:59:59Z')
  await read()
  expect(await readings(house)).toHaveLength(1)
  now = new Date('2026-11-26T10:00:00Z')
  await read()
  expect((await readings(house)).at(-1)).toMatchObject({ record: id })
})

test('a reading can be erased like what was read, and is still counted', async () => {
  const { house, id } = await decided()
  await house.ask(`/v1/records/${id}?purpose=private`)
  const [reading] = await readings(house)
  await house.post(`/v1/records/${reading?.id}/erase`, { reason: 'Request 4711' })
  expect((await readings(house))[0]).toMatchObject({ id: reading?.id, reader: null, purpose: null })
  expect(await (await house.ask('/readings')).text()).toContain('erased')
})
