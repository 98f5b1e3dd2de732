import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Fault } from '@writ/domain'
import { createTables, openDynamoStore } from '@writ/dynamo'
import {
  appended,
  digestOf,
  emptyFrontier,
  leafHashOf,
  readCheckpoint,
  readNote,
  rootOf,
  toBase64,
  writeVerifierKey,
  type Entry,
} from '@writ/ledger'
import {
  aLogSigner,
  anEntry,
  httpFailingAtRandom,
  openHttpNetwork,
  seededNumbers,
} from '@writ/testkit'
import { amissInHistory, type Call, type FinalLog } from './check-history.ts'
import { durable, startDynaliteOver } from './durable.ts'
import { clientOf } from './dynamo.ts'
import { sealAndDie } from './sealing-killed.ts'
import { aSealer, leavesOf } from './sealers.ts'

export type HistoryOf = { readonly seed: number; readonly rounds: number; readonly calls: number }

export type History = {
  readonly calls: readonly Call[]
  readonly amiss: readonly string[]
  /** How many appends got no answer, how many sealers were killed, and how many requests the network failed. */
  readonly unanswered: number
  readonly deaths: number
  readonly failed: number
}

const sessions = 4

/**
 * Clients that append, read, and look for places and checkpoints, all at once and over the same few ids, beside sealers that are
 * killed, through a network that loses and repeats, to a DynamoDB on disk that is killed after each round. Every call is written
 * down as its client saw it; at last the log is sealed in peace, and the history is held against it.
 */
export async function historyOf({ seed, rounds, calls: count }: HistoryOf): Promise<History> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-history-'))
  const draw = seededNumbers(seed)
  const recorder = createRecorder()
  const halts: string[] = []
  let [deaths, failed] = [0, 0]
  try {
    for (let round = 0; round < rounds; round += 1) {
      const { endpoint, stop } = await startDynaliteOver(folder)
      await createTables(clientOf(endpoint), durable(endpoint).tables)
      const network = await openHttpNetwork(endpoint)
      network.plan = httpFailingAtRandom(seed + round, 0.08)
      const { log, close } = openDynamoStore(durable(endpoint))
      const killing = {
        where: network.endpoint,
        log,
        folder,
        draw,
        notes: new Set<string>(),
        halts,
        ending: new AbortController().signal,
        deaths: 0,
      }
      const sealing = Promise.all([1, 2].map(() => sealAndDie(killing)))
      await Promise.all(
        Array.from({ length: sessions }, (_, number) =>
          talk({
            name: `r${round}s${number}`,
            round,
            endpoint: network.endpoint,
            count,
            draw,
            recorder,
          }),
        ),
      )
      await sealing
      deaths += killing.deaths
      close()
      failed += [...network.fared].reduce(
        (sum, [how, times]) => sum + (how === 'well' ? 0 : times),
        0,
      )
      await stop()
      await network.close()
    }
    const log = await finalLog(folder)
    const { calls } = recorder
    const unanswered = calls.filter((call) => call.what === 'append' && call.stands === null).length
    return { calls, amiss: [...amissInHistory(calls, log), ...halts], unanswered, deaths, failed }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Recorder = ReturnType<typeof createRecorder>
type Told = Call extends infer One
  ? One extends Call
    ? Omit<One, 'session' | 'began' | 'ended'>
    : never
  : never

function createRecorder() {
  const calls: Call[] = []
  let moments = 0
  return {
    calls,
    /** Makes a call and writes down what it gave; of one that failed, what `failed` says, if anything. */
    note: async (session: string, make: () => Promise<Told | null>, failed: Told | null = null) => {
      const began = (moments += 1)
      const told = await make().catch((thrown: unknown) => {
        if (thrown instanceof Fault && thrown.code === 'records-unavailable') return failed
        throw thrown
      })
      if (told !== null) calls.push({ session, began, ended: (moments += 1), ...told })
    },
  }
}

type Talking = {
  readonly name: string
  readonly round: number
  readonly endpoint: string
  readonly count: number
  readonly draw: () => number
  readonly recorder: Recorder
}

async function talk({ name, round, endpoint, count, draw, recorder }: Talking): Promise<void> {
  const { records, log, close } = openDynamoStore(durable(endpoint, 1000))
  const mine: Entry[] = []
  for (let made = 0; made < count; made += 1) {
    // Few ids, so that sessions meet under them; those of an earlier round stand already.
    const id = `e${Math.floor(draw() * (round + 1) * count)}`
    const which = draw()
    if (which < 0.4) {
      // An entry that got no answer is sent again, as a client does that tries again.
      const entry = mine.find((one) => one.id === id) ?? anEntry({ id })
      mine.push(entry)
      const asked = { what: 'append', id, sent: digestOf(entry.leaf) } as const
      await recorder.note(
        name,
        async () => ({ ...asked, stands: digestOf((await records.append(entry)).leaf) }),
        { ...asked, stands: null },
      )
    } else if (which < 0.65)
      await recorder.note(name, async () => {
        const entry = await records.get('acme', id)
        return { what: 'get', id, stands: entry === null ? null : digestOf(entry.leaf) }
      })
    else if (which < 0.85)
      await recorder.note(name, async () => ({
        what: 'place',
        id,
        index: await log.place({ tenant: 'acme', id }),
      }))
    else
      await recorder.note(name, async () => {
        const note = await log.checkpoint()
        if (note === null) return null
        const { size, root } = readCheckpoint(readNote(note).text)
        return { what: 'checkpoint', size, root: toBase64(root) }
      })
  }
  close()
}

async function finalLog(folder: string): Promise<FinalLog> {
  const { endpoint, stop } = await startDynaliteOver(folder)
  const { log, close } = openDynamoStore(durable(endpoint, 60_000))
  const seal = aSealer(log)
  while ((await seal()).again);
  const leaves = await leavesOf(log, writeVerifierKey(aLogSigner.key))
  close()
  await stop()
  return {
    leaves: leaves.map(digestOf),
    rootAt: (size) =>
      size > leaves.length
        ? null
        : toBase64(rootOf(appended(emptyFrontier, leaves.slice(0, size).map(leafHashOf)))),
  }
}

/** By hand: `node test/store/history.ts [rounds] [calls of a session in a round] [seed] [file for the history]`. */
if (import.meta.main) {
  const [rounds = '5', calls = '500', seed = '1', file] = process.argv.slice(2)
  const history = await historyOf({
    rounds: Number(rounds),
    calls: Number(calls),
    seed: Number(seed),
  })
  if (file !== undefined)
    writeFileSync(file, history.calls.map((call) => `${JSON.stringify(call)}\n`).join(''))
  const { amiss, unanswered, deaths, failed } = history
  console.log(
    `${history.calls.length} calls, ${unanswered} appends without an answer, ${failed} requests failed, ${deaths} sealers and the store ${rounds} times killed: ${amiss.length} violations`,
  )
  for (const what of amiss.slice(0, 20)) console.log(`  ${what}`)
  process.exitCode = amiss.length === 0 ? 0 : 1
}
