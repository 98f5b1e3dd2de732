import {
  cosigned,
  ed25519Signer,
  leafHashOf,
  readCheckpoint,
  readNote,
  readProofFile,
  readSignerKey,
  readTrustPolicy,
  readVerifierKey,
  signatureTypes,
  signed,
  verifierKey,
  verifyCheckpoint,
  verifyNote,
  verifyProof,
  writeCheckpoint,
  writeNote,
  writeProofFile,
  writeSignerKey,
  writeVerifierKey,
  type Signer,
} from '@writ/ledger'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryLog } from './log.ts'
import { bytes, leaf, readVectors } from './vectors.ts'

const malformed = expect.objectContaining({ code: 'log-malformed' })
const signer = ed25519Signer('example.com/log', new Uint8Array(32).fill(1))
const witness = (number: number): Signer =>
  ed25519Signer(`w${number}.example`, new Uint8Array(32).fill(100 + number))
const witnessKey = (number: number) =>
  verifierKey(`w${number}.example`, signatureTypes.cosignature, witness(number).key.publicKey)

describe('a note', () => {
  test('of C2SP’s own example is verified by its own key', () => {
    const note =
      'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n'
    const key = readVerifierKey(
      'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    )
    const read = readNote(note)
    expect(read.text).toBe('This is an example message.\n')
    expect(verifyNote(read, [key])).toEqual({ status: 'signed', by: [{ key, seconds: null }] })
    expect(writeNote(read)).toBe(note)
  })

  test.each(readVectors().notes)('is, byte for byte, what Go signs: $text', async (made) => {
    const made32 = Uint8Array.from({ length: 32 }, (_, place) => place + 1)
    const goSigner = readSignerKey(made.skey)
    expect(writeNote(await signed(made.text, goSigner))).toBe(made.note)
    expect(writeVerifierKey(goSigner.key)).toBe(made.vkey)
    expect(writeSignerKey(goSigner.key.name, made32)).toBe(made.skey)
    const read = verifyNote(readNote(made.note), [readVerifierKey(made.vkey)])
    expect(read.status).toBe('signed')
  })

  test('is passed over where nobody knows the key, and refused where a known key’s signature is false', async () => {
    const note = await signed('text\n', signer)
    expect(verifyNote(note, [])).toEqual({ status: 'unsigned' })
    expect(verifyNote(note, [witnessKey(1)])).toEqual({ status: 'unsigned' })
    const forged = { status: 'forged', name: 'example.com/log' }
    expect(verifyNote({ ...note, text: 'other\n' }, [signer.key])).toEqual(forged)
    const both = {
      ...note,
      signatures: [...note.signatures, ...(await signed('other\n', signer)).signatures],
    }
    expect(verifyNote(both, [signer.key])).toEqual(forged)
  })

  const line = `— example.com/log ${Buffer.alloc(68).toString('base64')}`
  const none: readonly [string, string][] = [
    ['no blank line', `text\n${line}\n`],
    ['no signature', 'text\n\n'],
    ['an end within a line', `text\n\n${line}`],
    ['a hyphen for the dash', `text\n\n${line.replace('—', '-')}\n`],
    ['no base64', 'text\n\n— example.com/log ###\n'],
    ['base64 with stray bits', 'text\n\n— example.com/log AAAAAAB=\n'],
    ['base64 without its padding', 'text\n\n— example.com/log AAAAAAA\n'],
    ['a signature that is shorter than a key id', 'text\n\n— example.com/log AAAA\n'],
    ['a key name with a plus', `text\n\n${line.replace('log', 'l+g')}\n`],
    ['two spaces', `text\n\n${line.replace('log ', 'log  ')}\n`],
    ['a tab in the text', `te\txt\n\n${line}\n`],
    ['half a surrogate pair', `te\ud800xt\n\n${line}\n`],
    ['a hundred and one signatures', `text\n\n${`${line}\n`.repeat(101)}`],
    ['a megabyte', `${'x'.repeat(1_000_000)}\n\n${line}\n`],
  ]
  test.each(none)('is not what has %s', (_, text) => {
    expect(() => readNote(text)).toThrow(malformed)
  })

  test('may have sixteen signatures, and empty lines in its text', () => {
    const read = readNote(`a\n\nb\n\n${`${line}\n`.repeat(16)}`)
    expect(read.text).toBe('a\n\nb\n')
    expect(read.signatures).toHaveLength(16)
  })
})

describe('a key', () => {
  const [made] = readVectors().notes
  const none: readonly [string, string][] = [
    ['another id', made!.vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+')],
    ['another name', made!.vkey.replace('log', 'lag')],
    ['an unknown type', `a+00000000+${Buffer.alloc(33, 9).toString('base64')}`],
    ['a short key', `a+00000000+${Buffer.alloc(20, 1).toString('base64')}`],
    ['no name', made!.vkey.slice(made!.vkey.indexOf('+'))],
    ['a newline at its end', `${made!.vkey}\n`],
    ['nothing', ''],
  ]
  test.each(none)('is not what has %s', (_, text) => {
    expect(() => readVerifierKey(text)).toThrow(malformed)
  })

  test('that is private is never shown by what refuses it', () => {
    const broken = made!.skey.slice(0, -4)
    expect(() => readSignerKey(broken)).toThrow(malformed)
    try {
      readSignerKey(broken)
    } catch (thrown) {
      expect(JSON.stringify(thrown) + String(thrown)).not.toContain(broken.slice(-20))
    }
  })
})

describe('a checkpoint', () => {
  const root = leafHashOf(leaf(0))
  test('is read as it was written', () => {
    const checkpoint = { origin: 'example.com/log', size: 20_852_163, root }
    expect(readCheckpoint(writeCheckpoint(checkpoint))).toEqual(checkpoint)
    expect(readCheckpoint(`${writeCheckpoint(checkpoint)}an extension\n`)).toEqual(checkpoint)
  })

  test.each([
    ['no origin', { origin: '' }],
    ['an origin of two lines', { origin: 'example.com/log\n9' }],
    ['a size that is none', { size: 1.5 }],
    ['a root that is none', { root: new Uint8Array(31) }],
  ])('%s is not written, for it would be read back as another', (_, over) => {
    const head = { origin: 'example.com/log', size: 1, root: new Uint8Array(32), ...over }
    expect(() => writeCheckpoint(head)).toThrow(RangeError)
  })

  test('text without its last newline is not signed, for it would be read back as another', async () => {
    await expect(signed('text', signer)).rejects.toThrow(RangeError)
  })

  const b64 = Buffer.from(root).toString('base64')
  const none: readonly string[] = [
    '', 'o\n', `o\n1\n`, `\n1\n${b64}\n`, `o\n01\n${b64}\n`, `o\n-1\n${b64}\n`, `o\n1e3\n${b64}\n`, `o\n9007199254740992\n${b64}\n`,
    `o\n1\n${b64}`, `o\n1\n${b64.slice(1)}\n`, `o\n1\n${b64}=\n`, `o\n1\n\n${b64}\n`, `o\n1\n${b64}\n\n`,
  ] // prettier-ignore
  test.each(none)('is not %j', (text) => {
    expect(() => readCheckpoint(text)).toThrow(malformed)
  })
})

describe('a trust policy', () => {
  const log = `log ${writeVerifierKey(signer.key)}`
  const w = (number: number) => `witness W${number} ${writeVerifierKey(witnessKey(number))}`
  const three = [w(1), w(2), w(3)].join('\n')
  const quorums: readonly [string, readonly number[], boolean][] = [
    ['quorum none', [], true],
    ['quorum W1', [1], true],
    ['quorum W1', [2, 3], false],
    ['group g any W1 W2 W3\nquorum g', [3], true],
    ['group g any W1 W2 W3\nquorum g', [], false],
    ['group g all W1 W2 W3\nquorum g', [1, 2], false],
    ['group g all W1 W2 W3\nquorum g', [1, 2, 3], true],
    ['group g 2 W1 W2 W3\nquorum g', [1], false],
    ['group g 2 W1 W2 W3\nquorum g', [1, 1], false],
    ['group g 2 W1 W2 W3\nquorum g', [1, 3], true],
    ['group in any W1 W2\ngroup out all in W3\nquorum out', [1, 2], false],
    ['group in any W1 W2\ngroup out all in W3\nquorum out', [2, 3], true],
  ]
  test.each(quorums)('%s, with cosignatures of %j: %s', (lines, cosigners, enough) => {
    const policy = readTrustPolicy(
      `# whom we trust\n\n\t ${log}\thttps://example.com/log \n${three}\n${lines}\n`,
    )
    expect(policy.isQuorum(cosigners.map(witnessKey))).toBe(enough)
    expect(policy.logs).toEqual([signer.key])
  })

  const none: readonly [string, string][] = [
    ['no quorum', log],
    ['two quorums', 'quorum none\nquorum none'],
    ['a quorum of nobody known', 'quorum W1'],
    ['the same log twice', `${log}\n${log}\nquorum none`],
    ['the same witness under two names', `${w(1)}\n${w(1).replace('W1', 'W2')}\nquorum none`],
    ['a name that is taken', `${w(1)}\n${w(2).replace('W2', 'W1')}\nquorum none`],
    ['a witness called none', `${w(1).replace('W1', 'none')}\nquorum none`],
    ['a member before its line', `group g any W1\n${w(1)}\nquorum g`],
    ['a member of two groups', `${w(1)}\ngroup g any W1\ngroup h any W1\nquorum h`],
    ['a member twice', `${w(1)}\ngroup g any W1 W1\nquorum g`],
    ['a threshold of 0', `${w(1)}\ngroup g 0 W1\nquorum g`],
    ['a threshold above its members', `${w(1)}\ngroup g 2 W1\nquorum g`],
    ['an empty group', 'group g all\nquorum g'],
    ['a log with a witness’s key', `log ${writeVerifierKey(witnessKey(1))}\nquorum none`],
    ['a witness with a log’s key', `witness W ${writeVerifierKey(signer.key)}\nquorum none`],
    ['a control character', `log\u0001 ${writeVerifierKey(signer.key)}\nquorum none`],
    ['a word of its own', 'trust everyone\nquorum none'],
  ]
  test.each(none)('is not what has %s', (_, text) => {
    expect(() => readTrustPolicy(text)).toThrow(malformed)
  })

  test('says on which line it is amiss', () => {
    expect(() => readTrustPolicy(`${log}\n\nlog nonsense\n`)).toThrow(/line 3: /)
  })
})

describe('a proof file', () => {
  const entries = Array.from({ length: 300 }, (_, index) => leaf(index))
  const made = async (index: number, witnesses: readonly number[]) => {
    const log = memoryLog()
    const { frontier, root } = await log.append(entries)
    const text = writeCheckpoint({ origin: 'example.com/log', size: frontier.size, root })
    const note = await signed(text, signer)
    const stamps = await Promise.all(
      witnesses.map((number) => cosigned(text, witness(number), 1_700_000_000 + number)),
    )
    const checkpoint = writeNote({ text, signatures: [...note.signatures, ...stamps] })
    return writeProofFile({ extra: null, index, proof: await log.tree().inclusion(index), checkpoint }) // prettier-ignore
  }
  const policy = readTrustPolicy(
    `log ${writeVerifierKey(signer.key)}\nwitness A ${writeVerifierKey(witnessKey(1))}\nwitness B ${writeVerifierKey(witnessKey(2))}\ngroup g 2 A B\nquorum g\n`,
  )
  const leafHash = leafHashOf(leaf(123))

  test('proves its entry, when, and by whom', async () => {
    const found = verifyProof(leafHash, await made(123, [1, 2]), policy)
    expect(found).toMatchObject({ status: 'verified', index: 123, checkpoint: { size: 300 } })
    const times = found.status === 'verified' ? found.by.map(({ seconds }) => seconds) : []
    expect(times).toEqual([null, 1_700_000_001, 1_700_000_002])
  })

  test('is read as it was written, with and without extra data', async () => {
    const file = readProofFile(await made(5, []))
    expect(readProofFile(writeProofFile({ ...file, extra: bytes('any') }))).toEqual({
      ...file,
      extra: bytes('any'),
    })
    expect(file.extra).toBeNull()
  })

  test('proves nothing about another entry, or without its quorum, or of another log', async () => {
    const whole = await made(123, [1, 2])
    expect(verifyProof(leafHashOf(leaf(124)), whole, policy).status).toBe('refuted')
    expect(verifyProof(leafHash, await made(123, [1]), policy).status).toBe('unproven')
    const other = readTrustPolicy(`log ${writeVerifierKey(witness(9).key)}\nquorum none\n`)
    expect(verifyProof(leafHash, whole, other).status).toBe('unproven')
    expect(verifyCheckpoint(readProofFile(whole).checkpoint, other).status).toBe('unproven')
  })

  test('with any byte changed is never verified', async () => {
    const whole = Buffer.from(await made(123, [1, 2]))
    const change = fc.tuple(fc.nat(whole.byteLength - 1), fc.integer({ min: 1, max: 255 }))
    fc.assert(
      fc.property(change, ([at, mask]) => {
        const changed = Buffer.from(whole)
        changed[at] = (changed[at] ?? 0) ^ mask
        const text = new TextDecoder('utf8', { ignoreBOM: true }).decode(changed)
        expect(statusOf(() => verifyProof(leafHash, text, policy))).not.toBe('verified')
      }),
      { numRuns: 2000 },
    )
  })
})

function statusOf(check: () => { readonly status: string }): string {
  try {
    return check().status
  } catch (thrown) {
    expect(thrown).toEqual(malformed)
    return 'malformed'
  }
}
