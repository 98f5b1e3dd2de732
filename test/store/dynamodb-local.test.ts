import {
  httpFailingAtRandom,
  openHttpNetwork,
  recordsContract,
  scorecardsContract,
  waiversContract,
  type HttpNetwork,
  type OpenStore,
} from '@writ/testkit'
import { afterAll, beforeAll, describe } from 'vitest'
import { clientOf, freshSignedStore, freshStore, type Running } from './dynamo.ts'
import { startDynamodbLocal } from './dynamodb-local.ts'

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
  const stores: readonly [string, OpenStore][] = [
    ['asked directly', () => freshStore(running.endpoint)],
    ['asked without AWS’s client', () => freshSignedStore(running.endpoint)],
    [
      'behind a network that fails a tenth of all requests',
      () => {
        seed += 1
        network.plan = httpFailingAtRandom(seed, 0.1)
        return freshStore(running.endpoint, { client: clientOf(network.endpoint) })
      },
    ],
  ]
  describe.each(stores)('%s', (_, open) => {
    describe('records', () => recordsContract(open))
    describe('waivers', () => waiversContract(open))
    describe('scorecards', () => scorecardsContract(open))
  })
})
