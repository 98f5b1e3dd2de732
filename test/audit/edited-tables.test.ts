import { mkdirSync, writeFileSync } from 'node:fs'
import { createTables, openDynamoStore, tableNames } from '@writ/dynamo'
import { readCheckpoint, readNote } from '@writ/ledger'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askDynamo, clientOf, startDynalite, type Running } from '../store/dynamo.ts'
import { writ } from './desk.ts'
import { openAudited, policyLines, scratchFolder } from './house.ts'

/** An item as the wire has it: bytes are texts of base64. */
type Item = { readonly [name: string]: Readonly<Record<string, unknown>> }

const scratch = scratchFolder()
const policy = scratch.path('trust.policy')
let running: Running
let waiting = ''

beforeAll(async () => {
  const data = scratch.path('data')
  mkdirSync(data)
  writeFileSync(policy, policyLines)
  const house = openAudited(data)
  await house.others()
  await house.decide(12)
  await house.sealAll()
  await writ('audit', 'export', scratch.path('export'), '--data', data)
  ;[waiting = ''] = await house.decide(1)
  running = await startDynalite()
  const options = { client: clientOf(running.endpoint), tables: tableNames('writ') }
  await createTables(options.client, options.tables)
  await writ('audit', 'import', scratch.path('export'), '--dynamodb-endpoint', running.endpoint)
  const { records, log, memory, close } = openDynamoStore(options)
  const entry = await house.store.records.get('acme', waiting)
  if (entry !== null) await records.append(entry)
  await memory.keep(readCheckpoint(readNote((await log.checkpoint()) ?? '').text))
  close()
  await house.close()
})
afterAll(async () => {
  await running.stop()
  scratch.remove()
})

const fsck = () =>
  writ('audit', 'fsck', '--dynamodb-endpoint', running.endpoint, '--policy', policy)
const ask = (operation: string, input: object) => askDynamo(running.endpoint, operation, input)

test('the tables of a house in which one decision waits to be sealed are whole, and it says so', async () => {
  const { code, out } = await fsck()
  expect([code, out]).toEqual([0, expect.stringMatching(/^  unsealed     1$/m)])
})

type Part = keyof ReturnType<typeof tableNames>
type Pick = (item: Item) => boolean

const text = (item: Item, name: string): string => String(item[name]?.['S'])
const keyed =
  (key: string): Pick =>
  (item) =>
    text(item, 'key') === key
const isDecision: Pick = (item) => text(item, 'type') === 'decision' && item['sealed'] !== undefined
const isWaiting: Pick = (item) => text(item, 'id') === waiting
const isWaiver: Pick = (item) => item['granted'] !== undefined
const set =
  (over: Record<string, object | undefined>) =>
  (item: Item): object => ({ ...item, ...over })

