import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTables, tableNames, type TableNames } from '@writ/dynamo'
import { aLogSigner } from '@writ/testkit'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { buildFunctions } from '../../tools/functions.ts'
import { publicKeyText } from '../aws/kms.ts'
import { askDynamo, clientOf, startDynalite, type Running } from '../store/dynamo.ts'
import { aGrant, aScheduledEvent, anHttpEvent, apiHost } from './events.ts'
import { boot, type Booted } from './runtime.ts'

/** What follows a restore in docs/how-to/deploy-to-aws.md: the functions are pointed at tables with other names. */
const built = mkdtempSync(join(tmpdir(), 'writ-restored-'))
const tables = tableNames('writ')
const restored = tableNames('writ-restored')

let dynamo: Running
beforeAll(async () => {
  await buildFunctions(built)
  dynamo = await startDynalite()
  await createTables(clientOf(dynamo.endpoint), tables)
})
afterAll(async () => {
  await dynamo.stop()
  rmSync(built, { recursive: true, force: true })
})

async function booted(name: string, at: TableNames): Promise<Booted> {
  const env = {
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    WRIT_RECORDS_TABLE: at.records,
    WRIT_BODIES_TABLE: at.bodies,
    WRIT_WAIVERS_TABLE: at.waivers,
    WRIT_SCORECARDS_TABLE: at.scorecards,
    WRIT_LOG_TABLE: at.log,
    WRIT_SIGNED_TABLE: at.signed,
  }
  const door = {
    WRIT_TENANT: 'acme',
    WRIT_HOSTS: apiHost,
    WRIT_CURSOR_KEY: '07'.repeat(32),
    WRIT_LOG: 'example.com/log',
    WRIT_LOG_PUBLIC_KEY: publicKeyText(aLogSigner),
    WRIT_RECEIPT_KEY: '02'.repeat(32),
  }
  const running = await boot(name, { built, env: name === 'fold' ? env : { ...env, ...door } })
  onTestFinished(() => running.stop())
  return running
}

type Answer = { readonly statusCode: number; readonly body: string }

async function asked(running: Booted, path: string, body?: string): Promise<string> {
  const event =
    body === undefined
      ? anHttpEvent({ path })
      : anHttpEvent({ method: 'POST', path, body, headers: { 'content-type': 'application/json' } })
  const { value } = await running.invoke(event)
  const answer = value as Answer
  expect(answer.statusCode, answer.body).toBeLessThan(300)
  return answer.body
}

/** As AWS restores a table: every item, under another name. */
async function restore(from: string, to: string): Promise<number> {
  const { Items = [] } = await askDynamo(dynamo.endpoint, 'Scan', { TableName: from })
  for (const Item of Items) await askDynamo(dynamo.endpoint, 'PutItem', { TableName: to, Item })
  return Items.length
}

/** How far a list is complete moves on with the clock. */
const withoutClock = (body: string): string => body.replace(/"complete_through":"[^"]+"/, '')

const example = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../examples/requests', `${name}.json`), 'utf8')

test('functions over restored tables show what was recorded, byte for byte, and record on', async () => {
  const decide = await booted('decide', tables)
  const large = JSON.parse(example('deploy-denied'))
  large.context.note = randomBytes(30_000).toString('hex') // as little as can be packed
  const made = [
    await asked(decide, '/v1/decisions', example('deploy-allowed')),
    await asked(decide, '/v1/decisions', JSON.stringify(large)),
  ]
  await asked(await booted('admin', tables), '/v1/waivers', JSON.stringify(aGrant(new Date())))
  await (await booted('fold', tables)).invoke(aScheduledEvent())
  const before = await booted('read', tables)
  const shown = ['/v1/waivers', '/v1/scorecards', '/v1/decisions']
  const all = (read: Booted) => Promise.all(shown.map((path) => asked(read, path)))
  const told = await all(before)

  await createTables(clientOf(dynamo.endpoint), restored)
  const counts = [
    await restore(tables.records, restored.records),
    await restore(tables.bodies, restored.bodies),
    await restore(tables.waivers, restored.waivers),
    await restore(tables.scorecards, restored.scorecards),
  ]
  expect(Math.min(...counts)).toBeGreaterThan(0)

  const read = await booted('read', restored)
  for (const body of made)
    expect(await asked(read, `/v1/decisions/${JSON.parse(body).id}`)).toBe(body)
  expect((await all(read)).map(withoutClock)).toEqual(told.map(withoutClock))
  const next = await asked(
    await booted('decide', restored),
    '/v1/decisions',
    example('access-allowed'),
  )
  expect(await asked(read, '/v1/decisions')).toContain(JSON.parse(next).id)
  expect(await asked(before, '/v1/decisions')).not.toContain(JSON.parse(next).id)
})
