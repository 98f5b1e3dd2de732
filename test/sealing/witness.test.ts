import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import {
  ed25519Signer,
  readNote,
  readTrustPolicy,
  signatureCount,
  signatureTypes,
  verifierKey,
  verifyCheckpoint,
  writeSignerKey,
  writeVerifierKey,
  type Checkpoint,
} from '@writ/ledger'
import { askWitnessBy, createCosign, createSeal, readLogTile, type AskWitness } from '@writ/service'
import { openStore, type Store } from '@writ/sqlite'
import { aLogSigner, anEntry, steadily } from '@writ/testkit'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { memoryWitness, type Reply } from './witness.ts'

const program = process.env['WRIT_TLOG_WITNESS'] ?? ''
const logLine = `log ${writeVerifierKey(aLogSigner.key)}\n`

let store: Store
beforeEach(() => {
  store = openStore(':memory:')
})
afterEach(() => store.close())

type Asked = { readonly vkey: string; readonly ask: AskWitness; readonly url?: string }

/** A sealer that has one witness, and what it is told of it. */
function aSealer({ vkey, ask, url = 'http://witness.example' }: Asked) {
  const missing: string[] = []
  let last: Checkpoint | null = null
  let attempts = 0
  const seal = createSeal({
    log: store.log,
    ...steadily(aLogSigner),
    memory: { last: async () => last, keep: async (checkpoint) => void (last = checkpoint) },
    newAttempt: () => `${(attempts += 1)}`,
    batch: 256,
    cosign: createCosign({
      policy: readTrustPolicy(`witness W ${vkey} ${url}\nquorum W\n`),
      ask,
      readTile: readLogTile(store.log),
      onMissing: ({ message }) => void missing.push(/: (.+)\. What/.exec(message)?.[1] ?? ''),
    }),
  })
  const sealMore = async (count: number): Promise<void> => {
    for (let made = 0; made < count; made += 1) await store.records.append(anEntry())
    while ((await seal()).again);
  }
  return { seal, sealMore, missing }
}

/** What whoever asks for this witness makes of the published checkpoint. */
async function verdict(vkey: string): Promise<string> {
  const policy = readTrustPolicy(`${logLine}witness W ${vkey}\nquorum W\n`)
  return verifyCheckpoint((await store.log.checkpoint()) ?? '', policy).status
}

describe.skipIf(program === '')('the witness of transparency-dev', () => {
  /** Starts it, with nothing in memory. */
  async function started(address = '127.0.0.1:0') {
    const seed = new Uint8Array(32).fill(5)
    const { key } = ed25519Signer('witness.example', seed)
    const child = spawn(
      program,
      [writeSignerKey(key.name, seed), address, writeVerifierKey(aLogSigner.key)],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    )
    const ended = once(child, 'close')
    const stop = async (): Promise<void> => {
      child.kill('SIGKILL')
      await ended
    }
    onTestFinished(stop)
    const [url = ''] = await once(createInterface(child.stdout), 'line')
    const vkey = writeVerifierKey(verifierKey(key.name, signatureTypes.cosignature, key.publicKey))
    return { url: String(url), vkey, stop }
  }

  test('cosigns all that is sealed, whoever seals it, and after it was away', async () => {
    const witness = await started()
    const asked = { ...witness, ask: askWitnessBy(fetch) }
    const { seal, sealMore, missing } = aSealer(asked)
    for (const count of [3, 300, 1]) {
      await sealMore(count)
      expect(await verdict(witness.vkey)).toBe('verified')
    }
    // Another sealer knows nothing of what the witness knows.
    await aSealer(asked).sealMore(5)
    expect([await verdict(witness.vkey), missing]).toEqual(['verified', []])
    await witness.stop()
    await sealMore(2)
    expect([await verdict(witness.vkey), new Set(missing)]).toEqual([
      'unproven',
      new Set(['it does not answer']),
    ])
    await started(new URL(witness.url).host)
    for (let round = 0; round < 9; round += 1) await seal()
    expect(await verdict(witness.vkey)).toBe('verified')
    expect(signatureCount((await store.log.checkpoint()) ?? '')).toBe(2)
  })
})