const edits: readonly [string, Part, Pick, (item: Item) => object, RegExp][] = [
  ['the list of a service that it is in', 'records', isDecision, set({ by_service: { S: 'acme#orders#0' } }), /dec_\w+ is not filed where its lists look for it/],
  ['a list that it is taken out of', 'records', isDecision, set({ by_newest: undefined }), /is not filed where/],
  ['where in its lists it is', 'records', isDecision, set({ place: { S: '2020-01-01T00:00:00.000Z#x' } }), /is not filed where/],
  ['a mark that has it sealed again', 'records', isDecision, set({ by_unsealed: { S: '0' } }), /is not filed where/],
  ['a commitment', 'records', isDecision, set({ commitment: { S: 'sha256:0' } }), /lies under another commitment than its leaf names/],
  ['a decision that waits, marked with a place', 'records', isWaiting, set({ sealed: { N: '3' }, by_unsealed: undefined }), /dec_\w+ is marked as sealed, and the log does not have it/],
  ['the same, with one that nobody has yet', 'records', isWaiting, set({ sealed: { N: '900' }, by_unsealed: undefined }), /is marked as sealed, and the log does not have it/],
  ['the salt of a decision that waits', 'records', isWaiting, set({ salt: { B: Buffer.alloc(32).toString('base64') } }), /which is not sealed yet, has another body/],
  ['a record that is copied under another id', 'records', isDecision, (item) => ({ ...item, key: { S: 'acme#dec_x' }, id: { S: 'dec_x' } }), /dec_x is not filed where/],
  ['an item of records that is none', 'records', isDecision, () => ({ key: { S: 'acme#dec_x' } }), /the item acme#dec_x of records is none of Writ/],
  ['the end of a waiver', 'waivers', isWaiver, set({ expires_at: { S: '2099-01-01T00:00:00.000Z' } }), /the waiver wvr_\w+ is not what was recorded/],
  ['a waiver that is taken out of its list', 'waivers', isWaiver, set({ by_tenant: undefined, granted: undefined }), /is not filed where its list and its decisions look for it/],
  ['a waiver for another environment, by the same id', 'waivers', isWaiver, (item) => ({ ...item, key: { S: text(item, 'key').replace('production', 'staging') }, environment: { S: 'staging' } }), /lies where its id does not lead/],
  ['a waiver for a tenant that has no records', 'waivers', isWaiver, (item) => ({ ...item, key: { S: text(item, 'key').replace('acme', 'new') }, tenant: { S: 'new' }, by_tenant: { S: 'tenant#new' } }), /lies where its id does not lead/],
  ['the size that the checkpoint is filed under', 'log', keyed('checkpoint'), set({ size: { N: '9999' } }), /filed under another size or count of signatures/],
  ['how many have signed it', 'log', keyed('checkpoint'), set({ signatures: { N: '9' } }), /filed under another size or count of signatures/],
  ['who has a place', 'log', keyed('places#0'), (item) => ({ ...item, holders: { M: { ...(item['holders']?.['M'] as object), 3: { S: 'acme#dec_x' } } } }), /the place 3 of the log is held by acme#dec_x/],
  ['a place that nobody can have yet', 'log', keyed('places#0'), (item) => ({ ...item, holders: { M: { ...(item['holders']?.['M'] as object), 200: { S: 'acme#dec_x' } } } }), /the place 200 of the log is held by acme#dec_x/],
  ['places that are forgotten', 'log', keyed('places#0'), set({ holders: { M: {} } }), /of 16 places 0 have a record/],
  ['an item of the log that is none', 'log', keyed('head'), set({ key: { S: 'lease' } }), /the log has an item lease that Writ has not made/],
  ['a file that the log does not have', 'log', keyed('head'), () => ({ key: { S: 'file#tile/0/009' }, part: { S: '#000000000000' }, size: { N: '1' }, content: { B: 'AA==' } }), /the file tile\/0\/009 is none of the log of 16 entries/],
  ['the size of what was signed last', 'signed', keyed('last'), set({ size: { N: '9999' } }), /what was signed last is kept under another size than it has/],
] // prettier-ignore
test.each(edits)(
  '%s that is edited in the tables is found',
  async (_, part, isIt, change, words) => {
    const TableName = tableNames('writ')[part]
    const { Items = [] } = await ask('Scan', { TableName })
    const item = (Items as readonly Item[]).find(isIt)
    if (item === undefined) throw new Error('there is no such item')
    const changed = JSON.parse(JSON.stringify(change(item))) as Item
    await ask('PutItem', { TableName, Item: changed })
    const { code, out } = await fsck()
    await ask('DeleteItem', { TableName, Key: keyOf(changed, part) })
    await ask('PutItem', { TableName, Item: item })
    expect(out).toMatch(words)
    expect(code).toBe(1)
  },
)

test('edited back they are whole', async () => {
  expect(await fsck()).toMatchObject({ code: 0 })
})

function keyOf({ key, part, member }: Item, table: Part): object {
  if (table === 'records' || table === 'signed') return { key }
  return table === 'waivers' ? { key, member } : { key, part }
}
