import {
  digestOf,
  ed25519Signer,
  isReceiptOf,
  leafHashOf,
  takeReceipt,
  verifyReceipt,
  withMember,
  writeReceipt,
} from '@writ/ledger'
import { createSignReceipt } from '@writ/service'
import { anEntry, aReceiptSigner, signReceipt } from '@writ/testkit'
import { describe, expect, test } from 'vitest'

const keys = [aReceiptSigner.key]
const answer = '{"id":"dec_1","decision":false,"message":"größer als 1e3 — “nein”","n":1.50}'

describe('a receipt', () => {
  test('is verified by its key alone, and names the leaf, the answer and the instant', async () => {
    const entry = anEntry({ id: 'dec_1', at: '2026-11-25T10:00:00.000Z' })
    const note = await signReceipt(entry, answer)
    expect(note.split('\n').slice(0, 6)).toEqual([
      'writ.receipt/v1',
      'example.com/log',
      'dec_1',
      Buffer.from(leafHashOf(entry.leaf)).toString('base64'),
      digestOf(answer),
      '2026-11-25T10:05:00.000Z',
    ])
    expect(verifyReceipt(note, keys)).toMatchObject({
      status: 'verified',
      receipt: { log: 'example.com/log', id: 'dec_1', leafHash: leafHashOf(entry.leaf) },
    })
    expect(await signReceipt(entry, answer)).toBe(note)
  })

  test('is unproven where its key is not known, and refuted where a known key has not signed it', async () => {
    const note = await signReceipt(anEntry({ id: 'dec_1' }), answer)
    const other = ed25519Signer('example.com/log/receipts', new Uint8Array(32).fill(9))
    expect(verifyReceipt(note, [other.key]).status).toBe('unproven')
    const forged = note.replace('dec_1', 'dec_2')
    expect(verifyReceipt(forged, keys).status).toBe('refuted')
  })

  test('with any byte changed is not verified', async () => {
    const bytes = Buffer.from(await signReceipt(anEntry({ id: 'dec_1' }), answer))
    for (const [at, byte] of bytes.entries())
      for (const bit of [1, 0x20, 0x80]) {
        const changed = Buffer.from(bytes)
        changed[at] = byte ^ bit
        expect(statusOf(changed.toString('utf8')), `byte ${at}`).not.toBe('verified')
      }
  })

  test('lies in the answer as its last member, and is taken out of it, also after somebody has laid it out anew', () => {
    const text = withMember(answer, 'receipt', 'a note\n\n— by “me”\n')
    expect(takeReceipt(text)).toEqual({
      answer: answer.replace('1.50', '1.5'),
      receipt: 'a note\n\n— by “me”\n',
    })
    expect(takeReceipt(JSON.stringify(JSON.parse(text), null, 2))).toEqual(takeReceipt(text))
    expect(text.startsWith(answer.slice(0, -1))).toBe(true)
    expect(takeReceipt(withMember(text, 'proof', null))).toEqual(takeReceipt(text))
    for (const none of ['{}', 'null', '[]', '{"receipt":1}']) expect(takeReceipt(none)).toBeNull()
  })

  test('is of one answer only', async () => {
    const given = '{"id":"dec_1","decision":false}'
    const verified = verifyReceipt(await signReceipt(anEntry(), given), keys)
    if (verified.status !== 'verified') throw new Error(verified.reason)
    expect(isReceiptOf(verified.receipt, given)).toBe(true)
    expect(isReceiptOf(verified.receipt, given.replace('false', 'true'))).toBe(false)
  })

  test.each([
    ['another form', (note: string) => note.replace('receipt/v1', 'receipt/v2')],
    ['a line more', (note: string) => note.replace('example.com/log\n', 'example.com/log\nmore\n')],
    ['a hash that is cut', (note: string) => note.replace(/^[A-Za-z0-9+/]{43}=$/m, 'AAAA')],
    ['a digest of another kind', (note: string) => note.replace('sha256:', 'sha512:')],
    ['an instant that is none', (note: string) => note.replace('T10:', 'T25:')],
  ])('with %s is malformed', async (_, changed) => {
    const receipt = { log: 'example.com/log', id: 'dec_1', leafHash: leafHashOf(new Uint8Array()), answer: digestOf(answer), sealedBy: '2026-11-25T10:05:00.000Z' } // prettier-ignore
    const note = await writeReceipt(receipt, aReceiptSigner)
    expect(() => verifyReceipt(changed(note), keys)).toThrow(
      expect.objectContaining({ code: 'log-malformed' }),
    )
  })

  test('is never signed by the key of a log: who decides cannot sign a checkpoint', () => {
    const log = ed25519Signer('example.com/log', new Uint8Array(32).fill(1))
    expect(() => createSignReceipt(() => log)).toThrow(/signs no receipts/)
  })
})

function statusOf(note: string): string {
  try {
    return verifyReceipt(note, keys).status
  } catch {
    return 'malformed'
  }
}
