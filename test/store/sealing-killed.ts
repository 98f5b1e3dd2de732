import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createTables, openDynamoStore } from '@writ/dynamo'
import {
  appended,
  digestOf,
  emptyFrontier,
  leafHashOf,
  readCheckpoint,
  readNote,
  rootOf,
  sameBytes,
  writeVerifierKey,
} from '@writ/ledger'
import type { LogStore } from '@writ/service'
import { openStore } from '@writ/sqlite'
import { aLogSigner, seededNumbers } from '@writ/testkit'
import { clientOf } from './dynamo.ts'
import { durable, dynamodbLocalOver, startDynaliteOver, type StartOver } from './durable.ts'
import { aSealer, leavesOf } from './sealers.ts'
import { write } from './writing.ts'

export type SealingKilled = {
  readonly acknowledged: number
  /** What was acknowledged and is not in the log, byte for byte. */
  readonly lost: readonly string[]
  /** What is in the log more than once. */
  readonly twice: readonly string[]
  /** Checkpoints that somebody has read and that contradict the log as it is in the end. */
  readonly contradicted: readonly string[]
  /** What sealers said before they halted. */
  readonly halts: readonly string[]
  /** How many sealers were killed. */
  readonly deaths: number
}

/** A store that several processes have open, over a folder. */
type Shared = {
  readonly where: string
  readonly log: LogStore
  /** Where it is a process of its own, it is killed. */
  readonly end: () => Promise<void>
  /** True where it is one. */
  readonly isProcess: boolean
}
export type StartShared = (folder: string) => Promise<Shared>

export const sharedFile: StartShared = async (folder) => {
  const where = join(folder, 'writ.db')
  const { log, close } = openStore(where)
  return { where, log, end: close, isProcess: false }
}

export function sharedTables(start: StartOver): StartShared {
  return async (folder) => {
    const { endpoint: where, stop } = await start(folder)
    await createTables(clientOf(where), durable(where).tables)
    const { log, close } = openDynamoStore(durable(where, 10_000))
    const end = async (): Promise<void> => {
      await stop()
      close()
    }
    return { where, log, end, isProcess: true }
  }
}

/** Where sealers die, and what came of it. */
type Killing = {
  readonly where: string
  readonly log: Pick<LogStore, 'checkpoint'>
  readonly folder: string
  readonly draw: () => number
  readonly notes: Set<string>
  readonly halts: string[]
  /** Aborted when the store is killed: who seals then is killed with it. */
  readonly ending: AbortSignal
  deaths: number
}

type Asked = { readonly start: StartShared; readonly rounds: number; readonly seed: number }

/** How many sealers die in a round, at the least. */
const deathsOfRound = 4

/**
 * Three sealers at a time, each killed at some call of its store and begun anew, beside one who writes and is killed too; in every
 * second round a store that is a process is killed under them. In the end one seals the rest, and all that was acknowledged is
 * looked for in the log. Throws where less died or wrote than was meant to, as on a machine that is too slow: that proves nothing.
 */
