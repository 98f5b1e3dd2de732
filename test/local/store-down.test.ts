import { renameSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, expect, test } from 'vitest'
import { decide, example, get, scratch, startWrit, type Server } from './server.ts'

const folder = scratch()
afterAll(folder.remove)
let server: Server | null = null
afterEach(async () => {
  await server?.stop('SIGTERM')
  server = null
})

async function started(name: string, shell = ''): Promise<Server> {
  server = await startWrit(['--data', folder.path(name), '--no-sample'], { shell })
  return server
}

const refusal: unknown = expect.stringMatching(/^(?!.*"(decision|outcome)":).*records-unavailable/)

/** 503 and no word of a decision, though the request would be allowed; and it is logged with its cause. */
async function refuses(running: Server): Promise<void> {
  const { status, text } = await decide(running, example('deploy-allowed'))
  expect({ status, text }).toEqual({ status: 503, text: refusal })
  const logged = /"event":"request","request_id":"[0-9a-f]+".*"code":"records-unavailable"/
  await expect.poll(() => running.err()).toMatch(logged) // the log has a pipe of its own
}

async function decides(running: Server): Promise<string> {
  const { status, json } = await decide(running, example('deploy-allowed'))
  expect({ status, decision: json.decision }).toEqual({ status: 200, decision: true })
  return json.id
}

test('a store that was moved away: 503; put back, it goes on with all that it had', async () => {
  const running = await started('moved')
  const id = await decides(running)
  const file = folder.path('moved/writ.db')
  renameSync(file, `${file}.away`)
  await refuses(running)
  expect((await get(running, '/healthz')).status).toBe(503)
  renameSync(`${file}.away`, file)
  await decides(running)
  expect((await get(running, `/v1/decisions/${id}`)).status).toBe(200)
})

test('a store that is locked: 503; released, it goes on', async () => {
  const running = await started('locked')
  await decides(running)
  const other = new DatabaseSync(folder.path('locked/writ.db'))
  other.exec('BEGIN IMMEDIATE')
  await refuses(running)
  other.exec('ROLLBACK')
  other.close()
  await decides(running)
})

test('a store that cannot grow: 503 and never an allow; what was answered is kept, and nothing else', async () => {
  await (await started('full')).stop('SIGTERM') // the policies are kept by then: they are larger than what follows allows
  const running = await started('full', 'ulimit -f 400;') // no file of this process grows beyond 400 KB
  const answered: string[] = []
  let refusals = 0
  while (refusals < 20) {
    const { status, text, json } = await decide(running, example('deploy-allowed'))
    if (status === 200) answered.push(json.id)
    else expect({ status, text }).toEqual({ status: 503, text: refusal })
    refusals += Number(status !== 200)
  }
  expect(answered.length).toBeGreaterThan(10)
  await running.stop('SIGKILL')
  const again = await started('full')
  expect((await allIds(again)).toSorted()).toEqual(answered.toSorted())
  await decides(again)
})

async function allIds(running: Server): Promise<readonly string[]> {
  const ids: string[] = []
  let cursor: string | null = null
  do {
    const query: string = cursor === null ? '' : `&cursor=${cursor}`
    const page = JSON.parse((await get(running, `/v1/decisions?limit=200${query}`)).text)
    ids.push(...page.items.map(({ id }: { id: string }) => id))
    cursor = page.next_cursor
  } while (cursor !== null)
  return ids
}
