import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  cosigned,
  ed25519Signer,
  leafHashOf,
  signatureTypes,
  signed,
  verifierKey,
  writeCheckpoint,
  writeNote,
  writeVerifierKey,
  type Signer,
} from '@writ/ledger'
import { describe, expect, onTestFinished, test } from 'vitest'
import { memoryLog, type MemoryLog } from './log.ts'
import { base64, leaf, vectorsFile } from './vectors.ts'

const judge = process.env['WRIT_TLOG_JUDGE'] ?? ''
const fsck = process.env['WRIT_TESSERA_FSCK'] ?? ''

const signer = ed25519Signer('example.com/log', new Uint8Array(32).fill(1))
const witness = ed25519Signer('witness.example', new Uint8Array(32).fill(2))

describe.skipIf(judge === '')('Go’s sumdb', () => {
  test('prints the vectors that are kept', () => {
    const { stdout } = spawnSync(judge, ['vectors'], { encoding: 'utf8', maxBuffer: 1 << 24 })
    if (process.env['WRITE_GOLDEN'] === '1') writeFileSync(vectorsFile, stdout)
    expect(readFileSync(vectorsFile, 'utf8')).toBe(stdout)
  })

  test('takes every proof of ours for trees of 1 to 40 leaves, and none that claims another root', async () => {
    const claims: object[] = []
    for (let size = 1; size <= 40; size += 1) {
      const log = await logOf(size)
      const root = base64(await log.tree().root())
      for (let index = 0; index < size; index += 1)
        claims.push({ kind: 'inclusion', size, index, root, leaf: base64(leafHashOf(leaf(index))), proof: (await log.tree().inclusion(index)).map(base64) }) // prettier-ignore
      for (let earlier = 1; earlier <= size; earlier += 1)
        claims.push({ kind: 'consistency', size, earlier, root, earlierRoot: base64(await log.tree().rootAt(earlier)), proof: (await log.tree().consistency(earlier)).map(base64) }) // prettier-ignore
    }
    expect(new Set(judged(claims))).toEqual(new Set([true]))
    const other = base64(leafHashOf(leaf(99)))
    expect(new Set(judged(claims.map((claim) => ({ ...claim, root: other }))))).toEqual(
      new Set([false]),
    )
  })

  test('takes our checkpoint, and our cosignature of it', async () => {
    const text = writeCheckpoint({ origin: 'example.com/log', size: 1, root: leafHashOf(leaf(0)) })
    const { signatures } = await signed(text, signer)
    const cosignature = await cosigned(text, witness, 1_700_000_000)
    const note = writeNote({ text, signatures: [...signatures, cosignature] })
    const vkey = writeVerifierKey(signer.key)
    const key = verifierKey('witness.example', signatureTypes.cosignature, witness.key.publicKey)
    const claims = [
      { kind: 'note', note, vkey },
      { kind: 'cosignature', note, witness: writeVerifierKey(key) },
      { kind: 'note', note: note.replace('\n1\n', '\n2\n'), vkey },
      { kind: 'cosignature', note: note.replace('\n1\n', '\n2\n'), witness: writeVerifierKey(key) },
    ]
    expect(judged(claims)).toEqual([true, true, false, false])
  })

  function judged(claims: readonly object[]): readonly boolean[] {
    const input = claims.map((claim) => JSON.stringify(claim)).join('\n')
    const { status, stdout, stderr } = spawnSync(judge, ['check'], {
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 24,
    })
    expect([status, stderr]).toEqual([0, ''])
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => line === 'true')
  }
})

describe.skipIf(fsck === '')('Tessera’s fsck', () => {
  test.each([1, 255, 256, 257, 600, 66_000])(
    'finds nothing wrong with a log of %i entries',
    async (size) => {
      const folder = await written(await logOf(size), signer)
      expect(accepts(folder)).toBe(true)
    },
  )

  test('finds one bit turned in an entry', async () => {
    const folder = await written(await logOf(300), signer)
    const path = join(folder, 'tile/entries/000')
    const bundle = readFileSync(path)
    bundle[100] = (bundle[100] ?? 0) ^ 1
    writeFileSync(path, bundle)
    expect(accepts(folder)).toBe(false)
  })

  /**
   * Its exit code is 0 whatever it found, so its words count. With one worker it waits for ever once that one has found
   * something: so there are more than there is to find.
   */
  function accepts(folder: string): boolean {
    const vkey = join(folder, 'vkey')
    writeFileSync(vkey, writeVerifierKey(signer.key))
    const args = ['--storage_url', `file://${folder}/`, '--public_key', vkey, '--ui=false', '--N=64'] // prettier-ignore
    const { stderr } = spawnSync(fsck, args, { encoding: 'utf8' })
    return stderr.includes('Successfully fsck') && !stderr.includes('failed')
  }
})

async function logOf(size: number): Promise<MemoryLog> {
  const log = memoryLog()
  const entries = Array.from({ length: size }, (_, index) => leaf(index))
  // In two steps, so that the right edge is taken up again.
  await log.append(entries.slice(0, Math.floor(size / 3)))
  await log.append(entries.slice(Math.floor(size / 3)))
  return log
}

async function written(log: MemoryLog, by: Signer): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [path, bytes] of log.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  const { size } = log.frontier()
  const text = writeCheckpoint({ origin: by.key.name, size, root: await log.tree().root() })
  writeFileSync(join(folder, 'checkpoint'), writeNote(await signed(text, by)))
  return folder
}
