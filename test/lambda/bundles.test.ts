import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTables, tableNames } from '@writ/dynamo'
import { openKeptBundle } from '@writ/engine'
import { aLogSigner } from '@writ/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildFunctions } from '../../tools/functions.ts'
import { kmsKeys, publicKeyText } from '../aws/kms.ts'
import { startS3, type S3 } from '../aws/s3.ts'
import { clientOf, startDynalite, type Running } from '../store/dynamo.ts'
import { anHttpEvent, answerIn, apiHost } from './events.ts'
import { boot, type Booted } from './runtime.ts'

const built = mkdtempSync(join(tmpdir(), 'writ-bundles-'))
const tables = tableNames('writ')
let dynamo: Running
let s3: S3
let read: Booted
/** What decided before, as a deployment of it has left it in the bucket; the function itself has it no more. */
const earlier = new Map<string, Uint8Array>()
beforeAll(async () => {
  await buildFunctions(built)
  const kept = join(built, 'read', 'bundles')
  for (const path of globSync('**/*.{json,wasm}', { cwd: kept }))
    earlier.set(path, readFileSync(join(kept, path)))
  rmSync(kept, { recursive: true })
  dynamo = await startDynalite()
  await createTables(clientOf(dynamo.endpoint), tables)
  s3 = await startS3('writ-kept', earlier)
  read = await boot('read', { built, env: environment() })
})
afterAll(async () => {
  await read.stop()
  await s3.stop()
  await dynamo.stop()
  rmSync(built, { recursive: true, force: true })
})

const environment = (): Record<string, string> => ({
  ...kmsKeys,
  AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
  AWS_ENDPOINT_URL_S3: s3.endpoint,
  ...Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [`WRIT_${name.toUpperCase()}_TABLE`, table]),
  ),
  WRIT_TENANT: 'acme',
  WRIT_HOSTS: apiHost,
  WRIT_CURSOR_KEY: '07'.repeat(32),
  WRIT_LOG: aLogSigner.key.name,
  WRIT_LOG_PUBLIC_KEY: publicKeyText(aLogSigner),
  WRIT_RECEIPT_KEY: '02'.repeat(32),
  WRIT_BUNDLES_BUCKET: 'writ-kept',
})

const asked = async (path: string) =>
  answerIn(await read.invoke(anHttpEvent({ path: `/v1/bundles/${path}` })))

test('a bundle that decided before is given away from where it is kept, and opens by the digests that a record names', async () => {
  const [manifest = ''] = [...earlier.keys()].filter((path) => path.endsWith('/manifest.json'))
  const [data = ''] = [...earlier.keys()].filter((path) => path.startsWith('data/'))
  const name = {
    digest: `sha256:${manifest.split('/')[0]}`,
    dataDigest: `sha256:${/data\/(\w+)/.exec(data)?.[1]}`,
  }
  const opened = await openKeptBundle(async (path) => {
    const { statusCode, bytes } = await asked(path)
    return statusCode === 200 ? bytes : null
  }, name)
  expect(opened?.name.digest).toBe(name.digest)
  expect(s3.asked()).toContain(`/writ-kept/${manifest}`)
})

test('what was never kept is unknown; while nobody can tell, that is what is said; and no other object is asked for', async () => {
  expect((await asked(`${'00'.repeat(32)}/deploy.wasm`)).statusCode).toBe(404)
  const before = s3.asked().length
  expect((await asked('..%2Fsecrets.json')).statusCode).toBe(404)
  expect(s3.asked()).toHaveLength(before)
  s3.fails = (response) => {
    response.writeHead(500).end()
    return true
  }
  const [path = ''] = earlier.keys()
  expect((await asked(path)).statusCode).toBe(503)
})
