import {
  checkLog,
  ed25519Signer,
  findHandovers,
  followingPolicy,
  leafHashOf,
  readAnnouncement,
  readLeaf,
  readTree,
  readTrustPolicy,
  sealable,
  signed,
  tilePath,
  verifyCheckpoint,
  verifyProof,
  writeAnnouncement,
  writeCheckpoint,
  writeHandovers,
  writeNote,
  writeProofFile,
  writeVerifierKey,
  type Signer,
  type Turning,
} from '@writ/ledger'
import { noFacets } from '@writ/service'
import { describe, expect, test } from 'vitest'
import { memoryLog } from './log.ts'
import { bytes, leaf } from './vectors.ts'

const log = 'example.com/log'
const key = (fill: number, name = log): Signer => ed25519Signer(name, new Uint8Array(32).fill(fill))
const [first, second, third] = [key(1), key(2), key(3)]
const trusting = (...signers: readonly Signer[]) =>
  readTrustPolicy(
    `${signers.map((one) => `log ${writeVerifierKey(one.key)}\n`).join('')}quorum none\n`,
  )

function entryOf(announces: string): Uint8Array {
  return sealable({
    tenant: 'acme',
    id: `key_${announces.length}`,
    at: '2026-01-01T00:00:00.000Z',
    type: 'key',
    requestDigest: `sha256:${'0'.repeat(64)}`,
    facets: noFacets,
    statement: { announces },
    body: { salt: new Uint8Array(32), content: bytes('{}') },
  }).leaf
}

const turn = async (over: Partial<Turning> = {}): Promise<Uint8Array> =>
  entryOf(await writeAnnouncement({ log, from: first, to: second, ...over }))

/** A log with these entries among 300 others, whose head is signed by these keys: its files. */
async function aLog(entries: readonly Uint8Array[], by: readonly Signer[]) {
  const held = memoryLog()
  const others = Array.from({ length: 300 }, (_, index) => leaf(index))
  const all = [...others.slice(0, 290), ...entries, ...others.slice(290)]
  const { root } = await held.append(all)
  const text = writeCheckpoint({ origin: log, size: all.length, root })
  const notes = await Promise.all(by.map((signer) => signed(text, signer)))
  const note = writeNote({ text, signatures: notes.flatMap(({ signatures }) => signatures) })
  const files = new Map([...held.files, ['checkpoint', bytes(note)]])
  return { note, size: all.length, readFile: async (path: string) => files.get(path) ?? null }
}

