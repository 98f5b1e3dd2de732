import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTables, openDynamoStore } from '@writ/dynamo'
import { digestOf, isBodyOf } from '@writ/ledger'
import { seededNumbers, walk } from '@writ/testkit'
import { clientOf } from './dynamo.ts'
import { durable, dynamodbLocalOver, startDynaliteOver, type StartOver } from './durable.ts'
import { write } from './writing.ts'

export type Killed = {
  readonly acknowledged: number
  /** What was acknowledged and does not stand, byte for byte. */
  readonly lost: readonly string[]
  /** Ids that a list names more than once. */
  readonly twice: readonly string[]
  /** Entries whose body is not the one that their leaf commits to. */
  readonly torn: readonly string[]
  /** How often the entity was told of a record, less how many records there are. */
  readonly countedTooOften: number
}

type Killing = { readonly start: StartOver; readonly rounds: number; readonly seed: number }

/**
 * Kills a DynamoDB on disk in the middle of writing, in every second round with the one who writes, starts it over the same
 * folder and looks at everything that stands.
 */
export async function killRounds({ start, rounds, seed }: Killing): Promise<Killed> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-killed-'))
  const draw = seededNumbers(seed)
  const tally = new Map<string, string>()
  try {
    for (let round = 0; round < rounds; round += 1) {
      const running = await start(folder)
      await createTables(clientOf(running.endpoint), durable(running.endpoint).tables)
      const count = 1 + Math.floor(draw() * 150)
      const { acknowledged } = await write([running.endpoint, `r${round}_`], count, (writer) => {
        void running.stop()
        if (round % 2 === 0) writer.kill('SIGKILL')
      })
      await running.stop()
      for (const [id, bytes] of acknowledged) tally.set(id, bytes)
    }
    return await lookedOver(start, folder, tally)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function lookedOver(
  start: StartOver,
  folder: string,
  tally: ReadonlyMap<string, string>,
): Promise<Killed> {
  const running = await start(folder)
  const store = openDynamoStore(durable(running.endpoint, 60_000))
  try {
    const entries = await walk(store.records, { limit: 100 })
    const ids = entries.map(({ id }) => id)
    const stands = new Map(
      entries.map(({ id, leaf, body }) => [id, `${digestOf(leaf)} ${digestOf(body.content)}`]),
    )
    const [stale] = await store.scorecards.stale(10)
    return {
      acknowledged: tally.size,
      lost: [...tally].filter(([id, bytes]) => stands.get(id) !== bytes).map(([id]) => id),
      twice: ids.filter((id, place) => ids.indexOf(id) !== place),
      torn: entries.filter(({ leaf, body }) => !isBodyOf(leaf, body)).map(({ id }) => id),
      countedTooOften: Number(stale?.version) - entries.length,
    }
  } finally {
    store.close()
    await running.stop()
  }
}

/** By hand, for as long as one likes: `node test/store/killing.ts 50`; on DynamoDB Local too where WRIT_DYNAMODB_LOCAL names it. */
if (import.meta.main) {
  const [rounds = '20', seed = String(Date.now() % 100_000)] = process.argv.slice(2)
  const jars = process.env['WRIT_DYNAMODB_LOCAL']
  const stores = {
    dynalite: startDynaliteOver,
    ...(jars === undefined ? {} : { 'DynamoDB Local': dynamodbLocalOver(jars) }),
  }
  for (const [name, start] of Object.entries(stores))
    console.log(name, 'seed', seed, await killRounds({ start, rounds: Number(rounds), seed: Number(seed) })) // prettier-ignore
}
