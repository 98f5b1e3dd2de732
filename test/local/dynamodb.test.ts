import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startDynaliteOver } from '../store/durable.ts'
import { startDynalite, type Running } from '../store/dynamo.ts'
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

const start = (endpoint: string): Promise<Server> =>
  startWrit(['--data', folder.path('data'), '--no-sample', '--store', 'dynamodb', '--dynamodb-endpoint', endpoint]) // prettier-ignore

async function createTables(endpoint = running.endpoint): Promise<string> {
  const main = join(root, 'packages', 'local', 'src', 'main.ts')
  const args = [main, 'tables', 'create', '--dynamodb-endpoint', endpoint]
  return (await promisify(execFile)(process.execPath, args)).stdout
}

test('a house whose DynamoDB does not answer, or lacks its tables, does not start and says why', async () => {
  const nowhere = await start('http://127.0.0.1:9')
  expect([nowhere.code(), nowhere.err()]).toEqual([1, expect.stringContaining('No DynamoDB answers at http://127.0.0.1:9')]) // prettier-ignore
  const empty = await start(running.endpoint)
  expect([empty.code(), empty.err()]).toEqual([1, expect.stringContaining('npm start -- tables create --dynamodb-endpoint')]) // prettier-ignore
})

test('tables are created once', async () => {
  expect(await createTables()).toBe('Made writ-records, writ-bodies, writ-waivers, writ-scorecards.\n') // prettier-ignore
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

test('a house that is killed while it answers has lost nothing that it answered', async () => {
  await createTables()
  const server = await start(running.endpoint)
  const answers = await answersOf(server, 40, () => void server.stop('SIGKILL'))
  const again = await start(running.endpoint)
  await expectAll(again, answers)
  await again.stop('SIGTERM')
})

test('a house and its DynamoDB on disk, killed at once, have lost nothing that was answered', async () => {
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
  const again = await start(back.endpoint)
  await expectAll(again, answers)
  await again.stop('SIGTERM')
})
