import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openDynamoStore } from '@writ/dynamo'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { durable, startDynaliteOver } from '../store/durable.ts'
import { startDynalite, type Running } from '../store/dynamo.ts'
import { leavesOf } from '../store/sealers.ts'
import { decide, example, get, root, scratch, startWrit, type Server } from './server.ts'

const folder = scratch()
let running: Running
beforeAll(async () => {
  running = await startDynalite()
})
afterAll(async () => {
  folder.remove()
  await running.stop()
})

/** Each log has its key, and so each DynamoDB its data folder. */
const dataOf = (endpoint: string): string => folder.path(new URL(endpoint).port)

const start = (endpoint: string, data = dataOf(endpoint)): Promise<Server> =>
  startWrit(['--data', data, '--no-sample', '--store', 'dynamodb', '--dynamodb-endpoint', endpoint])

async function createTables(endpoint = running.endpoint): Promise<string> {
  const main = join(root, 'packages', 'local', 'src', 'main.ts')
  const args = [main, 'tables', 'create', '--dynamodb-endpoint', endpoint]
  return (await promisify(execFile)(process.execPath, args)).stdout
}

test('a house whose DynamoDB does not answer, or lacks its tables, does not start and says why', async () => {
  const nowhere = await start('http://127.0.0.1:9')
  expect([nowhere.code(), nowhere.err()]).toEqual([
    1,
    expect.stringContaining('No DynamoDB answers at http://127.0.0.1:9'),
  ])
  const empty = await start(running.endpoint)
  expect([empty.code(), empty.err()]).toEqual([
    1,
    expect.stringContaining('npm start -- tables create --dynamodb-endpoint'),
  ])
})

test('tables are created once', async () => {
  expect(await createTables()).toBe(
    'Made writ-records, writ-bodies, writ-waivers, writ-scorecards, writ-log, writ-signed.\n',
  )
  expect(await createTables()).toBe('All tables stand already.\n')
})

/** Asks from eight sides until the house is dead, which it is to be after so many answers; gives them by their ids. */
async function answersOf(
  server: Server,
  count: number,
  kill: () => void,
): Promise<ReadonlyMap<string, string>> {
  const tally = new Map<string, string>()
  const client = async (): Promise<void> => {
    for (;;) {
      const { status, text, json } = await decide(server, example('deploy-allowed'))
      if (status === 200) tally.set(json.id, text)
      if (tally.size === count) kill()
    }
  }
  await Promise.all(Array.from({ length: 8 }, () => client().catch(() => 'the house is dead')))
  expect(tally.size).toBeGreaterThanOrEqual(count)
  return tally
}

async function expectAll(server: Server, answers: ReadonlyMap<string, string>): Promise<void> {
  for (const [id, text] of answers)
    expect(await get(server, `/v1/decisions/${id}`)).toMatchObject({ status: 200, text })
}

/** That a whole log, signed by the key of the data folder, has each of these once. */
async function expectSealed(
  { endpoint, data = dataOf(endpoint) }: { readonly endpoint: string; readonly data?: string },
  ids: readonly string[],
): Promise<void> {
  const { log, close } = openDynamoStore(durable(endpoint, 20_000))
  onTestFinished(close)
  const unsealed = async () => log.unsealed(await log.pending(100))
  await expect.poll(unsealed, { timeout: 60_000 }).toEqual([])
  await expect.poll(() => log.head(), { timeout: 60_000 }).toMatchObject({ staged: null })
  const leaves = await leavesOf(log, readFileSync(join(data, 'log.vkey'), 'utf8').trimEnd())
  const sealed = leaves.map((leaf) => JSON.parse(Buffer.from(leaf).toString('utf8')).id)
  expect(new Set(sealed).size).toBe(sealed.length)
  expect(ids.filter((id) => !sealed.includes(id))).toEqual([])
}

test('a house that is killed while it answers has lost nothing that it answered, and seals all of it', async () => {
  await createTables()
  const server = await start(running.endpoint)
  const answers = await answersOf(server, 40, () => void server.stop('SIGKILL'))
  const again = await start(running.endpoint)
  await expectAll(again, answers)
  await expectSealed(running, [...answers.keys()])
  await again.stop('SIGTERM')
})

test('a house and its DynamoDB on disk, killed at once, have lost nothing that was answered, and all of it is sealed', async () => {
  const disk = await startDynaliteOver(folder.path('tables'))
  onTestFinished(() => disk.stop())
  await createTables(disk.endpoint)
  const server = await start(disk.endpoint)
  const answers = await answersOf(server, 25, () => {
    void disk.stop()
    void server.stop('SIGKILL')
  })
  await disk.stop()
  const back = await startDynaliteOver(folder.path('tables'))
  onTestFinished(() => back.stop())
  const again = await start(back.endpoint, dataOf(disk.endpoint))
  await expectAll(again, answers)
  await expectSealed({ ...back, data: dataOf(disk.endpoint) }, [...answers.keys()])
  await again.stop('SIGTERM')
})
