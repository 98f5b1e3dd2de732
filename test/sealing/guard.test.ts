import {
  appended,
  ed25519Signer,
  emptyFrontier,
  grown,
  leafHashOf,
  readCheckpoint,
  readNote,
  toBase64,
  verifyNote,
  type Checkpoint,
  type Growth,
} from '@writ/ledger'
import { createSeal, type SealParts, type SignerMemory } from '@writ/service'
import { beforeEach, describe, expect, test } from 'vitest'
import { keyOf, storeFor, type Contents } from './store.ts'
import { emptyContents } from './history.ts'
import type { World } from './world.ts'
import { steadily } from '@writ/testkit'

/** A world in which every call happens at once. */
const calm = {
  now: () => 0,
  draw: () => 0,
  call: async <T>(_: string, effect: () => T) => effect(),
} as unknown as World

const signer = ed25519Signer('example.com/log', new Uint8Array(32).fill(1))
const halted = { code: 'log-halted' }

let held: Contents
let memory: SignerMemory & { value: Checkpoint | null }
let signatures: number
beforeEach(() => {
  held = emptyContents()
  signatures = 0
  memory = {
    value: null,
    last: async () => memory.value,
    keep: async (checkpoint) => {
      memory.value = checkpoint
    },
  }
})

function seal(over: Partial<SealParts> = {}) {
  const counting = {
    ...signer,
    sign: (message: Uint8Array) => {
      signatures += 1
      return signer.sign(message)
    },
  }
  let attempts = 0
  const newAttempt = (): string => `attempt ${(attempts += 1)}`
  const log = storeFor(calm, held, 'sealer')
  return createSeal({ log, ...steadily(counting), memory, newAttempt, batch: 100, ...over })()
}

function record(...ids: readonly string[]): void {
  for (const id of ids) {
    const entry = { tenant: 'acme', id, at: `2026-01-01T00:00:00.00${id.length}Z`, leaf: new TextEncoder().encode(id), index: null } // prettier-ignore
    held.entries.set(keyOf(entry), entry)
    held.seen.set(keyOf(entry), { from: 0, to: Infinity })
  }
}

const copyOf = (contents: Contents): Contents => structuredClone(contents)
const bring = (back: Contents): void => {
  held = { ...copyOf(back), published: held.published }
}

describe('a round', () => {
  test('seals what is pending, in order, under a checkpoint that the key has signed', async () => {
    record('bb', 'a', 'ccc')
    expect(await seal()).toEqual({ sealed: 3, again: true })
    expect(await seal()).toEqual({ sealed: 0, again: false })
    expect(['a', 'bb', 'ccc'].map((id) => held.entries.get(`acme/${id}`)?.index)).toEqual([0, 1, 2])
    const note = readNote(held.published?.note ?? '')
    expect(verifyNote(note, [signer.key]).status).toBe('signed')
    expect(readCheckpoint(note.text)).toMatchObject({ origin: 'example.com/log', size: 3 })
    expect(held.stages.size).toBe(0)
  })

  test('takes no more than a batch, and says that there is more', async () => {
    record(...Array.from({ length: 7 }, (_, at) => `e${at}`))
    for (const sealed of [3, 3, 1])
      expect(await seal({ batch: 3 })).toEqual({ sealed, again: true })
  })

  test('forgets the unfinished forms of a tile that is full', async () => {
    for (let at = 0; at < 255; at += 1) record(`e${at}`)
    await seal({ batch: 255 })
    expect([...held.files.keys()]).toEqual(['tile/entries/000.p/255', 'tile/0/000.p/255'])
    record('last')
    await seal()
    expect([...held.files.keys()]).toEqual(['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1'])
  })
})

