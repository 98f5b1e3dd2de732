import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createDrain } from '@writ/service'
import { openStore, type Store } from '@writ/sqlite'
import { breaking, failing, type Failure, type Plan } from '@writ/testkit'
import { afterAll, expect, test } from 'vitest'
import { openSpool } from '../../packages/local/src/spool.ts'
import { aHouse, requests, type House } from '../http/house.ts'
import { decide, example, get, scratch, startWrit, type Server } from './server.ts'

const folders: string[] = []
const aFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'writ-spool-'))
  folders.push(folder)
  return folder
}
const processes = scratch()
afterAll(() => {
  folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }))
  processes.remove()
})

type Answer = { readonly id: string; readonly durable?: string; readonly decided_at: string }
type Stand = {
  readonly house: House
  readonly store: Store
  readonly folder: string
  readonly ids: () => Promise<readonly string[]>
  readonly drain: () => Promise<{ readonly drained: number; readonly refused: readonly unknown[] }>
}

/** A house over a store that fails as planned, with a spool. */
function aStand(
  plan: Plan,
  { maxBytes = 1_000_000, folder = aFolder(), store = openStore(':memory:') } = {},
): Stand {
  const spool = openSpool(folder, maxBytes)
  const house = aHouse({ store: { ...store, ...breaking(store, plan) }, spool })
  const ids = async () => {
    const query = { filter: { type: 'decision' }, before: null, limit: 100 } as const
    return (await store.records.list('local', query)).entries.map(({ id }) => id)
  }
  return { house, store, folder, ids, drain: createDrain({ records: store.records, spool }) }
}

const key = { 'idempotency-key': 'run-1' }
const asked = async (house: House, headers = {}) => {
  const reply = await house.post('/v1/decisions', requests.deploy, headers)
  const text = await reply.text()
  return { status: reply.status, text, answer: JSON.parse(text) as Answer }
}
const files = (folder: string) => readdirSync(folder).toSorted()

const always: Plan = (method) => (method === 'records.append' ? 'lost-write' : null)
const cut = (method: string, ...failures: readonly Failure[]): Plan => failing(method, failures)
const both =
  (first: Plan, second: Plan): Plan =>
  (method, earlier) =>
    first(method, earlier) ?? second(method, earlier)

type Kept = readonly [status: number, durable: string | undefined, inStore: number, inSpool: number]
const failures: readonly [what: string, plan: Plan, headers: object, kept: Kept][] = [
  ['nothing', () => null, key, [200, undefined, 1, 0]],
  ['the write is lost', cut('records.append', 'lost-write'), key, [200, 'spool', 0, 1]],
  [
    'the write is lost, without a key',
    cut('records.append', 'lost-write'),
    {},
    [200, 'spool', 0, 1],
  ],
  ['only the reply is lost', cut('records.append', 'lost-reply'), key, [200, undefined, 1, 0]],
  [
    'only the reply is lost, without a key',
    cut('records.append', 'lost-reply'),
    {},
    [200, 'spool', 1, 1],
  ],
  [
    'the write is lost, and whether it stands cannot be looked up',
    both(cut('records.append', 'lost-write'), (method, earlier) =>
      method === 'records.get' && earlier > 0 ? 'lost-write' : null,
    ),
    key,
    [503, undefined, 0, 0],
  ],
  [
    'an earlier answer cannot be looked up',
    cut('records.get', 'lost-write'),
    key,
    [503, undefined, 0, 0],
  ],
]
test.each(failures)(
  '%s: what is answered is durable, and says where',
  async (_, plan, headers, kept) => {
    const { house, folder, ids, drain, store } = aStand(plan)
    const { status, answer } = await asked(house, headers)
    expect([status, answer.durable, (await ids()).length, files(folder).length]).toEqual(kept)
    await drain()
    expect(files(folder)).toEqual([])
    if (status === 200) expect(await store.records.get('local', answer.id)).not.toBeNull()
  },
)

test('the receipt of what waits promises a place in the log within a day, as it cannot know of sooner', async () => {
  const receiptOf = async (plan: Plan): Promise<string> => {
    const { text } = await asked(aStand(plan).house, key)
    return (JSON.parse(text) as { receipt: string }).receipt
  }
  expect(await receiptOf(() => null)).toMatch(/2026-11-25T10:05:\d\d/)
  expect(await receiptOf(always)).toMatch(/2026-11-26T10:00:\d\d/)
})

test('without a spool nothing weaker is answered', async () => {
  const store = openStore(':memory:')
  const house = aHouse({ store: { ...store, ...breaking(store, always) } })
  expect((await asked(house, key)).status).toBe(503)
})

test('a retry gets the same bytes while it waits, after a death, and after it was brought to the store', async () => {
  const first = aStand(always)
  const { text } = await asked(first.house, key)
  expect((await asked(first.house, key)).text).toBe(text)
  const again = aStand(() => null, first)
  const { folder, store } = again
  expect((await asked(again.house, key)).text).toBe(text)
  expect(await again.drain()).toEqual({ drained: 1, refused: [] })
  expect(files(folder)).toEqual([])
  expect((await asked(again.house, key)).text).toBe(text)
  expect((await asked(aHouse({ store }), key)).text).toBe(text)
})

test('a key that waits is not another request’s', async () => {
  const { house } = aStand(always)
  await asked(house, key)
  expect((await house.post('/v1/decisions', requests.access, key)).status).toBe(422)
})

