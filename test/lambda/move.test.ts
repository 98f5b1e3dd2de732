import { once } from 'node:events'
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTables, tableNames } from '@writ/dynamo'
import { ed25519Signer, readVerifierKey, signatureCount, type VerifierKey } from '@writ/ledger'
import { openStore } from '@writ/sqlite'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { buildFunctions } from '../../tools/functions.ts'
import { writ } from '../audit/desk.ts'
import { kmsKeyId, kmsKeys, publicKeyText, startKms, type Kms } from '../aws/kms.ts'
import { startS3, type S3 } from '../aws/s3.ts'
import { decide, example, post, startWrit } from '../local/server.ts'
import { clientOf, startDynalite, type Running } from '../store/dynamo.ts'
import { aGrant, anHttpEvent, answerIn, apiHost, aScheduledEvent, posting } from './events.ts'
import { anOperator, blocksOf } from './page.ts'
import { boot, type Booted } from './runtime.ts'

/** What docs/how-to/deploy-to-aws.md tells whoever moves, carried out: its commands as they stand, and functions for what they deploy. */
const blocks = blocksOf('docs/how-to/deploy-to-aws.md', 'Move from one machine')
const folder = mkdtempSync(join(tmpdir(), 'writ-move-'))
const at = (path: string): string => join(folder, path)
const tables = tableNames('writ-production')

let dynamo: Running
let kms: Kms
let s3: S3
let operator: ReturnType<typeof anOperator>
beforeAll(async () => {
  await buildFunctions(at('built'))
  rmSync(at('built/read/bundles'), { recursive: true }) // a later revision has others there
  dynamo = await startDynalite()
  await createTables(clientOf(dynamo.endpoint), tables)
  operator = anOperator(folder, { AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint })
  mkdirSync(at('.sst'))
  const api = `https://${apiHost}`
  writeFileSync(
    at('.sst/outputs.json'),
    JSON.stringify({ api, tables: tableEnvironment(), bundles: 'writ-bundles' }),
  )
})
afterAll(async () => {
  await dynamo.stop()
  await kms.stop()
  await s3.stop()
  rmSync(folder, { recursive: true, force: true })
})

const tableEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [`WRIT_${name.toUpperCase()}_TABLE`, table]),
  )

/** A secret or a setting that the deployment has been given. */
const given = (name: string): string => operator.given()[name] ?? ''
const movedLog = (): VerifierKey => readVerifierKey(given('WRIT_MOVED_LOG'))

/** What packages/infra gives the functions for these settings; test/infra holds it to that. */
function deployed(name: 'decide' | 'read' | 'seal'): Record<string, string> {
  const key = movedLog()
  const first = publicKeyText({ key, sign: async () => new Uint8Array() })
  const inKms = publicKeyText(inKmsOf(key.name))
  const turns = given('WRIT_LOG_KEYS') === '0,1'
  const all = {
    ...kmsKeys,
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    AWS_ENDPOINT_URL_KMS: kms.endpoint,
    ...tableEnvironment(),
    WRIT_TENANT: given('WRIT_TENANT'),
    WRIT_LOG: key.name,
    WRIT_LOG_PUBLIC_KEY: turns ? first : inKms,
  }
  if (name === 'seal')
    return {
      ...all,
      WRIT_MOVED_LOG: given('WRIT_MOVED_LOG'),
      WRIT_LOG_KEY: turns ? given('MovedLogKey') : kmsKeyId,
      ...(turns ? { WRIT_LOG_NEXT_KEY: kmsKeyId, WRIT_LOG_NEXT_PUBLIC_KEY: inKms } : {}),
    }
  return {
    ...all,
    ...(name === 'read'
      ? { AWS_ENDPOINT_URL_S3: s3.endpoint, WRIT_BUNDLES_BUCKET: 'writ-bundles' }
      : {}),
    WRIT_HOSTS: apiHost,
    WRIT_CURSOR_KEY: given('CursorKey'),
    WRIT_RECEIPT_KEY: given('ReceiptKey'),
  }
}

const inKmsOf = (name: string) => ed25519Signer(name, new Uint8Array(32).fill(21))

