import {
  checkLog,
  ed25519Signer,
  readTrustPolicy,
  signed,
  writeCheckpoint,
  writeNote,
  writeVerifierKey,
} from '@writ/ledger'
import { beforeAll, describe, expect, test } from 'vitest'
import { memoryLog } from './log.ts'
import { bytes, leaf } from './vectors.ts'

const signer = ed25519Signer('example.com/log', new Uint8Array(32).fill(1))
const policy = readTrustPolicy(`log ${writeVerifierKey(signer.key)}\nquorum none\n`)

/** Every file of a log, its checkpoint among them. */
async function filesOf(size: number): Promise<Map<string, Uint8Array>> {
  const log = memoryLog()
  const { root } = await log.append(Array.from({ length: size }, (_, index) => leaf(index)))
  const text = writeCheckpoint({ origin: 'example.com/log', size, root })
  const checkpoint = bytes(writeNote(await signed(text, signer)))
  return new Map([...log.files, ['checkpoint', checkpoint]])
}

function check(files: ReadonlyMap<string, Uint8Array>) {
  return checkLog({ policy, readFile: async (path) => files.get(path) ?? null })
}

test.each([0, 1, 255, 256, 257, 513, 65_536, 66_000])(
  'a log of %i entries is whole, and each is seen once, in order',
  async (size) => {
    const files = await filesOf(size)
    let seen = 0
    const found = await checkLog({
      policy,
      readFile: async (path) => files.get(path) ?? null,
      onEntries: async (first, entries) => {
        expect(first).toBe(seen)
        expect(entries[0]).toEqual(leaf(first))
        seen += entries.length
        return null
      },
    })
    expect([found.status, seen]).toEqual(['verified', size])
  },
)

describe('of a log that was touched', () => {
  let whole: Map<string, Uint8Array>
  beforeAll(async () => {
    whole = await filesOf(258)
  })

  test('each file is missed by its name', async () => {
    expect(whole.size).toBe(6)
    for (const path of whole.keys()) {
      const files = new Map(whole)
      files.delete(path)
      expect(await check(files)).toEqual({ status: 'unproven', reason: `${path} is missing` })
    }
  })

  test('every byte that is changed is noticed, in whatever file', async () => {
    const small = await filesOf(3)
    for (const [path, content] of small)
      for (const at of content.keys())
        for (const mask of [1, 0x20, 0x80]) {
          const changed = content.map((byte, place) => (place === at ? byte ^ mask : byte))
          const { status } = await check(new Map([...small, [path, changed]]))
          expect([path, at, mask, status === 'verified']).toEqual([path, at, mask, false])
        }
  }, 120_000)

  const touched: readonly [string, string, (content: Uint8Array) => Uint8Array, string][] = [
    ['a byte of an entry', 'tile/entries/000', (c) => c.with(2, 9), 'tile/0/000 is not what the entries hash to'],
    ['an entry too many', 'tile/entries/001.p/2', (c) => Buffer.concat([c, Uint8Array.of(0, 0)]), 'tile/entries/001.p/2 has 3 entries where 2 belong'],
    ['an entry cut off', 'tile/entries/001.p/2', (c) => c.slice(0, -1), 'This is no entry bundle: an entry is cut off'],
    ['a hash of a tile', 'tile/0/001.p/2', (c) => c.with(40, 9), 'tile/0/001.p/2 is not what the entries hash to'],
    ['a hash of a level above', 'tile/1/000.p/1', (c) => c.with(0, 9), 'tile/1/000.p/1 is not what the entries hash to'],
    ['a hash too many', 'tile/1/000.p/1', (c) => Buffer.concat([c, c]), 'tile/1/000.p/1 is not what the entries hash to'],
    ['a byte that is not UTF-8', 'checkpoint', (c) => c.with(0, 0xff), 'the checkpoint is not UTF-8'],
    ['a false signature', 'checkpoint', (c) => bytes(new TextDecoder().decode(c).replace('\n258\n', '\n257\n')), 'the signature of example.com/log under the checkpoint is false'],
  ] // prettier-ignore
  test.each(touched)('%s is refuted by name', async (_, path, touch, reason) => {
    const files = new Map([...whole, [path, touch(whole.get(path)!)]])
    expect(await check(files)).toEqual({ status: 'refuted', reason })
  })

  test('a checkpoint that is none contradicts nothing', async () => {
    const files = new Map([...whole, ['checkpoint', bytes('')]])
    expect(await check(files)).toMatchObject({
      status: 'unproven',
      reason: expect.stringMatching(/^the checkpoint is none: This is no note/),
    })
  })

  test('a history that is whole, and not the one that was signed, is refuted', async () => {
    const other = memoryLog()
    await other.append(Array.from({ length: 258 }, (_, index) => leaf(index + 1)))
    const files = new Map([...other.files, ['checkpoint', whole.get('checkpoint')!]])
    expect(await check(files)).toMatchObject({
      status: 'refuted',
      reason: expect.stringContaining('another root'),
    })
  })

  test('a log that nobody trusts is unproven', async () => {
    const stranger = ed25519Signer('example.com/log', new Uint8Array(32).fill(2))
    const others = readTrustPolicy(`log ${writeVerifierKey(stranger.key)}\nquorum none\n`)
    const found = await checkLog({
      policy: others,
      readFile: async (path) => whole.get(path) ?? null,
    })
    expect(found.status).toBe('unproven')
  })

  test('a disk that fails is not taken for an answer', async () => {
    const readFile = (): Promise<never> => Promise.reject(new Error('EIO'))
    await expect(checkLog({ policy, readFile })).rejects.toThrow('EIO')
  })
})
