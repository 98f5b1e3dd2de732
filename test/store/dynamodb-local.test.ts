import {
  createTables,
  missingTables,
  openDynamoStore,
  tableNames,
  type DynamoLog,
  type DynamoStore,
} from '@writ/dynamo'
import {
  anEntry,
  httpFailingAtRandom,
  httpFailures,
  logContract,
  openHttpNetwork,
  recordsContract,
  scorecardsContract,
  waiversContract,
  type HttpNetwork,
} from '@writ/testkit'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { askDynamo, clientOf, freshSignedStore, freshStore, type Running } from './dynamo.ts'
import { startDynamodbLocal } from './dynamodb-local.ts'
import { aSealer, expectWhole } from './sealers.ts'

const folder = process.env['WRIT_DYNAMODB_LOCAL'] ?? ''

describe.skipIf(folder === '')('DynamoDB Local', () => {
  let running: Running
  let network: HttpNetwork
  beforeAll(async () => {
    running = await startDynamodbLocal(folder)
    network = await openHttpNetwork(running.endpoint)
  })
  afterAll(async () => {
    await network?.close()
    await running?.stop()
  })

  let seed = 1000
  const inTime = httpFailures.filter((failure) => failure !== 'late')
  const stores: readonly [string, () => Promise<DynamoStore & DynamoLog>][] = [
    ['asked without AWS’s client', () => freshSignedStore(running.endpoint)],
    [
      'asked by AWS’s client, behind a network that fails a tenth of all requests',
      () => {
        seed += 1
        network.plan = httpFailingAtRandom(seed, 0.1, inTime)
        return freshStore(running.endpoint, { client: clientOf(network.endpoint) })
      },
    ],
  ]
  describe.each(stores)('%s', (_, open) => {
    describe('records', () => recordsContract(open))
    describe('waivers', () => waiversContract(open))
    describe('scorecards', () => scorecardsContract(open))
    describe('the log', () => logContract(open))
  })

  test('tables from before there was a log get what they lack, and their records are sealed', async () => {
    const tables = tableNames('writ-before')
    await freshStore(running.endpoint, { tables })
    const ask = (operation: string, input: object) => askDynamo(running.endpoint, operation, input)
    await ask('DeleteTable', { TableName: tables.log })
    await ask('UpdateTable', {
      TableName: tables.records,
      GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'unsealed' } }],
    })
    const lacking = [`${tables.records} (index unsealed)`, tables.log]
    const missing = () => missingTables(clientOf(running.endpoint), tables)
    await expect.poll(missing, { timeout: 60_000 }).toEqual(lacking)
    const { records, log, close } = openDynamoStore({ client: clientOf(running.endpoint), tables })
    onTestFinished(close)
    const entry = anEntry()
    await records.append(entry)
    await ask('UpdateItem', {
      TableName: tables.records,
      Key: { key: { S: `acme#${entry.id}` } },
      UpdateExpression: 'REMOVE by_unsealed',
    })
    expect(await createTables(clientOf(running.endpoint), tables)).toEqual(lacking)
    expect(await createTables(clientOf(running.endpoint), tables)).toEqual([])
    while ((await aSealer(log)()).again);
    await expectWhole(log, [entry.leaf])
  })
})