function filesIn(folder: string): ReadonlyMap<string, Uint8Array> {
  const paths = globSync('**/*.{json,wasm}', { cwd: folder })
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path))]))
}

async function booted(name: 'decide' | 'read' | 'seal'): Promise<Booted> {
  const running = await boot(name, { built: at('built'), env: deployed(name), timeoutMs: 60_000 })
  onTestFinished(() => running.stop())
  expect(running.initError).toBeNull()
  return running
}

const done = { ok: true, value: { batchItemFailures: [] } }
const halted = (words: string) => ({ ok: false, value: { errorMessage: expect.stringContaining(words) } }) // prettier-ignore

async function sealed(): Promise<void> {
  expect(await (await booted('seal')).invoke(aScheduledEvent())).toEqual(done)
}

/** What `writ connect` listens as: a door of this machine to the function that reads. */
async function connected(read: Booted): Promise<string> {
  const server: Server = createServer((asked, response) => {
    const passOn = async (): Promise<void> => {
      const answer = answerIn(await read.invoke(await eventOf(asked)))
      response.writeHead(answer.statusCode, answer.headers).end(answer.bytes)
    }
    passOn().catch((thrown: unknown) => response.writeHead(502).end(String(thrown)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

async function eventOf(asked: IncomingMessage) {
  const [path = '/', query = ''] = (asked.url ?? '').split('?')
  const headers = Object.fromEntries(
    Object.entries(asked.headers).flatMap(([name, value]) =>
      typeof value === 'string' && name !== 'host' ? [[name, value]] : [],
    ),
  )
  const body = Buffer.concat(await asked.toArray()).toString('utf8')
  const { method = 'GET' } = asked
  return anHttpEvent({ method, path, query, headers, ...(body === '' ? {} : { body }) })
}

/** A house that has decided and granted a waiver; what it gave to others is kept as they would. */
async function liveOnOneMachine(): Promise<string> {
  const server = await startWrit(['--data', at('.writ'), '--no-sample'])
  writeFileSync(at('answer.json'), (await decide(server, example('deploy-denied'))).text)
  for (const name of ['deploy-allowed', 'access-allowed']) await decide(server, example(name))
  expect((await post(server, '/v1/waivers', aGrant(new Date()))).status).toBe(201)
  const store = openStore(at('.writ/writ.db'))
  await expect.poll(() => store.log.pending(1), { timeout: 60_000 }).toEqual([])
  await store.close()
  const { id } = JSON.parse(readFileSync(at('answer.json'), 'utf8'))
  await ended('prove', id, '--data', at('.writ'), '-o', at('old.tlog-proof'))
  await ended('monitor', '--data', at('.writ'), '--state', at('seen.checkpoint'))
  writeFileSync(at('trust.policy'), `log ${readFileSync(at('.writ/log.vkey'), 'utf8')}quorum none\n`) // prettier-ignore
  writeFileSync(at('receipts.vkey'), readFileSync(at('.writ/receipts.vkey')))
  expect((await operator.run(blocks[0] ?? '')).said).toContain('somebody has .writ/writ.db open')
  expect(await server.stop('SIGTERM')).toBe(0)
  mkdirSync(at('kept'))
  for (const name of ['log.key', 'receipts.key']) cpSync(at(`.writ/${name}`), at(`kept/${name}`))
  return id
}

async function ended(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await writ('audit', ...args)
  expect(code, `${out}${err}`).toBe(0)
  return out
}

const receipt = (file: string, ...more: readonly string[]) =>
  ended('receipt', 'verify', at(file), '--key', at('receipts.vkey'), ...more)

test('the ledger of a machine goes on in a deployment, and whoever trusted the machine needs nothing new', async () => {
  expect(blocks).toHaveLength(5)
  const [move = '', deploy = '', bring = '', look = '', end = ''] = blocks
  const policy = ['--policy', at('trust.policy')]
  const id = await liveOnOneMachine()
  expect(await operator.run(move)).toMatchObject({ code: 0, said: expect.stringContaining('Exported') }) // prettier-ignore

  expect(await operator.run(deploy)).toMatchObject({ code: 0 })
  kms = await startKms({ [kmsKeyId]: inKmsOf(movedLog().name) }) // prettier-ignore
  expect(await (await booted('seal')).invoke(aScheduledEvent())).toMatchObject(halted('Sealing waits')) // prettier-ignore
  expect(await operator.run(bring)).toMatchObject({ code: 0, said: expect.stringContaining('Imported 4 entries') }) // prettier-ignore
  expect(await operator.run(bring)).toMatchObject({ code: 3, said: expect.stringContaining('is not empty') }) // prettier-ignore

  s3 = await startS3('writ-bundles', filesIn(at('writ-bundles')))
  const decided = answerIn(
    await (await booted('decide')).invoke(posting('/v1/decisions', JSON.stringify(example('deploy-denied')))), // prettier-ignore
  )
  expect(decided.statusCode).toBe(200)
  writeFileSync(at('later.json'), decided.body)
  await sealed()
  const turning = await connected(await booted('read'))
  const looked = await operator.run(look.replace('http://127.0.0.1:7272', turning))
  expect(looked).toMatchObject({ code: 0, said: expect.stringContaining('Verified: 6 entries') })
  const checkpoint = await (await fetch(`${turning}/log/checkpoint`)).text()
  expect(signatureCount(checkpoint)).toBe(2)

  expect(await operator.run(end)).toMatchObject({ code: 0 })
  await (await booted('decide')).invoke(posting('/v1/decisions', JSON.stringify(example('access-allowed')))) // prettier-ignore
  await sealed()
  const url = await connected(await booted('read'))
  const asked = ['--server', url, '--tenant', 'local']
  expect(await ended('monitor', ...asked, '--state', at('seen.checkpoint'), ...policy)).toContain('more than before') // prettier-ignore
  expect(await ended('fsck', ...asked, ...policy)).toContain('8 entries')
  expect(await ended('verify', at('old.tlog-proof'), '--record', at('old.json'), ...policy)).toContain(id) // prettier-ignore
  await ended('prove', id, ...asked, '-o', at('new.tlog-proof'))
  await ended('verify', at('new.tlog-proof'), '--record', at('new.json'), ...policy)
  const { seal: _, ...record } = JSON.parse(readFileSync(at('old.json'), 'utf8'))
  expect(JSON.parse(readFileSync(at('new.json'), 'utf8'))).toMatchObject(record)
  for (const answer of ['answer.json', 'later.json']) await receipt(answer, ...asked, ...policy)
  expect(await ended('replay', ...asked, ...policy)).toContain('5 the same')
  const { items } = JSON.parse(await (await fetch(`${url}/v1/waivers`)).text())
  expect(items).toEqual([expect.objectContaining({ rule: 'deploy.freeze_window' })])
}, 240_000)

const mixedUp: readonly [string, 'decide' | 'seal', (given: Record<string, string>) => object, string][] = [
  ['the key of the log for that of the receipts', 'decide', ({ MovedLogKey }) => ({ WRIT_RECEIPT_KEY: MovedLogKey }), 'where one of'],
  ['the key of the receipts for that of the log', 'seal', ({ ReceiptKey }) => ({ WRIT_LOG_KEY: ReceiptKey }), 'where one of'],
  ['another machine’s key', 'seal', () => ({ WRIT_LOG_KEY: 'ab'.repeat(32) }), 'neither in KMS nor the key that began the log'],
  ['what is no key', 'decide', () => ({ WRIT_RECEIPT_KEY: 'PRIVATE+KEY+x' }), 'WRIT_RECEIPT_KEY must be'],
] // prettier-ignore
test.each(mixedUp)(
  '%s is refused at the start, and told to nobody',
  async (_, name, change, words) => {
    const secrets = ['log.key', 'receipts.key'].map((file) =>
      readFileSync(at(`kept/${file}`), 'utf8'),
    )
    const [MovedLogKey = '', ReceiptKey = ''] = secrets
    const env = { ...deployed(name), ...change({ MovedLogKey, ReceiptKey }) }
    const running = await boot(name, { built: at('built'), env })
    onTestFinished(() => running.stop())
    expect(running.initError).toMatchObject({ errorMessage: expect.stringContaining(words) })
    for (const secret of secrets)
      expect(running.lines().join()).not.toContain(secret.slice(-20, -1))
  },
)
