import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTables, openDynamoStore, tableNames } from '@writ/dynamo'
import { readNote, writeCheckpoint, writeSignerKey } from '@writ/ledger'
import { anEntry } from '@writ/testkit'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { clientOf, startDynalite, type Running } from '../store/dynamo.ts'
import { openAudited, receiptSigner, scratchFolder } from './house.ts'
import { writ, writIn, type Ended } from './desk.ts'

const scratch = scratchFolder()
const [old, whole, early, keys] = ['old', 'whole', 'early', 'moved'].map(scratch.path) as [string, string, string, string] // prettier-ignore

let dynamo: Running
beforeAll(async () => {
  dynamo = await startDynalite()
  mkdirSync(old)
  const house = openAudited(old)
  await house.others()
  await house.sealAll()
  await writ('audit', 'export', early, '--data', old)
  await house.decide(3)
  await house.sealAll()
  await writ('audit', 'export', whole, '--data', old)
  // As `npm start -- keys move` leaves them: test/local/keys-moved.test.ts.
  mkdirSync(keys)
  cpSync(join(old, 'log.key'), join(keys, 'log.key'))
  writeFileSync(join(keys, 'receipts.key'), writeSignerKey(receiptSigner.key.name, new Uint8Array(32).fill(8))) // prettier-ignore
  writeFileSync(join(keys, 'log.signed'), readNote((await house.store.log.checkpoint()) ?? '').text)
  await house.close()
})
afterAll(async () => {
  await dynamo.stop()
  scratch.remove()
})

/** What `sst deploy` writes of a deployment whose tables begin so, with what is different about it. */
function outputs(name: string, change: object = {}): string {
  const named = Object.entries(tableNames(name))
  const tables = Object.fromEntries(named.map(([table, full]) => [`WRIT_${table.toUpperCase()}_TABLE`, full])) // prettier-ignore
  const file = scratch.path(`${name}.json`)
  const api = 'https://abc123.execute-api.eu-west-1.amazonaws.com'
  writeFileSync(file, JSON.stringify({ api, functions: [], tables, ...change }))
  return file
}

const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' }
const imported = (...args: readonly string[]): Promise<Ended> =>
  writIn({ ...credentials, AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint }, ['audit', 'import', ...args]) // prettier-ignore

async function openTables(name: string) {
  const client = clientOf(dynamo.endpoint)
  await createTables(client, tableNames(name))
  const store = openDynamoStore({ client, tables: tableNames(name) })
  onTestFinished(() => store.close())
  return store
}

const refused = (words: string) => ({ code: 3, err: expect.stringContaining(words) })

test('an export from before the house ended is refused with its keys, wherever it is put: it lacks what came after', async () => {
  const { log } = await openTables('early')
  const words = 'does not end where the log of these keys does'
  expect(await imported(early, '--deployment', outputs('early'), '--keys', keys)).toMatchObject(refused(words)) // prettier-ignore
  expect(await imported(early, '--data', scratch.path('none'), '--keys', keys)).toMatchObject(refused(words)) // prettier-ignore
  expect((await log.head()).version).toBe(0)
  expect(() => readdirSync(scratch.path('none'))).toThrow('ENOENT')
})

test('tables in which anything is recorded are refused, and left as they are', async () => {
  const { records, log } = await openTables('used')
  const entry = anEntry()
  await records.append(entry)
  const file = outputs('used')
  expect(await imported(whole, '--deployment', file, '--keys', keys)).toMatchObject(refused('is not empty')) // prettier-ignore
  expect(await log.unsealed(await log.pending(10))).toMatchObject([{ id: entry.id }])
  expect((await log.head()).version).toBe(0)
})

test('what is imported into a deployment is remembered there as signed', async () => {
  const { memory } = await openTables('new')
  const file = outputs('new')
  expect(await imported(whole, '--deployment', file, '--keys', keys)).toMatchObject({ code: 0, err: '' }) // prettier-ignore
  const last = await memory.last()
  expect(last === null ? '' : writeCheckpoint(last)).toBe(readFileSync(join(keys, 'log.signed'), 'utf8')) // prettier-ignore
})

test('with the keys of a house a new data folder is whole, and takes no others', async () => {
  const data = scratch.path('new')
  expect(await imported(whole, '--data', data, '--keys', keys)).toMatchObject({ code: 0, err: '' })
  expect(readdirSync(data)).toEqual(['log.key', 'log.signed', 'receipts.key', 'writ.db'])
  expect(statSync(join(data, 'log.key')).mode & 0o777).toBe(0o600)
  const other = scratch.path('other')
  mkdirSync(other)
  writeFileSync(join(other, 'log.key'), 'another')
  expect(await imported(whole, '--data', other, '--keys', keys)).toMatchObject(refused('is another’s')) // prettier-ignore
  expect(readdirSync(other)).not.toContain('writ.db')
})

const cases: readonly [string, () => readonly string[], string][] = [
  ['no keys', () => ['--deployment', outputs('a')], 'npm start -- keys move'],
  ['a folder without keys', () => ['--deployment', outputs('a'), '--keys', old], 'lacks log.signed'],
  ['two places', () => ['--deployment', outputs('a'), '--data', scratch.path('none'), '--keys', keys], 'one of them only'],
  ['no such file', () => ['--deployment', scratch.path('missing'), '--keys', keys], 'it cannot be read'],
  ['a file of something else', () => ['--deployment', outputs('b', { tables: {} }), '--keys', keys], 'it names no table of'],
  ['a file without an address', () => ['--deployment', outputs('c', { api: null }), '--keys', keys], 'it names no address'],
] // prettier-ignore
test.each(cases)('%s: refused, with what to do', async (_, args, words) => {
  expect(await imported(whole, ...args())).toMatchObject(refused(words))
})

test('tables that are not there, and no credentials, are named', async () => {
  const where = ['--deployment', outputs('gone'), '--keys', keys]
  expect(await imported(whole, ...where)).toMatchObject({ err: expect.stringContaining('table') })
  const bare = await writIn({}, ['audit', 'import', whole, ...where])
  expect(bare).toMatchObject({ err: expect.stringContaining('AWS_ACCESS_KEY_ID') })
})
