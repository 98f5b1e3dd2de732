import type { Entry } from '@writ/ledger'
import {
  anEntry,
  anInstant,
  httpFailingAtRandom,
  httpFailures,
  logContract,
  openHttpNetwork,
  recordsContract,
  scorecardsContract,
  waiversContract,
  walk,
  type HttpFailure,
  type HttpNetwork,
  type OpenStore,
} from '@writ/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clientOf, freshStore, startDynalite, type Running } from './dynamo.ts'

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

describe('DynamoDB behind a network that loses, delays and repeats a fifth of all requests', () => {
  let seed = 0
  const open: OpenStore = async () => {
    seed += 1
    network.plan = httpFailingAtRandom(seed, 0.2)
    return freshStore(running.endpoint, { client: clientOf(network.endpoint) })
  }
  describe('records', () => recordsContract(open))
  describe('waivers', () => waiversContract(open))
  describe('scorecards', () => scorecardsContract(open))
  // A late write of what was dropped meanwhile brings it back: no harm, and no promise of the port.
  const inTime = httpFailures.filter((failure) => failure !== 'late')
  describe('the log', () =>
    logContract(async () => {
      seed += 1
      network.plan = httpFailingAtRandom(seed, 0.2, inTime)
      return freshStore(running.endpoint, { client: clientOf(network.endpoint) })
    }))

  test('every way to fail was met, and often', () => {
    for (const failure of httpFailures) expect(network.fared.get(failure)).toBeGreaterThan(50)
  })
})

const unavailable = { code: 'records-unavailable' }
/** Whether the entry stands although nobody was told so. */
const outages: readonly [HttpFailure, boolean][] = [
  ['lost-request', false],
  ['lost-reply', true],
  ['failed', false],
  ['failed-after', true],
  ['throttled', false],
]

describe('a network that fails every put for longer than a caller can wait', () => {
  const opened = () =>
    freshStore(running.endpoint, {
      client: clientOf(network.endpoint),
      patience: { call: 300, attempt: 100 },
    })

  test.each(outages)('%s: nothing is acknowledged that does not stand', async (failure, stands) => {
    const { records } = await opened()
    const entry = anEntry()
    network.plan = (action) => (action === 'PutItem' ? failure : null)
    const appended: Promise<Entry> = records.append(entry)
    // One read, when the time for writing is over, tells that it stands.
    if (stands) expect(await appended).toEqual(entry)
    else await expect(appended).rejects.toMatchObject(unavailable)
    network.plan = () => null
    expect(await records.append(entry)).toEqual(entry)
    expect(await walk(records)).toEqual([entry])
  })

  test.each(outages)('%s of everything: it cannot tell, and says so', async (failure, stands) => {
    const { records } = await opened()
    const entry = anEntry()
    network.plan = () => failure
    await expect(records.append(entry)).rejects.toMatchObject(unavailable)
    network.plan = () => null
    expect(await records.get('acme', entry.id)).toEqual(stands ? entry : null)
  })
})

describe('a batch of which the server does half and leaves the rest', () => {
  test('is asked for again, until all of it is there', async () => {
    const { records } = await freshStore(running.endpoint, { client: clientOf(network.endpoint) })
    const entries = Array.from({ length: 40 }, (_, n) => anEntry({ at: anInstant(n) }))
    await Promise.all(entries.map((entry) => records.append(entry)))
    let batches = 0
    network.plan = (action) => {
      if (action === 'BatchGetItem') batches += 1
      return 'half-done'
    }
    const page = await records.list('acme', { filter: {}, before: null, limit: 40 })
    expect(page.entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toReversed())
    expect(batches).toBe(6) // 40 keys, then 20, 10, 5, 2, 1
  })

  test('is given up when no time is left for the rest', async () => {
    const patience = { call: 300, attempt: 200 }
    const client = clientOf(network.endpoint)
    const { records } = await freshStore(running.endpoint, { client, patience })
    await records.append(anEntry())
    await records.append(anEntry())
    let batches = 0
    network.plan = (action) =>
      action === 'BatchGetItem' && (batches += 1) > 1 ? 'lost-request' : 'half-done'
    await expect(
      records.list('acme', { filter: {}, before: null, limit: 5 }),
    ).rejects.toMatchObject(unavailable)
  })
})
