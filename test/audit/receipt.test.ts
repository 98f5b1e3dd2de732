import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { takeReceipt } from '@writ/ledger'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writ } from './desk.ts'
import { openAudited, policyLines, receiptKeyLine, scratchFolder } from './house.ts'
import { served } from './served.ts'

const scratch = scratchFolder()
afterAll(scratch.remove)

const [data, policy, key, kept] = ['data', 'trust.policy', 'receipts.vkey', 'kept'].map(
  scratch.path,
) as [string, string, string, string]
const answer = `${kept}/answer.json`

beforeAll(async () => {
  mkdirSync(data)
  mkdirSync(kept)
  writeFileSync(policy, policyLines)
  writeFileSync(key, receiptKeyLine)
  const house = openAudited(data)
  await house.decide(260)
  writeFileSync(answer, await house.answer())
  writeFileSync(`${kept}/receipt`, takeReceipt(await house.answer())?.receipt ?? '')
  await house.sealAll()
  await house.close()
})

const verify = (path: string, ...where: readonly string[]) =>
  writ('audit', 'receipt', 'verify', path, '--key', key, ...where)

describe('a receipt', () => {
  const forms: readonly [string, (text: string) => string][] = [
    ['in the answer as it came', (text) => text],
    [
      'in an answer that a tool has printed anew',
      (text) => JSON.stringify(JSON.parse(text), null, 2),
    ],
    ['alone', (text) => takeReceipt(text)?.receipt ?? ''],
  ]
  test.each(forms)('%s is verified by its key', async (_, form) => {
    const path = scratch.path('form')
    writeFileSync(path, form(readFileSync(answer, 'utf8')))
    const { code, out } = await verify(path)
    expect([code, out]).toEqual([0, expect.stringContaining('Verified: the receipt of dec_')])
    expect(await verify(path, '--data', data, '--policy', policy)).toMatchObject({
      code: 0,
      out: expect.stringContaining('receipts sealed 1'),
    })
  })

  test('of which any byte was changed, or of whose answer, is not', async () => {
    const text = readFileSync(answer)
    const path = scratch.path('changed')
    for (const at of text.keys()) {
      const changed = Buffer.from(text)
      changed[at] = (text[at] ?? 0) ^ (1 << (at % 5))
      writeFileSync(path, changed)
      if ((await verify(path)).code === 0) expect.fail(`byte ${at} can be changed`)
    }
  }, 120_000)

  test('that another key has signed proves nothing', async () => {
    const other = scratch.path('other.vkey')
    writeFileSync(other, 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\n')
    const { code, out } = await writ('audit', 'receipt', 'verify', answer, '--key', other)
    expect([code, out]).toEqual([2, expect.stringContaining('no key that is trusted here')])
  })

  test('of an answer that says something else refutes it', async () => {
    const path = scratch.path('allowed.json')
    writeFileSync(path, readFileSync(answer, 'utf8').replace('"decision":false', '"decision":true'))
    const { code, out } = await verify(path)
    expect([code, out]).toEqual([1, expect.stringContaining('the answer is not the one')])
    expect(out).toContain('writ.receipt/v1')
  })
})

describe('a monitor that has receipts', () => {
  const state = scratch.path('state')
  const monitor = (where: readonly string[]) =>
    writ('audit', 'monitor', ...where, '--policy', policy, '--state', state, '--receipts', kept, '--key', key) // prettier-ignore

  test('finds their records in a house and in a service, and waits for those that have time', async () => {
    expect(await monitor(['--data', data])).toMatchObject({
      code: 0,
      out: expect.stringContaining('receipts sealed 2'),
    })
    const house = openAudited(data, 1)
    const service = await served(house.store)
    writeFileSync(`${kept}/new.json`, await house.answer())
    const { code, out } = await monitor(['--server', service.url])
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/receipts sealed 2\n {2}receipts waiting 1/),
    ])
    rmSync(`${kept}/new.json`)
    await Promise.all([service.close(), house.close()])
  })

  test('prints the receipt and the checkpoint when a promised record never came into the log', async () => {
    mkdirSync(scratch.path('a store that was lost'))
    const lost = openAudited(scratch.path('a store that was lost'))
    writeFileSync(`${kept}/lost.json`, await lost.answer())
    await lost.close()
    const receipt = takeReceipt(readFileSync(`${kept}/lost.json`, 'utf8'))?.receipt ?? ''
    for (const { code, out } of [
      await monitor(['--data', data]),
      await verify(`${kept}/lost.json`, '--data', data, '--policy', policy),
    ]) {
      expect([code, out]).toEqual([1, expect.stringContaining('has no record as it was promised')])
      expect(out.replaceAll(/^ {2}/gm, '')).toContain(receipt.trimEnd())
      expect(out).toContain('  writ.example/log\n  262\n')
    }
    rmSync(`${kept}/lost.json`)
  })

  test('says whose file is no receipt, and asks for the key', async () => {
    writeFileSync(`${kept}/notes.txt`, 'hello')
    expect(await monitor(['--data', data])).toMatchObject({
      code: 2,
      err: expect.stringContaining('This is no'),
    })
    rmSync(`${kept}/notes.txt`)
    const keyless = await writ('audit', 'monitor', '--data', data, '--state', state, '--receipts', kept) // prettier-ignore
    expect([keyless.code, keyless.err]).toEqual([3, expect.stringContaining('--key FILE')])
  })
})
