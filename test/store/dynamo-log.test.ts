import { tableNames, type DynamoOptions } from '@writ/dynamo'
import { appended, emptyFrontier, leafHashOf } from '@writ/ledger'
import { anEntry, openHttpNetwork, type HttpFailure, type HttpNetwork } from '@writ/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { askDynamo, clientOf, freshStore, startDynalite, type Running } from './dynamo.ts'
import { createRecording } from './recording.ts'
import { aSealer, expectWhole } from './sealers.ts'

let running: Running
let network: HttpNetwork
beforeAll(async () => {
  running = await startDynalite()
  network = await openHttpNetwork(running.endpoint)
})
afterEach(() => {
  network.plan = () => null
})
afterAll(async () => {
  await network.close()
  await running.stop()
})

const halted = { code: 'log-halted' }
const prefix = `writ-${process.pid}`
let made = 0

/** A store over tables of which the name is known. */
async function opened(over: Partial<DynamoOptions> = {}) {
  made += 1
  const tables = tableNames(`${prefix}-log-${made}`)
  const store = await freshStore(running.endpoint, { tables, ...over })
  onTestFinished(() => store.close())
  return { ...store, tables }
}

/** Changes an entry's item behind the store's back. */
function change(table: string, id: string, update: string): Promise<unknown> {
  return askDynamo(running.endpoint, 'UpdateItem', {
    TableName: table,
    Key: { key: { S: `acme#${id}` } },
    UpdateExpression: update,
    ...(update.includes(':shard') ? { ExpressionAttributeValues: { ':shard': { S: '0' } } } : {}),
  })
}

describe('what is larger than an item', () => {
  const large = (fill: number) => new Uint8Array(1_000_000).fill(fill)
  const name = { version: 1, attempt: 'x' }
  const path = 'tile/entries/000'

  test('comes back whole: a stage and a file', async () => {
    const { log } = await opened()
    await log.putStage(name, large(1))
    await log.putFiles([{ path, bytes: large(2) }])
    expect(await log.stage(name)).toEqual(large(1))
    expect(await log.file(path)).toEqual(large(2))
  })

  test('is not there before all of it is', async () => {
    const { log, tables } = await opened()
    await log.putStage(name, large(1))
    await log.putFiles([{ path, bytes: large(2) }])
    for (const [key, part] of [
      ['stages', '000000000001#x#000000000002'],
      [`file#${path}`, '#000000000002'],
    ])
      await askDynamo(running.endpoint, 'DeleteItem', {
        TableName: tables.log,
        Key: { key: { S: key }, part: { S: part } },
      })
    expect([await log.stage(name), await log.file(path)]).toEqual([null, null])
    await log.putFiles([{ path, bytes: large(2) }])
    expect(await log.file(path)).toEqual(large(2))
  })

  test('halts when any part of it stands with other bytes, or as a part of something shorter', async () => {
    const { log } = await opened()
    await log.putFiles([{ path, bytes: large(2) }])
    const last = large(2)
    last[999_999] = 3
    for (const bytes of [last, large(2).subarray(0, 380_000)])
      await expect(log.putFiles([{ path, bytes }])).rejects.toMatchObject(halted)
  })
})

describe('a swap of the head whose reply is lost', () => {
  const frontier = appended(emptyFrontier, [leafHashOf(new Uint8Array(1))])
  const staged = { version: 1, attempt: 'mine' }
  const next = { version: 1, frontier, staged }
  const failing: readonly HttpFailure[] = ['lost-reply', 'failed-after', 'late']

  test.each(failing)('%s: is known as one’s own', async (failure) => {
    const { log } = await opened({ client: clientOf(network.endpoint) })
    let puts = 0
    network.plan = (action) => (action === 'PutItem' && (puts += 1) === 1 ? failure : null)
    expect(await log.swapHead(next)).toBe(true)
    expect(await log.head()).toEqual(next)
  })

  test.each([
    ['another batch', { ...next, staged: { version: 1, attempt: 'another' } }],
    ['no batch', { ...next, staged: null }],
    ['another tree', { ...next, frontier: appended(frontier, [leafHashOf(new Uint8Array(2))]) }],
  ])('is not taken for one of %s', async (_, stands) => {
    const { log } = await opened()
    expect(await log.swapHead(stands)).toBe(true)
    expect(await log.swapHead(next)).toBe(false)
    expect(await log.head()).toEqual(stands)
  })
})