describe('of a log that is signed by a key which the policy does not name', () => {
  const cases: readonly [string, () => Promise<readonly Uint8Array[]>, Signer, 'verified' | 'unproven'][] = [
    ['that nobody announced', async () => [], second, 'unproven'],
    ['that the trusted one announced', async () => [await turn()], second, 'verified'],
    ['that one announced which the trusted one announced', async () => [await turn(), await turn({ from: second, to: third })], third, 'verified'],
    ['the same, in the other order', async () => [await turn({ from: second, to: third }), await turn()], third, 'verified'],
    ['that one announced which is not trusted', async () => [await turn({ from: third })], second, 'unproven'],
    ['that was announced for another log', async () => [await turn({ log: 'other.example/log' })], second, 'unproven'],
    ['that was announced under another name', async () => [await turn({ from: key(1, 'x'), to: key(2, 'x') })], second, 'unproven'],
  ] // prettier-ignore
  test.each(cases)('%s', async (_, entries, signer, status) => {
    const { note, readFile, size } = await aLog(await entries(), [signer])
    expect((await checkLog({ policy: trusting(first), readFile })).status).toBe(status)
    const policy = await followingPolicy(note, trusting(first), readFile)
    expect(verifyCheckpoint(note, policy).status).toBe(status)
    // And of a file that has only the proofs.
    const handovers = await findHandovers(readFile, size)
    const tree = readTree(
      size,
      async (tile) => (await readFile(tilePath(tile))) ?? new Uint8Array(),
    )
    const extra = writeHandovers(handovers)
    const file = writeProofFile({
      extra,
      index: 7,
      proof: await tree.inclusion(7),
      checkpoint: note,
    })
    expect(verifyProof(leafHashOf(leaf(7)), file, trusting(first)).status).toBe(status)
    expect(verifyProof(leafHashOf(leaf(8)), file, trusting(first)).status).not.toBe('verified')
  })

  test('an announcement that its log does not have is not followed', async () => {
    const { note, size, readFile } = await aLog([await turn()], [second])
    const [handover] = await findHandovers(readFile, size)
    const tree = readTree(
      size,
      async (tile) => (await readFile(tilePath(tile))) ?? new Uint8Array(),
    )
    const proof = await tree.inclusion(7)
    const statusBy = (over: object): string => {
      const extra = writeHandovers([{ ...handover!, ...over }])
      const file = writeProofFile({ extra, index: 7, proof, checkpoint: note })
      return verifyProof(leafHashOf(leaf(7)), file, trusting(first)).status
    }
    expect(statusBy({})).toBe('verified')
    expect(statusBy({ index: 291 })).toBe('unproven')
    expect(statusBy({ proof: handover!.proof.toReversed() })).toBe('unproven')
    expect(statusBy({ leaf: await turn({ to: third }) })).toBe('unproven')
  })

  test('while both keys sign, either is enough, and no file is read for it', async () => {
    const { note } = await aLog([await turn()], [first, second])
    const readFile = async (): Promise<never> => {
      throw new Error('read')
    }
    for (const policy of [trusting(first), trusting(second)])
      expect(await followingPolicy(note, policy, readFile)).toBe(policy)
  })

  test('the data of another in a proof file is passed over', async () => {
    const { note, size, readFile } = await aLog([], [first])
    const tree = readTree(
      size,
      async (tile) => (await readFile(tilePath(tile))) ?? new Uint8Array(),
    )
    const file = writeProofFile({ extra: bytes('theirs'), index: 7, proof: await tree.inclusion(7), checkpoint: note }) // prettier-ignore
    expect(verifyProof(leafHashOf(leaf(7)), file, trusting(first)).status).toBe('verified')
  })
})

describe('an announcement', () => {
  test('comes back as it was written', async () => {
    expect(readAnnouncement(await writeAnnouncement({ log, from: first, to: second }))).toEqual({
      log,
      from: first.key,
      to: second.key,
    })
  })

  test('with a byte changed is refused, wherever it is', async () => {
    const note = Buffer.from(await writeAnnouncement({ log, from: first, to: second }))
    for (const at of note.keys())
      for (const mask of [1, 0x20]) {
        const changed = Buffer.from(note)
        changed[at] = (changed[at] ?? 0) ^ mask
        expect(() => readAnnouncement(changed.toString('utf8')), String(at)).toThrow(/./)
      }
  })

  const refused: readonly [string, (note: string) => string][] = [
    ['without the signature of the key before', (note) => withoutLine(note, 0)],
    ['without the signature of the key that follows', (note) => withoutLine(note, 1)],
    [
      'of one key twice',
      (note) => note.replace(writeVerifierKey(second.key), writeVerifierKey(first.key)),
    ],
    ['of a line more', (note) => note.replace('\n\n', '\nmore\n\n')],
  ]
  test.each(refused)('%s is refused, also in a leaf', async (_, change) => {
    const note = change(await writeAnnouncement({ log, from: first, to: second }))
    expect(() => readAnnouncement(note)).toThrow('This is no')
    expect(() => readLeaf(entryOf(note))).toThrow('This is no')
    const { readFile } = await aLog([entryOf(note)], [second])
    expect((await checkLog({ policy: trusting(first), readFile })).status).toBe('refuted')
  })
})

/** The note without one of its signatures. */
function withoutLine(note: string, place: number): string {
  const lines = note.split('\n')
  return lines.toSpliced(lines.indexOf('') + 1 + place, 1).join('\n')
}