describe('sealing halts, and signs nothing, when', () => {
  const broken: readonly [string, (before: Contents) => void][] = [
    ['the store is an older one than its checkpoint', bring],
    ['the store and its checkpoint are both older than what was signed', (before) => { held = copyOf(before) }],
    ['the store is empty, and something was signed', () => { held = emptyContents() }],
    ['the checkpoint is gone', () => { held.published = null }],
    ['the checkpoint is of another log', () => { held.published = { size: 2, note: (held.published?.note ?? '').replace('example.com/log\n', 'other.example\n') } }],
    ['the store holds another history of the same length', (before) => { bring(before); const [first] = held.head.frontier.hashes; held.head = { ...held.head, frontier: { size: 3, hashes: [first!, first!] } } }],
  ] // prettier-ignore
  test.each(broken)('%s', async (_, breakIt) => {
    record('a')
    await seal()
    const before = copyOf(held)
    record('b', 'c')
    await seal()
    breakIt(before)
    record('d')
    const had = signatures
    await expect(seal()).rejects.toMatchObject(halted)
    expect(signatures).toBe(had)
  })

  const leaves = (text: string): readonly Uint8Array[] =>
    text.split('').map((letter) => new TextEncoder().encode(letter))
  const growthTo = (text: string): Promise<Growth> =>
    grown(emptyFrontier, leaves(text), async () => new Uint8Array())

  /** As who can write the store, and has no key, would have the next sealer sign for them. */
  function commitForged({ frontier, files }: Pick<Growth, 'frontier' | 'files'>): void {
    const staged = { version: held.head.version + 1, attempt: 'forged' }
    const written = files.map(({ path, bytes }) => ({ path, bytes: toBase64(bytes) }))
    const stage = new TextEncoder().encode(JSON.stringify({ files: written, placed: [] }))
    held.stages.set(`${staged.version}/${staged.attempt}`, stage)
    held.head = { version: staged.version, frontier, staged }
  }

  const forged: readonly [string, () => Promise<void>][] = [
    ['leads nowhere', async () => commitForged({ frontier: appended(held.head.frontier, [leafHashOf(new Uint8Array())]), files: [] })],
    ['leads to a longer log with another beginning', async () => commitForged(await growthTo('axyz'))],
    ['leads to a log that was shorter, and of other entries', async () => commitForged(await growthTo('ax'))],
    ['leads to a log of as many other entries', async () => commitForged(await growthTo('axy'))],
    ['has another tile than its entries have', async () => { const { frontier, files } = await growthTo('abcd'); commitForged({ frontier, files: files.map((file) => ({ ...file, bytes: file.bytes.map((byte) => byte ^ 1) })) }) }],
  ] // prettier-ignore
  test.each(forged)('the head names a batch that %s', async (_, forge) => {
    record('a', 'b', 'c')
    await seal()
    await forge()
    const [had, shown, files] = [signatures, held.published?.note, new Map(held.files)]
    await expect(seal()).rejects.toMatchObject(halted)
    expect([signatures, held.published?.note, held.files]).toEqual([had, shown, files])
  })

  test('the tile that a batch would go on from was changed, and commits nothing', async () => {
    record('a', 'b', 'c')
    await seal()
    const [path, right] = ['tile/0/000.p/3', held.files.get('tile/0/000.p/3')!]
    held.files.set(path, right.toReversed())
    record('d')
    const { version } = held.head
    await expect(seal()).rejects.toMatchObject(halted)
    expect(held.head.version).toBe(version)
    held.files.set(path, right)
    expect(await seal()).toEqual({ sealed: 1, again: true })
  })

  test('a committed batch is gone', async () => {
    record('a')
    const log = storeFor(calm, held, 'sealer')
    const crash = async (): Promise<never> => {
      throw new Error('crashed')
    }
    await expect(seal({ log: { ...log, putFiles: crash } })).rejects.toThrow('crashed')
    held.stages.clear()
    await expect(seal()).rejects.toMatchObject(halted)
    expect(signatures).toBe(0)
  })
})

test('a store that was brought back whole, with all that was signed, goes on', async () => {
  record('a')
  await seal()
  held = copyOf(held)
  record('b')
  expect(await seal()).toEqual({ sealed: 1, again: true })
})