describe('what the index does not tell', () => {
  test('records from before it are found by the walk, all of them, and sealed with the new ones', async () => {
    const { log, records, tables } = await opened()
    const entries = Array.from({ length: 250 }, () => anEntry())
    for (const entry of entries) {
      await records.append(entry)
      await change(tables.records, entry.id, 'REMOVE by_unsealed')
    }
    const fresh = anEntry()
    await records.append(fresh)
    const seal = aSealer(log, 64)
    // Each step of the walk looks at a hundred; one more comes round to the beginning.
    for (let round = 0; round < 12; round += 1) while ((await seal()).again);
    await expectWhole(
      log,
      [...entries, fresh].map(({ leaf }) => leaf),
    )
  })

  test('an index that is behind names nothing, and a sealed entry that it still names is not sealed again', async () => {
    const recording = createRecording()
    const client = { ...clientOf(running.endpoint), requestHandler: recording.handler }
    const { log, records, tables } = await opened({ client })
    const entry = anEntry()
    await records.append(entry)
    recording.emptyWhere = (words) => words === 'Query records unsealed'
    expect(await log.pending(10)).toEqual([])
    recording.emptyWhere = () => false
    while ((await aSealer(log)()).again);
    await change(tables.records, entry.id, 'SET by_unsealed = :shard')
    expect(await log.pending(10)).toEqual([{ tenant: 'acme', id: entry.id }])
    expect(await log.unsealed(await log.pending(10))).toEqual([])
    expect(await aSealer(log)()).toEqual({ sealed: 0, again: false })
  })

  test('an index that names what is not there keeps nobody from what is', async () => {
    const { log, records } = await opened()
    const entry = anEntry()
    await records.append(entry)
    const gone = { tenant: 'acme', id: 'gone' }
    const { tenant, id, at, leaf } = entry
    expect(await log.unsealed([gone, { tenant, id }])).toEqual([{ tenant, id, at, leaf }])
  })
})

/** As many requests as one round has, or more. */
const steps = 28

test('a request of a round that is lost, done twice, late or half done, whichever, leaves a log that the next sealer makes whole', async () => {
  const patience = { call: 2000, attempt: 100 }
  const store = await opened()
  const victim = await freshStore(running.endpoint, {
    tables: store.tables,
    client: clientOf(network.endpoint),
    patience,
  })
  onTestFinished(() => victim.close())
  const leaves: Uint8Array[] = []
  for (const failure of ['lost-request', 'lost-reply', 'late', 'half-done'] as const)
    for (let at = 1; at <= steps; at += 1) {
      const entry = anEntry()
      await store.records.append(entry)
      leaves.push(entry.leaf)
      let requests = 0
      network.plan = () => ((requests += 1) === at ? failure : null)
      await aSealer(victim.log)().catch((thrown: unknown) =>
        expect(thrown).toMatchObject({ code: 'records-unavailable' }),
      )
      network.plan = () => null
    }
  const last = anEntry()
  await store.records.append(last)
  leaves.push(last.leaf)
  let requests = 0
  network.plan = () => ((requests += 1), null)
  await aSealer(victim.log)()
  expect(requests).toBeLessThanOrEqual(steps)
  while ((await aSealer(store.log)()).again);
  await expectWhole(store.log, leaves)
})

test('a store that fails from some request on, whichever, leaves a log that the next sealer makes whole', async () => {
  const store = await opened()
  const victim = await freshStore(running.endpoint, {
    tables: store.tables,
    client: clientOf(network.endpoint),
    patience: { call: 60, attempt: 40 },
  })
  onTestFinished(() => victim.close())
  const leaves: Uint8Array[] = []
  for (const failure of ['lost-reply', 'late', 'throttled'] as const)
    for (let at = 1; at <= steps; at += 1) {
      const entry = anEntry()
      await store.records.append(entry)
      leaves.push(entry.leaf)
      let requests = 0
      network.plan = () => ((requests += 1) >= at ? failure : null)
      await aSealer(victim.log)().catch((thrown: unknown) =>
        expect(thrown).toMatchObject({ code: 'records-unavailable' }),
      )
      network.plan = () => null
      while ((await aSealer(store.log)()).again);
    }
  await expectWhole(store.log, leaves)
})
