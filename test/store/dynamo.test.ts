import { createHash } from 'node:crypto'
import { operations, type CapacityUse, type DynamoOptions } from '@writ/dynamo'
import { emptyRoot } from '@writ/ledger'
import type { Books } from '@writ/service'
import {
  anEntry,
  aWaiver,
  aWaiverEntry,
  logContract,
  recordsContract,
  scorecardsContract,
  waiversContract,
  walk,
} from '@writ/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientOf, freshStore, startDynalite, type Running } from './dynamo.ts'
import { listBounds } from './list-bounds.ts'
import { createRecording, wordsOfOperation } from './recording.ts'

let running: Running
beforeAll(async () => {
  running = await startDynalite()
})
afterAll(() => running.stop())

const recording = createRecording()
const openWith = async (over: Partial<DynamoOptions>) => {
  const client = { ...clientOf(running.endpoint), requestHandler: recording.handler }
  const store = await freshStore(running.endpoint, { client, ...over })
  return recording.named(store)
}
const open = () => openWith({})

describe('DynamoDB as dynalite plays it', () => {
  describe('records', () => recordsContract(open))
  describe('waivers', () => waiversContract(open))
  describe('scorecards', () => scorecardsContract(open))
  describe('the log', () => logContract(open))
  listBounds(() => freshStore(running.endpoint))
})

const unavailable = { code: 'records-unavailable' }
/** A body that has no room in an item: nothing can make it smaller. */
const largeBody = (seed: string): Uint8Array =>
  new Uint8Array(createHash('shake256', { outputLength: 20_000 }).update(seed).digest())
const large = largeBody('one')

test('a large body is kept once, and whoever appends it again gets it', async () => {
  const { records } = await open()
  const entry = anEntry({ content: large })
  for (const _ of [1, 2]) expect(await records.append(entry)).toEqual(entry)
  expect(await walk(records)).toEqual([entry])
})

test('time that runs out between body and entry leaves nothing to be seen, and the id to whoever comes next', async () => {
  const { records } = await openWith({ patience: { call: 300, attempt: 200 } })
  const entry = anEntry({ content: large })
  recording.failWhere = (sent) => sent === 'PutItem records'
  await expect(records.append(entry)).rejects.toMatchObject(unavailable)
  recording.failWhere = () => false
  expect([await records.get('acme', entry.id), await walk(records)]).toEqual([null, []])
  const other = anEntry({ id: entry.id, content: largeBody('another') })
  expect(await records.append(other)).toEqual(other)
  expect(await records.append(entry)).toEqual(other)
  expect(await walk(records)).toEqual([other])
})

describe('a waiver whose entry could not be put', () => {
  const waiver = aWaiver()
  const { environment, resource, rule } = waiver
  const readers: readonly [string, (books: Books) => Promise<unknown>][] = [
    ['get', ({ waivers }) => waivers.get('acme', waiver.id)],
    ['list', async ({ waivers }) => (await waivers.list('acme', 10))[0]],
    [
      'find',
      async ({ waivers }) =>
        (await waivers.find('acme', { environment, resource, rules: [rule] }))[0],
    ],
    ['put', ({ waivers }) => waivers.put(waiver, aWaiverEntry(waiver))],
  ]
  test.each(readers)('is seen by nobody before its entry stands: %s', async (_, read) => {
    const books = await openWith({ patience: { call: 300, attempt: 200 } })
    const entry = aWaiverEntry(waiver, { content: large })
    recording.failWhere = (sent) => sent === 'PutItem records'
    await expect(books.waivers.put(waiver, entry)).rejects.toMatchObject(unavailable)
    recording.failWhere = () => false
    expect(await books.records.get('acme', entry.id)).toBeNull()
    expect(await read(books)).toEqual(waiver)
    expect(await books.records.get('acme', entry.id)).toEqual(entry)
  })
})

describe('an index that lags', () => {
  const one = [{ tenant: 'acme', entity: 'checkout', version: 1 }]

  test('keeps an entity from being folded until the list of its service has what it is told of', async () => {
    const { records, scorecards } = await open()
    await records.append(anEntry())
    recording.emptyWhere = (sent) => sent === 'Query records service'
    expect(await scorecards.stale(10)).toEqual([])
    recording.emptyWhere = () => false
    expect(await scorecards.stale(10)).toEqual(one)
  })

  test('may name an entry that is not there: it is left out of the list', async () => {
    const { records } = await open()
    await records.append(anEntry())
    recording.emptyWhere = (sent) => sent === 'BatchGetItem records'
    expect(await walk(records)).toEqual([])
    recording.emptyWhere = () => false
    expect(await walk(records)).toHaveLength(1)
  })
})

test('a record whose mark could not be taken off is not counted twice', async () => {
  const { records, scorecards } = await openWith({ patience: { call: 300, attempt: 200 } })
  await records.append(anEntry())
  recording.failWhere = (sent) => sent === 'UpdateItem records'
  await expect(scorecards.stale(10)).rejects.toMatchObject(unavailable)
  recording.failWhere = () => false
  expect(await scorecards.stale(10)).toEqual([{ tenant: 'acme', entity: 'checkout', version: 1 }])
})

test('capacity is reported: what an append writes, and nothing that it reads', async () => {
  const used: CapacityUse[] = []
  const { records } = await openWith({ metrics: { consumed: (use) => used.push(use) } })
  await records.append(anEntry())
  expect(used).toEqual([{ table: 'records', kind: 'write', units: expect.any(Number) }])
  expect(used[0]?.units).toBeGreaterThanOrEqual(1)
})

test('what was signed last comes back, and never gives way to what is smaller', async () => {
  const { memory } = await open()
  const signed = (size: number) => ({ origin: 'example.com/log', size, root: emptyRoot })
  expect(await memory.last()).toBeNull()
  for (const size of [3, 5, 5, 4]) await memory.keep(signed(size))
  expect(await memory.last()).toEqual(signed(5))
})

test('what each method of the ports sends is what is declared of it', () => {
  const declared = Object.entries(operations).map(([method, list]) => [
    method,
    list.map(wordsOfOperation).toSorted(),
  ])
  const sent = [...recording.sent].map(([method, words]) => [method, [...words].toSorted()])
  expect(Object.fromEntries(sent)).toEqual(Object.fromEntries(declared))
})

test('a change of a record names what is declared of it, and never what the log is made of', () => {
  const declared = Object.values(operations)
    .flat()
    .flatMap(({ attributes }) => attributes ?? [])
  expect(recording.changed).toEqual(new Set(declared))
  for (const kept of ['leaf', 'at', 'tenant', 'id', 'commitment'])
    expect(recording.changed).not.toContain(kept)
})
