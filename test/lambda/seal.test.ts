import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tableNames } from '@writ/dynamo'
import {
  ed25519Signer,
  findHandovers,
  followKeys,
  readCheckpoint,
  readLeaf,
  readNote,
  signatureCount,
  writeVerifierKey,
} from '@writ/ledger'
import { receiptKeyName } from '@writ/service'
import { aLogSigner, anEntry } from '@writ/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { buildFunctions } from '../../tools/functions.ts'
import { kmsKeyId, kmsKeys, publicKeyText, refuse, startKms, type Kms } from '../aws/kms.ts'
import { askDynamo, freshStore, startDynalite, type Running } from '../store/dynamo.ts'
import { leavesOf } from '../store/sealers.ts'
import { aScheduledEvent, aStreamRecord } from './events.ts'
import { boot, type Booted } from './runtime.ts'

const built = mkdtempSync(join(tmpdir(), 'writ-seal-'))
const nextKeyId = `${kmsKeyId}-next`
const nextSigner = ed25519Signer(aLogSigner.key.name, new Uint8Array(32).fill(11))
let dynamo: Running
let kms: Kms
beforeAll(async () => {
  await buildFunctions(built)
  dynamo = await startDynalite()
  kms = await startKms({ [kmsKeyId]: aLogSigner, [nextKeyId]: nextSigner })
})
afterAll(async () => {
  await dynamo.stop()
  await kms.stop()
  rmSync(built, { recursive: true, force: true })
})

let tables = tableNames('none')
let store: Awaited<ReturnType<typeof freshStore>>
let made = 0
beforeEach(async () => {
  made += 1
  tables = tableNames(`writ-${made}`)
  store = await freshStore(dynamo.endpoint, { tables })
  kms.fails = () => false
})
afterEach(() => store.close())

async function booted(over: Record<string, string> = {}): Promise<Booted> {
  const env = {
    ...kmsKeys,
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    AWS_ENDPOINT_URL_KMS: kms.endpoint,
    ...Object.fromEntries(
      Object.entries(tables).map(([name, table]) => [`WRIT_${name.toUpperCase()}_TABLE`, table]),
    ),
    WRIT_TENANT: 'acme',
    WRIT_LOG: aLogSigner.key.name,
    WRIT_LOG_KEY: kmsKeyId,
    WRIT_LOG_PUBLIC_KEY: publicKeyText(aLogSigner),
    ...over,
  }
  const seal = await boot('seal', { built, env, timeoutMs: 60_000 })
  onTestFinished(() => seal.stop())
  return seal
}

/** What a function has told CloudWatch under this name, one value after the other. */
function metric(seal: Booted, name: string): readonly number[] {
  const told = seal
    .lines()
    .flatMap((line) => (line.includes(`"${name}":`) ? [JSON.parse(line)[name]] : []))
  return told.flat()
}

const done = { ok: true, value: { batchItemFailures: [] } }

test('by the clock, all that waits is sealed and signed by the key in KMS; nothing waits, nothing is signed', async () => {
  const { records, log } = store
  const entries = Array.from({ length: 300 }, () => anEntry())
  await Promise.all(entries.map((entry) => records.append(entry)))
  const seal = await booted()
  expect(await seal.invoke(aScheduledEvent())).toEqual(done)
  expect(await leavesOf(log, writeVerifierKey(aLogSigner.key))).toHaveLength(300)
  await expect.poll(() => metric(seal, 'OldestUnsealed')).toEqual([0])
  expect(metric(seal, 'Sealed').reduce((sum, each) => sum + each)).toBe(300)
  const signed = kms.signed()
  expect(await seal.invoke(aScheduledEvent())).toEqual(done)
  expect(kms.signed()).toBe(signed)
})

test('while KMS does not sign, the function fails and says how long the oldest entry has waited; then it goes on', async () => {
  const { records, log } = store
  await records.append(anEntry({ at: new Date(Date.now() - 200_000).toISOString() }))
  const seal = await booted()
  kms.fails = (response) => refuse(response, 400, 'KMSInvalidStateException')
  expect((await seal.invoke(aScheduledEvent())).ok).toBe(false)
  await expect.poll(() => metric(seal, 'OldestUnsealed')[0]).toBeGreaterThan(150_000)
  expect(seal.lines().join('\n')).toContain('KMSInvalidStateException')
  kms.fails = () => false
  expect(await seal.invoke(aScheduledEvent())).toEqual(done)
  expect(await leavesOf(log, writeVerifierKey(aLogSigner.key))).toHaveLength(1)
})

test('a log that was brought back from a backup without what its signer remembers halts, and signs nothing', async () => {
  const { records } = store
  await records.append(anEntry())
  const seal = await booted()
  expect(await seal.invoke(aScheduledEvent())).toEqual(done)
  const { Items = [] } = await askDynamo(dynamo.endpoint, 'Scan', { TableName: tables.log })
  await records.append(anEntry())
  expect(await seal.invoke(aScheduledEvent())).toEqual(done)
  for (const Item of Items)
    await askDynamo(dynamo.endpoint, 'PutItem', { TableName: tables.log, Item })
  await records.append(anEntry())
  const signed = kms.signed()
  expect(await seal.invoke(aScheduledEvent())).toMatchObject({
    ok: false,
    value: { errorMessage: expect.stringContaining('Sealing has halted') },
  })
  expect(kms.signed()).toBe(signed)
})

