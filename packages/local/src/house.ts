import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Surroundings } from '@writ/compiler'
import { Fault } from '@writ/domain'
import { createEngine } from '@writ/engine'
import { createApp, loopbackHosts, pages, type FaultEvent } from '@writ/http'
import {
  createTurns,
  createDrain,
  createFold,
  createSeal,
  createSignReceipt,
  createUseCases,
  foldAsOf,
  type Books,
  type LogStore,
  type Pause,
  type Sources,
} from '@writ/service'
import { openBooks, type OpenBooks } from './books.ts'
import { cursorKey } from './cursor-key.ts'
import { keepBundle } from './keep-bundle.ts'
import { existingFile } from './kept-file.ts'
import { listen } from './listen.ts'
import { openKeys, type HouseKeys } from './house-keys.ts'
import { logMemory } from './log-key.ts'
import type { Log } from './log.ts'
import type { Options } from './options.ts'
import { followPack } from './pack.ts'
import { createRounds, type Rounds } from './rounds.ts'
import { openSpool } from './spool.ts'
import { loadSample } from './sample/load.ts'
import { createAuthenticate, localTenant, sampleTenant } from './tenants.ts'
import { told } from './told.ts'
import { witnessesIn } from './witnesses.ts'

/** What only the process knows. */
export type World = Sources & {
  readonly pause: Pause
  readonly surroundings: Surroundings
  /** Milliseconds that only ever grow. */
  readonly clock: () => number
  readonly log: Log
  /** Takes news for the person at the terminal. */
  readonly say: (text: string) => void
}

export type House = {
  readonly address: string
  /** Ends in order: no new request, no new work, then the store. */
  readonly close: () => Promise<void>
}

type Ends = (() => Promise<void> | void)[]

/**
 * Opens the house: resolves once decisions can be made. Until then it listens already, and says that it is not ready.
 * Whatever stands in the way is a Fault, and nothing is left open.
 */
export async function openHouse(options: Options, world: World): Promise<House> {
  const ends: Ends = []
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).toReversed()) await end()
  }
  try {
    return { address: await open(options, world, ends), close }
  } catch (thrown) {
    await close()
    throw thrown
  }
}

async function open(options: Options, world: World, ends: Ends): Promise<string> {
  makeFolder(options.data)
  const store = await openBooks(options)
  ends.push(() => store.close())
  const keys = openKeys(options.data, world.random)
  const { books, followers, spool } = followed({ store, keys, options }, world)
  followers.forEach(({ close }) => ends.push(close))
  const engine = createEngine()
  const use = { ...world, engine, log: store.log, spool, foldAsOf, ...signingWith(keys) }
  const tenants = options.sample ? [localTenant, sampleTenant] : [localTenant]
  let hosts: ReadonlySet<string> = new Set()
  const app = createApp({
    ...createUseCases(books, use),
    engine,
    now: world.now,
    pages,
    keys: () => ({ log: keys.log().current.key, receipts: keys.receipts().current.key }),
    readKeptBundle: async (path) => existingFile(join(options.data, 'bundles', path)),
    checkReady: () => readOne(books),
    authenticate: createAuthenticate(tenants),
    tenants,
    isOurHost: (host) => hosts.has(host),
    cursorKey: cursorKey(options.data, world.random),
    newRequestId: () => Buffer.from(world.random(16)).toString('hex'),
    log: (event) => logFault(world.log, event),
  })
  const listening = await listen(app.fetch, options.port)
  ends.push(listening.close)
  hosts = loopbackHosts(listening.port)
  const following = await followPack({
    ...world,
    folder: options.policies,
    keep: (bundle) => keepBundle(options.data, bundle),
    activate: engine.activate,
  })
  ends.push(following.close)
  if (options.sample) await loadSample(books, use)
  return `http://127.0.0.1:${listening.port}`
}

/** The books, and what follows when something is written in them: folding, sealing, and what waits in the spool. */
function followed(sealing: Sealing & { readonly store: OpenBooks }, world: World) {
  const { store, options } = sealing
  const followers: Rounds[] = []
  const books = told(store, () => followers.forEach(({ nudge }) => nudge()))
  const spool = options.spool === null ? null : openSpool(options.spool)
  followers.push(foldRounds(store, world), sealRounds(sealing, world))
  if (spool !== null) followers.push(drainRounds({ records: books.records, spool }, world))
  return { books, followers, spool }
}

/** What the use cases need of the keys, which may turn. */
function signingWith({ log, receipts }: HouseKeys) {
  return {
    signReceipt: createSignReceipt(() => receipts().current),
    logKey: { tenant: localTenant, key: () => log().current.key },
  }
}

async function readOne({ records }: Books): Promise<void> {
  await records.list(localTenant, { filter: {}, before: null, limit: 1 })
}

function foldRounds(books: Books, { clock, log }: World): Rounds {
  const fold = createFold({ ...books, breathe: () => setImmediate() })
  return createRounds({
    round: async () => {
      const { saved, failed } = await fold()
      failed.forEach(({ entity, cause }) => log('fold', { entity: entity.entity }, cause))
      return saved > 0
    },
    clock,
    onFailure: (cause) => log('fold', { entity: null }, cause),
  })
}

/** What waits is brought to the store once that takes something again, and looked after every half minute. */
function drainRounds(
  parts: Parameters<typeof createDrain>[0],
  { clock, log }: Pick<World, 'clock' | 'log'>,
): Rounds {
  const drain = createDrain(parts)
  return createRounds({
    round: async () => {
      const { drained, refused } = await drain()
      for (const { id } of refused)
        log(
          'drain',
          { id },
          new Fault(
            'idempotency-key-reused',
            `Another decision stands in the store as ${id}: the one that waited is set aside in the spool`,
          ),
        )
      return drained > 0
    },
    clock,
    onFailure: (cause) => log('drain', {}, cause),
  })
}

/** How many entries are sealed at once: what a round may hold in memory, and how long a commit may take. */
const sealBatch = 256

type Sealing = {
  readonly store: Pick<Books, 'records'> & { readonly log: LogStore }
  readonly keys: HouseKeys
  readonly options: Options
}

function sealRounds({ store, keys, options }: Sealing, world: World): Rounds {
  const { clock, log, random } = world
  const turns = createTurns({ ...world, records: store.records, tenant: localTenant })
  const witnesses = witnessesIn(options.witnesses, { ...world, store: store.log })
  const seal = createSeal({
    log: store.log,
    memory: logMemory(options.data, random),
    signers: keys.log,
    turns,
    cosign: witnesses.cosign,
    newAttempt: () => Buffer.from(random(16)).toString('hex'),
    batch: sealBatch,
  })
  return createRounds({
    round: async () => {
      keys.refresh()
      const { current, next } = keys.receipts()
      const origin = keys.log().current.key.name
      if (next !== null) await turns.announce({ log: origin, from: current, to: next })
      return (await seal()).again
    },
    // To wait for a witness is no work.
    clock: () => clock() - witnesses.waited(),
    onFailure: (cause) => log('seal', {}, cause),
  })
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new Fault('start-refused', `Records cannot be kept in ${folder}: choose another --data`, {
      cause,
    })
  }
}

function logFault(log: Log, { requestId, method, path, status, fault }: FaultEvent): void {
  log('request', { request_id: requestId, method, path, status }, fault)
}
