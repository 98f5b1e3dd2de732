import { createServer, type ServerResponse } from 'node:http'
import { accessIn } from '@writ/aws'
import { openSignedDynamoStore, tableNames } from '@writ/dynamo'
import {
  anEntry,
  httpFailingAtRandom,
  logContract,
  openHttpNetwork,
  recordsContract,
  scorecardsContract,
  waiversContract,
  type HttpNetwork,
  type OpenStore,
} from '@writ/testkit'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { signatures, type Heard } from '../aws/signature.ts'
import { accessOf, freshSignedStore, startDynalite, type Running } from './dynamo.ts'

let running: Running
let network: HttpNetwork
beforeAll(async () => {
  running = await startDynalite()
  network = await openHttpNetwork(running.endpoint)
})
afterAll(async () => {
  await network.close()
  await running.stop()
})

describe('dynalite without AWS’s client, behind a network that fails a tenth of all requests', () => {
  let seed = 2000
  const open: OpenStore = async () => {
    seed += 1
    network.plan = httpFailingAtRandom(seed, 0.1)
    return freshSignedStore(running.endpoint, network.endpoint)
  }
  describe('records', () => recordsContract(open))
  describe('waivers', () => waiversContract(open))
  describe('scorecards', () => scorecardsContract(open))
  describe('the log', () => logContract(() => freshSignedStore(running.endpoint)))
})

type Answering = (heard: Heard, response: ServerResponse) => void

/** A store whose DynamoDB is what the test says. */
async function storeOver(answer: Answering, env: Readonly<Record<string, string>> = {}) {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () =>
      answer({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') }, response),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('it did not listen')
  const access = accessIn('dynamodb', {
    ...keys,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${address.port}`,
    ...env,
  })
  const patience = { call: 300, attempt: 100 }
  const store = openSignedDynamoStore(access, { tables: tableNames('writ'), patience })
  onTestFinished(() => {
    store.close()
    server.closeAllConnections()
    server.close()
  })
  return store
}

const keys = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}

test.each([
  ['a user', {}],
  ['a role', { AWS_SESSION_TOKEN: 'IQoJb3JpZ2luX2VjEJr//token+/=' }],
])('what %s signs is what AWS’s own signer signs', async (_, env) => {
  const heard: Heard[] = []
  const { records } = await storeOver((request, response) => {
    heard.push(request)
    response.end('{}')
  }, env)
  await records.append(anEntry({ id: 'dec_ümlaut' }))
  const [sent] = heard
  if (sent === undefined) throw new Error('nothing was sent')
  const { signature, expected, names } = await signatures(sent, {
    service: 'dynamodb',
    region: keys.AWS_REGION,
    accessKeyId: keys.AWS_ACCESS_KEY_ID,
    secretAccessKey: keys.AWS_SECRET_ACCESS_KEY,
    ...('AWS_SESSION_TOKEN' in env ? { sessionToken: env.AWS_SESSION_TOKEN } : {}),
  })
  expect(names).toEqual(expect.arrayContaining(['host', 'x-amz-date', 'x-amz-target']))
  expect(signature).toBe(expected)
})

const unavailable = (words: string) => ({
  code: 'records-unavailable',
  message: expect.stringContaining(words),
})

const refusals: readonly (readonly [number, string, string])[] = [
  [400, '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"}', 'create the tables first'],
  [400, '{"__type":"com.amazon.coral.service#AccessDeniedException","message":"no"}', 'refused the request: AccessDeniedException'],
  [400, '{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"}', 'takes no more requests'],
  [500, '{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError"}', 'did not answer in time'],
  [503, '<html>down</html>', 'did not answer in time'],
  [403, 'null', 'refused the request'],
  [200, '{"Item":', 'did not answer in time'],
] // prettier-ignore

test.each(refusals)('%i %s: no answer is made of it', async (status, text, words) => {
  const store = await storeOver((_, response) => response.writeHead(status).end(text))
  await expect(store.records.get('acme', 'dec_1')).rejects.toMatchObject(unavailable(words))
})

test('a reply that breaks off, and one that never comes, are no answers', async () => {
  const broken = await storeOver((_, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('{"Item":{}', () => response.destroy())
  })
  await expect(broken.records.get('acme', 'dec_1')).rejects.toMatchObject(unavailable('in time'))
  const silent = await storeOver(() => undefined)
  await expect(silent.records.get('acme', 'dec_1')).rejects.toMatchObject(unavailable('in time'))
})

test('what Lambda should have set and did not is named; the address follows from the region', () => {
  expect(() => accessIn('dynamodb', { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: '' })).toThrow(
    expect.objectContaining({
      code: 'start-refused',
      message: expect.stringMatching(/^AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY/),
    }),
  )
  const addressIn = (region: string): string =>
    accessIn('dynamodb', { ...keys, AWS_REGION: region }).endpoint.href
  expect(addressIn('eu-west-1')).toBe('https://dynamodb.eu-west-1.amazonaws.com/')
  expect(addressIn('cn-north-1')).toBe('https://dynamodb.cn-north-1.amazonaws.com.cn/')
  expect(accessOf('http://127.0.0.1:8000').endpoint.href).toBe('http://127.0.0.1:8000/')
})