describe('a witness that', () => {
  const honest = memoryWitness([aLogSigner.key])
  const cases: readonly [string, AskWitness, string][] = [
    ['is away', async () => null, 'it does not answer'],
    ['refuses', async () => ({ status: 403, text: '' }), 'it answers 403'],
    ['tells no size', async () => ({ status: 409, text: 'many' }), 'it answers 409 and no size'],
    ['tells another size each time', async () => ({ status: 409, text: '0\n' }), 'it answers 409 to the size that it has told'],
    ['knows a longer log', async () => ({ status: 409, text: '99\n' }), 'it knows 99 entries, and the checkpoint has 2'],
    ['answers nonsense', async () => ({ status: 200, text: 'yes' }), 'what it answers is not signed by its key'],
    ['signs falsely', async (_, body) => falsified(await memoryWitness([aLogSigner.key]).add(body.replace(/^old \d+$/m, 'old 0'))), 'what it answers is not signed by its key'],
  ] // prettier-ignore
  test.each(cases)(
    '%s keeps nothing from being sealed and published, and is told of',
    async (_, ask, why) => {
      const { sealMore, missing } = aSealer({ vkey: honest.vkey, ask })
      await sealMore(2)
      expect(await store.log.pending(10)).toEqual([])
      const note = readNote((await store.log.checkpoint()) ?? '')
      expect([note.signatures.length, await verdict(honest.vkey)]).toEqual([1, 'unproven'])
      expect(new Set(missing)).toEqual(new Set([why]))
    },
  )

  test('fails again and again is asked less and less, and again once it answers', async () => {
    const witness = memoryWitness([aLogSigner.key])
    let [asked, isAway] = [0, true]
    const { seal, sealMore } = aSealer({
      vkey: witness.vkey,
      ask: async (_, body) => {
        asked += 1
        return isAway ? null : witness.add(body)
      },
    })
    for (let round = 0; round < 100; round += 1) await sealMore(1)
    expect(asked).toBeLessThan(20)
    isAway = false
    for (let round = 0; round < 40; round += 1) await seal()
    expect(await verdict(witness.vkey)).toBe('verified')
  })

  test('has seen another history of the log signs nothing of this one', async () => {
    const witness = memoryWitness([aLogSigner.key])
    const asked = { vkey: witness.vkey, ask: async (_: string, body: string) => witness.add(body) }
    await aSealer(asked).sealMore(2)
    expect(await verdict(witness.vkey)).toBe('verified')
    const mine = store
    store = openStore(':memory:')
    const { sealMore, missing } = aSealer(asked)
    await sealMore(3)
    expect([await verdict(witness.vkey), missing[0]]).toEqual(['unproven', 'it answers 422'])
    await mine.close()
  })
})

/** The same answer with a bit of its signature turned. */
function falsified({ status, text }: Reply): Reply {
  const [dash = '', name = '', base64 = ''] = text.trimEnd().split(' ')
  const bytes = Buffer.from(base64, 'base64')
  bytes[20] = (bytes[20] ?? 0) ^ 1
  return { status, text: `${dash} ${name} ${bytes.toString('base64')}\n` }
}

test('what answers without end, or sends elsewhere, does not answer', async () => {
  const endless = async (): Promise<Response> => {
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(4096)),
    })
    return new Response(body)
  }
  expect(await askWitnessBy(endless)('http://witness.example', '')).toBeNull()
  const elsewhere = async (_: unknown, init?: RequestInit): Promise<Response> => {
    if (init?.redirect === 'error') throw new TypeError('redirected')
    return new Response('')
  }
  expect(await askWitnessBy(elsewhere)('http://witness.example', '')).toBeNull()
})