test('attempts under one key at the same time get one answer, though the store fails in between', async () => {
  const { house, ids, drain, folder } = aStand(cut('records.append', 'lost-write'))
  const replies = await Promise.all(Array.from({ length: 5 }, () => asked(house, key)))
  expect(new Set(replies.map(({ text }) => text)).size).toBe(1)
  expect(await drain()).toEqual({ drained: 1, refused: [] })
  expect([files(folder), (await ids()).length]).toEqual([[], 1])
})

test('what waits can be read, is not listed yet, and a list says so', async () => {
  const { house, drain } = aStand((method, earlier) =>
    earlier < 2 ? always(method, earlier) : null,
  )
  const { answer } = await asked(house, key)
  type List = { items: { id: string }[]; complete_through: string }
  const list = async () => (await (await house.ask('/v1/decisions')).json()) as List
  expect((await house.ask(`/v1/decisions/${answer.id}`)).status).toBe(200)
  for (let later = 0; later < 20; later += 1) house.parts.now()
  expect(await list()).toEqual({
    items: [],
    next_cursor: null,
    complete_through: answer.decided_at,
  })
  await drain()
  const { items, complete_through: through } = await list()
  expect(items).toMatchObject([{ id: answer.id }])
  expect(through > answer.decided_at).toBe(true)
})

test('a full spool is 503, and what waits in it stays', async () => {
  const { house, folder, drain } = aStand(always, { maxBytes: 6000 })
  const statuses: number[] = []
  for (let attempt = 0; attempt < 6; attempt += 1) statuses.push((await asked(house)).status)
  const kept = statuses.filter((status) => status === 200).length
  expect(kept).toBeGreaterThan(0)
  expect(statuses.slice(kept)).toEqual(statuses.slice(kept).map(() => 503))
  expect(statuses.at(-1)).toBe(503)
  expect(files(folder)).toHaveLength(kept)
  await drain()
  expect((await asked(house)).status).toBe(200)
})

test('what waits is brought in order, goes on where the store went away, and twice changes nothing', async () => {
  const { house, folder, store } = aStand(always)
  const ids: string[] = []
  for (let made = 0; made < 4; made += 1) ids.push((await asked(house)).answer.id)
  const saved = files(folder).map((name) => [name, readFileSync(join(folder, name))] as const)
  const taken: string[] = []
  const records: Pick<Store['records'], 'append'> = {
    append: async (entry) => {
      if (taken.length === 2) throw new Error('away again')
      taken.push(entry.id)
      return store.records.append(entry)
    },
  }
  await expect(createDrain({ records, spool: openSpool(folder) })()).rejects.toThrow('away again')
  expect([taken, files(folder).length]).toEqual([ids.slice(0, 2), 2])
  // As after a death between the store's acknowledgement and the file's end.
  for (const [name, bytes] of saved) writeFileSync(join(folder, name), bytes)
  const drain = createDrain({ records: store.records, spool: openSpool(folder) })
  expect(await drain()).toEqual({ drained: 4, refused: [] })
  const { entries } = await store.records.list('local', { filter: {}, before: null, limit: 10 })
  expect(entries.map(({ id }) => id).toReversed()).toEqual(ids)
})

test('where another decision stands in the store, the one that waited is set aside, and is not lost', async () => {
  const waited = aStand(always)
  const { text } = await asked(waited.house, key)
  expect(
    (await asked(aHouse({ store: waited.store, clock: () => new Date('2026-11-26') }), key)).status,
  ).toBe(200)
  const { drained, refused } = await waited.drain()
  expect([drained, refused]).toMatchObject([0, [{ id: (JSON.parse(text) as Answer).id }]])
  expect(files(waited.folder)).toEqual([expect.stringMatching(/\.entry\.refused$/)])
})

test('what was not finished is taken away, and what was changed keeps a house from starting', async () => {
  const { house, folder } = aStand(always)
  await asked(house)
  const [name = ''] = files(folder)
  writeFileSync(join(folder, '000000000009-aa.entry.unfinished'), 'half')
  openSpool(folder)
  expect(files(folder)).toEqual([name])
  const text = readFileSync(join(folder, name), 'utf8')
  writeFileSync(join(folder, name), text.replace('ada', 'eve'))
  expect(() => openSpool(folder)).toThrow(expect.objectContaining({ code: 'start-refused' }))
})

let server: Server | null = null
test('killed while decisions wait: all of them are in the store, in the log and in the list of the next start', async () => {
  const [data, spool] = [processes.path('data'), processes.path('spool')]
  const start = async () =>
    (server = await startWrit(['--data', data, '--spool', spool, '--no-sample']))
  let running = await start()
  await decide(running, example('deploy-allowed'))
  const other = new DatabaseSync(join(data, 'writ.db'))
  other.exec('BEGIN IMMEDIATE')
  const texts = new Map<string, string>()
  for (let made = 0; made < 3; made += 1) {
    const { status, json, text } = await decide(running, example('deploy-allowed'))
    expect({ status, durable: json.durable }).toEqual({ status: 200, durable: 'spool' })
    texts.set(json.id, text)
  }
  await running.stop('SIGKILL')
  other.exec('ROLLBACK')
  other.close()
  expect(files(spool)).toHaveLength(3)
  running = await start()
  await expect.poll(() => files(spool), { timeout: 20_000 }).toEqual([])
  for (const [id, text] of texts)
    expect(await get(running, `/v1/decisions/${id}`)).toMatchObject({ status: 200, text })
  const { text } = await get(running, '/v1/decisions')
  for (const id of texts.keys()) expect(text).toContain(id)
  expect(await server?.stop('SIGTERM')).toBe(0)
})