export async function sealingKilled({ start, rounds, seed }: Asked): Promise<SealingKilled> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-sealing-'))
  const draw = seededNumbers(seed)
  const tally = new Map<string, string>()
  const seen = { notes: new Set<string>(), halts: [] as string[] }
  let deaths = 0
  try {
    for (let number = 0; number < rounds; number += 1) {
      const shared = await start(folder)
      const ending = new AbortController()
      const round: Killing = { ...seen, ...shared, folder, draw, ending: ending.signal, deaths: 0 }
      const sealing = Promise.all([1, 2, 3].map(() => sealAndDie(round)))
      const count = 60 + Math.floor(draw() * 60)
      try {
        const acknowledged = await writtenIn(shared, { number, count, ending })
        acknowledged.forEach((bytes, id) => tally.set(id, bytes.split(' ')[0] ?? ''))
        await sealing
      } finally {
        ending.abort()
        await Promise.allSettled([sealing])
        await shared.end()
      }
      deaths += round.deaths
    }
    return {
      ...(await lookedOver(await start(folder), tally, seen.notes)),
      halts: seen.halts,
      deaths,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Writing = { readonly number: number; readonly count: number; readonly ending: AbortController }

/** What was acknowledged to one who writes so many and then is killed, with the store in every second round. */
async function writtenIn(
  { where, end, isProcess }: Shared,
  { number, count, ending }: Writing,
): Promise<ReadonlyMap<string, string>> {
  const isStoreKilled = isProcess && number % 2 === 1
  // A store that is only slow is waited for.
  const written = await write([where, `r${number}_`, '200', '60000'], count, (writer) => {
    if (isStoreKilled) {
      void end()
      ending.abort()
    }
    writer.kill('SIGKILL')
  })
  if (written.acknowledged.size >= count) return written.acknowledged
  throw new Error(
    `only ${written.acknowledged.size} of ${count} were written: ${written.complaints}`,
  )
}

const sealer = fileURLToPath(new URL('sealer.ts', import.meta.url))

/** One sealer after the other, each until it is about to ask its store for the so-manieth time. */
export async function sealAndDie(round: Killing): Promise<void> {
  while (round.deaths < deathsOfRound && !round.ending.aborted) {
    let calls = 1 + Math.floor(round.draw() * 60)
    const child = spawn(process.execPath, [sealer, round.where, round.folder])
    const kill = (): void => void child.kill('SIGKILL')
    round.ending.addEventListener('abort', kill)
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    let complaints = ''
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
    for await (const _ of createInterface({ input: child.stdout })) if ((calls -= 1) === 0) kill()
    if ((await ended) === null) round.deaths += 1
    else round.halts.push(complaints)
    round.ending.removeEventListener('abort', kill)
    const note = await seenNow(round)
    if (note !== null) round.notes.add(note)
  }
}

/** The checkpoint that everybody is shown; null before the first, and where the store is dead. */
async function seenNow({ log, ending }: Killing): Promise<string | null> {
  try {
    return ending.aborted ? null : await log.checkpoint()
  } catch (thrown) {
    if (ending.aborted) return null
    throw thrown
  }
}

async function lookedOver(
  { log, end }: Shared,
  tally: ReadonlyMap<string, string>,
  notes: ReadonlySet<string>,
) {
  const seal = aSealer(log)
  while ((await seal()).again);
  const leaves = await leavesOf(log, writeVerifierKey(aLogSigner.key))
  await end()
  const digests = leaves.map(digestOf)
  const sealed = new Set<string>(digests)
  const isOfLog = (note: string): boolean => {
    const { size, root } = readCheckpoint(readNote(note).text)
    const held = appended(emptyFrontier, leaves.slice(0, size).map(leafHashOf))
    return size <= leaves.length && sameBytes(rootOf(held), root)
  }
  return {
    acknowledged: tally.size,
    lost: [...tally].filter(([, leaf]) => !sealed.has(leaf)).map(([id]) => id),
    twice: digests.filter((digest, place) => digests.indexOf(digest) !== place),
    contradicted: [...notes].filter((note) => !isOfLog(note)),
  }
}

/** By hand, for as long as one likes: `node test/store/sealing-killed.ts 20`; on DynamoDB Local too where WRIT_DYNAMODB_LOCAL names it. */
if (import.meta.main) {
  const [rounds = '10', seed = String(Date.now() % 100_000)] = process.argv.slice(2)
  const jars = process.env['WRIT_DYNAMODB_LOCAL']
  const stores: Readonly<Record<string, StartShared>> = {
    SQLite: sharedFile,
    dynalite: sharedTables(startDynaliteOver),
    ...(jars === undefined ? {} : { 'DynamoDB Local': sharedTables(dynamodbLocalOver(jars)) }),
  }
  for (const [name, start] of Object.entries(stores))
    console.log(name, 'seed', seed, await sealingKilled({ start, rounds: Number(rounds), seed: Number(seed) })) // prettier-ignore
}
