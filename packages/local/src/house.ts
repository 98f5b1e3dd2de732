import { mkdirSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { Surroundings } from '@writ/compiler'
import { Fault } from '@writ/domain'
import { createEngine } from '@writ/engine'
import { createApp, loopbackHosts, type FaultEvent } from '@writ/http'
import { createFold, createUseCases, type Books, type Sources } from '@writ/service'
import { openBooks } from './books.ts'
import { cursorKey } from './cursor-key.ts'
import { createFoldLoop, type FoldLoop } from './fold-loop.ts'
import { listen } from './listen.ts'
import type { Log } from './log.ts'
import type { Options } from './options.ts'
import { followPack } from './pack.ts'
import { loadSample } from './sample/load.ts'
import { createAuthenticate, localTenant, sampleTenant } from './tenants.ts'
import { told } from './told.ts'

/** What only the process knows. */
export type World = Sources & {
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
  const folding = foldLoop(store, world)
  ends.push(folding.close)
  const books = told(store, folding.nudge)
  const engine = createEngine()
  const tenants = options.sample ? [localTenant, sampleTenant] : [localTenant]
  let hosts: ReadonlySet<string> = new Set()
  const app = createApp({
    ...createUseCases(books, { ...world, engine }),
    engine,
    now: world.now,
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
  const pack = { ...world, folder: options.policies, activate: engine.activate }
  const following = await followPack(pack)
  ends.push(following.close)
  if (options.sample) await loadSample(books, { ...world, engine })
  return `http://127.0.0.1:${listening.port}`
}

async function readOne({ records }: Books): Promise<void> {
  await records.list(localTenant, { filter: {}, before: null, limit: 1 })
}

function foldLoop(books: Books, { clock, log }: World): FoldLoop {
  return createFoldLoop({
    fold: createFold({ ...books, breathe: () => setImmediate() }),
    clock,
    onFailure: (stale, cause) => log('fold', { entity: stale?.entity ?? null }, cause),
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
