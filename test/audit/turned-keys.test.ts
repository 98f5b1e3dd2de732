import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { ed25519Signer, readProofFile, takeReceipt, writeVerifierKey } from '@writ/ledger'
import { neededBefore } from '@writ/service'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writ } from './desk.ts'
import {
  openAudited,
  policyLines,
  receiptKeyLine,
  receiptSigner,
  scratchFolder,
  signer,
  type AuditedHouse,
} from './house.ts'
import { served } from './served.ts'

const scratch = scratchFolder()
afterAll(scratch.remove)

const log = signer.key.name
const next = ed25519Signer(log, new Uint8Array(32).fill(21))
const nextReceipts = ed25519Signer(receiptSigner.key.name, new Uint8Array(32).fill(22))

const [data, policy, newPolicy, key, state] = ['data', 'trust.policy', 'new.policy', 'receipts.vkey', 'seen'].map(scratch.path) as [string, string, string, string, string] // prettier-ignore
const [answer, during] = [scratch.path('answer.json'), scratch.path('during.checkpoint')]

let house: AuditedHouse
let id = ''

beforeAll(async () => {
  mkdirSync(data)
  writeFileSync(policy, policyLines)
  writeFileSync(newPolicy, `log ${writeVerifierKey(next.key)}\nquorum none\n`)
  writeFileSync(key, receiptKeyLine)
  house = openAudited(data)
  await house.decide(250)
  await house.sealAll()
  await writ('audit', 'monitor', '--data', data, '--state', state, '--policy', policy)
  const turning = { current: signer, next }
  house.signWith(turning)
  await house.turns.announce({ log, from: receiptSigner, to: nextReceipts })
  expect(await neededBefore(house.store.log, 'acme', turning)).toMatch(
    /does not have the announcement/,
  )
  await house.sealAll()
  expect(await neededBefore(house.store.log, 'acme', turning)).toBeNull()
  writeFileSync(during, (await house.store.log.checkpoint()) ?? '')
  house.signWith({ current: next, next: null }, nextReceipts)
  ;[id = ''] = await house.decide(20)
  writeFileSync(answer, await house.answer())
  await house.sealAll()
  return () => house.close()
})

test('a checkpoint between is signed by both keys, and one after it by the new one alone', async () => {
  const signers = (note: string): number =>
    note.split('\n').filter((line) => line.startsWith('— ')).length
  expect(signers(readFileSync(during, 'utf8'))).toBe(2)
  expect(signers((await house.store.log.checkpoint()) ?? '')).toBe(1)
})

describe('who trusts the old key alone follows to the new one', () => {
  const trusting = (file: string) => ['--policy', file] as const

  test('over a store and an export of it', async () => {
    const folder = scratch.path('export')
    await writ('audit', 'export', folder, '--data', data)
    for (const file of [policy, newPolicy]) {
      expect(await writ('audit', 'fsck', '--data', data, ...trusting(file))).toMatchObject({
        code: 0,
      })
      expect(await writ('audit', 'fsck', folder, ...trusting(file))).toMatchObject({ code: 0 })
    }
  })

  test('with a proof, offline, wherever it is from', async () => {
    const service = await served(house.store, {
      logKey: { tenant: 'acme', key: () => next.key },
    })
    for (const where of [
      ['--data', data],
      ['--server', service.url, '--tenant', 'acme'],
    ]) {
      const [proof, record] = [scratch.path('d.tlog-proof'), scratch.path('d.json')]
      await writ('audit', 'prove', id, ...where, '--output', proof)
      for (const file of [policy, newPolicy])
        expect(
          await writ('audit', 'verify', proof, '--record', record, ...trusting(file)),
        ).toMatchObject({ code: 0 })
      const { extra } = readProofFile(readFileSync(proof, 'utf8'))
      const without = readFileSync(proof, 'utf8').replace(/^extra .*\n/m, '')
      expect([extra === null, without.length < 2048]).toEqual([false, true])
      writeFileSync(proof, without)
      expect(
        await writ('audit', 'verify', proof, '--record', record, ...trusting(policy)),
      ).toMatchObject({ code: 2, out: expect.stringContaining('no log that the policy names') })
      rmSync(proof)
      rmSync(record)
    }
    await service.close()
  })

  test('watching, from what was seen before the turn', async () => {
    const { code, out } = await writ('audit', 'monitor', '--data', data, '--state', state, ...trusting(policy)) // prettier-ignore
    expect([code, out]).toEqual([0, expect.stringContaining('more than before')])
  })

  test('holding a receipt of the new key, with the log at hand', async () => {
    const verify = (...where: readonly string[]) =>
      writ('audit', 'receipt', 'verify', answer, '--key', key, ...where)
    expect(await verify()).toMatchObject({
      code: 2,
      out: expect.stringContaining('no key that is trusted here'),
    })
    expect(await verify('--data', data, ...trusting(policy))).toMatchObject({
      code: 0,
      out: expect.stringContaining('receipts sealed 1'),
    })
    const kept = scratch.path('kept')
    mkdirSync(kept)
    writeFileSync(`${kept}/one`, takeReceipt(readFileSync(answer, 'utf8'))?.receipt ?? '')
    expect(await writ('audit', 'monitor', '--data', data, '--state', state, ...trusting(policy), '--receipts', kept, '--key', key)).toMatchObject({ code: 0 }) // prettier-ignore
  })
})

test('a key that nobody announced seals nothing here', async () => {
  const stranger = ed25519Signer(log, new Uint8Array(32).fill(23))
  house.signWith({ current: stranger, next: null })
  await house.decide(1)
  await expect(house.sealAll()).rejects.toMatchObject({
    code: 'log-halted',
    message: expect.stringContaining('is not signed by'),
  })
  // The one before it is the past: whoever signs with it knows nothing of the turn.
  house.signWith({ current: signer, next: null })
  await expect(house.sealAll()).rejects.toMatchObject({ code: 'log-halted' })
  house.signWith({ current: next, next: null })
  await house.sealAll()
})