test('frozen in the middle of a round, it finishes what another sealer has finished meanwhile, and nothing is doubled', async () => {
  const { records, log } = store
  for (let n = 0; n < 40; n += 1) await records.append(anEntry())
  const [slow, quick] = [await booted(), await booted()]
  let isFrozen: Promise<void> | null = null
  kms.fails = () => {
    isFrozen ??= slow.freeze()
    return false
  }
  const invoked = slow.invoke(aScheduledEvent())
  await expect.poll(() => isFrozen, { timeout: 30_000 }).not.toBeNull()
  kms.fails = () => false
  await records.append(anEntry())
  expect(await quick.invoke(aScheduledEvent())).toEqual(done)
  slow.thaw()
  await invoked
  expect(await quick.invoke(aScheduledEvent())).toEqual(done)
  expect(await leavesOf(log, writeVerifierKey(aLogSigner.key))).toHaveLength(41)
})

test('its key turns: the next one in KMS is announced in the log, both sign, and then the next one alone', async () => {
  const { records, log } = store
  const sealed = async (over: Record<string, string> = {}): Promise<string> => {
    await records.append(anEntry())
    const seal = await booted(over)
    expect(await seal.invoke(aScheduledEvent())).toEqual(done)
    return (await log.checkpoint()) ?? ''
  }
  const next = { WRIT_LOG_NEXT_KEY: nextKeyId, WRIT_LOG_NEXT_PUBLIC_KEY: publicKeyText(nextSigner) }
  const alone = { WRIT_LOG_KEY: nextKeyId, WRIT_LOG_PUBLIC_KEY: publicKeyText(nextSigner) }
  expect(signatureCount(await sealed())).toBe(1)
  const early = await booted(alone)
  expect(await early.invoke(aScheduledEvent())).toMatchObject({
    ok: false,
    value: { errorMessage: expect.stringContaining('is not signed by') },
  })
  expect(signatureCount(await sealed(next))).toBe(2)
  expect(signatureCount(await sealed(next))).toBe(2)
  expect(signatureCount(await sealed(alone))).toBe(1)
  const leaves = await leavesOf(log, writeVerifierKey(nextSigner.key))
  const announced = leaves.flatMap((leaf) => readLeaf(leaf).announces ?? [])
  expect(announced).toEqual([
    { log: aLogSigner.key.name, from: aLogSigner.key, to: nextSigner.key },
  ])
})

test('the key of the receipts turns: the log announces it once, signed by both, and whoever has the first follows', async () => {
  const { log } = store
  const name = receiptKeyName(aLogSigner.key.name)
  const [from, to] = [1, 2].map((number) => ed25519Signer(name, new Uint8Array(32).fill(number)))
  if (from === undefined || to === undefined) throw new Error('two were made')
  const turning = { WRIT_RECEIPT_KEY: '01'.repeat(32), WRIT_RECEIPT_NEXT_KEY: '02'.repeat(32) }
  for (let times = 0; times < 2; times += 1) {
    const seal = await booted(turning)
    expect(await seal.invoke(aScheduledEvent())).toEqual(done)
    expect(await seal.invoke(aScheduledEvent())).toEqual(done)
  }
  const leaves = await leavesOf(log, writeVerifierKey(aLogSigner.key))
  const announced = leaves.flatMap((leaf) => readLeaf(leaf).announces ?? [])
  expect(announced).toEqual([{ log: aLogSigner.key.name, from: from.key, to: to.key }])
  const head = readCheckpoint(readNote((await log.checkpoint()) ?? '').text)
  const handovers = await findHandovers((path) => log.file(path), head.size)
  expect(followKeys([from.key], head, handovers)).toEqual([from.key, to.key])
})

test('it takes no records of a stream, and refuses to start without its key', async () => {
  const seal = await booted()
  expect(await seal.invoke({ Records: [aStreamRecord('1', {})] })).toEqual({
    ok: true,
    value: { batchItemFailures: [{ itemIdentifier: '1' }] },
  })
  const { initError } = await booted({ WRIT_LOG_PUBLIC_KEY: 'AAAA' })
  expect(initError).toMatchObject({
    errorMessage: expect.stringContaining('WRIT_LOG_PUBLIC_KEY must be an Ed25519 public key'),
  })
  const half = await booted({ WRIT_LOG_NEXT_KEY: nextKeyId })
  expect(half.initError).toMatchObject({ errorMessage: expect.stringContaining('go together') })
  const unlike = await booted({ WRIT_RECEIPT_KEY: '01'.repeat(32) })
  expect(unlike.initError).toMatchObject({ errorMessage: expect.stringContaining('go together') })
})

test('it stays small', () => {
  expect(statSync(join(built, 'seal', 'index.mjs')).size).toBeLessThan(170_000)
})
