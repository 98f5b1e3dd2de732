import {
  appended,
  ed25519Signer,
  emptyFrontier,
  leafHashOf,
  readBundle,
  readCheckpoint,
  readNote,
  rootOf,
  tilesOf,
  verifyNote,
  type Checkpoint,
} from '@writ/ledger'
import { createSeal, readLogTile, type LogStore, type Records, type Seal } from '@writ/service'
import { describe, expect, onTestFinished, test } from 'vitest'
import { anEntry } from './books.ts'
import { steadily } from './signing.ts'

type LogHouse = { readonly log: LogStore; readonly records: Records }

/** Opens a log that is empty, with the records that it seals. */
type OpenLog = () => Promise<LogHouse & { readonly close: () => void | Promise<void> }>

/** Every promise of the `LogStore` port, for an adapter to run in its tests. */
export function logContract(open: OpenLog): void {
  const empty = async (): Promise<LogHouse> => {
    const store = await open()
    onTestFinished(() => store.close())
    return store
  }
  describe('the head', () => headContract(empty))
  describe('what is pending', () => pendingContract(empty))
  describe('stages, files and the checkpoint', () => filesContract(empty))
  describe('sealing over it', () => sealingContract(empty))
}

type Empty = () => Promise<LogHouse>

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const halted = { code: 'log-halted' }
const nothing = { version: 0, frontier: emptyFrontier, staged: null }

/** The head of that version over so many leaves. */
function aHead(version: number, size: number, attempt: string | null = null) {
  const leaves = Array.from({ length: size }, (_, index) => leafHashOf(bytes(`leaf ${index}`)))
  const staged = attempt === null ? null : { version, attempt }
  return { version, frontier: appended(emptyFrontier, leaves), staged }
}

function headContract(empty: Empty): void {
  test('is of an empty tree at first', async () => {
    const { log } = await empty()
    expect(await log.head()).toEqual(nothing)
  })

  test('comes back as it was put, with its batch and without', async () => {
    const { log } = await empty()
    for (const head of [aHead(1, 7, 'größe'), aHead(2, 7), aHead(3, 1000, 'x')]) {
      expect(await log.swapHead(head)).toBe(true)
      expect(await log.head()).toEqual(head)
    }
  })

  test('takes only the one that follows it', async () => {
    const { log } = await empty()
    expect(await log.swapHead(aHead(2, 1))).toBe(false)
    expect(await log.head()).toEqual(nothing)
    await log.swapHead(aHead(1, 1))
    for (const version of [0, 1, 3]) expect(await log.swapHead(aHead(version, 2))).toBe(false)
    expect(await log.head()).toEqual(aHead(1, 1))
  })

  test('takes one of many that come at the same time', async () => {
    const { log } = await empty()
    const swaps = Array.from({ length: 20 }, (_, size) => log.swapHead(aHead(1, size)))
    const swapped = await Promise.all(swaps)
    expect(swapped.filter(Boolean)).toHaveLength(1)
    expect(await log.head()).toEqual(aHead(1, swapped.indexOf(true)))
  })
}

function pendingContract(empty: Empty): void {
  test('are the entries without a place, those that came first before others, no more than asked for', async () => {
    const { log, records } = await empty()
    const entries = ['c', 'a', 'b'].map((id) => anEntry({ id }))
    for (const entry of entries) await records.append(entry)
    const names = entries.map(({ tenant, id }) => ({ tenant, id }))
    expect(await log.pending(10)).toEqual(names)
    expect(await log.pending(2)).toEqual(names.slice(0, 2))
    await log.mark([{ tenant: 'acme', id: 'c', index: 0 }])
    expect(await log.pending(10)).toEqual(names.slice(1))
  })

  test('are told with what is sealed of them, and only if they stand and have no place', async () => {
    const { log, records } = await empty()
    const [one, two] = [anEntry({ id: 'x' }), anEntry({ id: 'x', tenant: 'other' })]
    await records.append(one)
    await records.append(two)
    await log.mark([{ tenant: 'acme', id: 'x', index: 0 }])
    const asked = ['acme', 'other', 'nobody'].map((tenant) => ({ tenant, id: 'x' }))
    const { tenant, id, at, leaf } = two
    expect(await log.unsealed(asked)).toEqual([{ tenant, id, at, leaf }])
  })

  test('get their place once: the same again is nothing, another halts and changes nothing', async () => {
    const { log, records } = await empty()
    for (const id of ['a', 'b']) await records.append(anEntry({ id }))
    const placed = { tenant: 'acme', id: 'a', index: 4 }
    await log.mark([placed])
    await log.mark([placed])
    const b = { tenant: 'acme', id: 'b', index: 5 }
    await expect(log.mark([b, { ...placed, index: 6 }])).rejects.toMatchObject(halted)
    await expect(log.mark([b, { ...b, id: 'gone' }])).rejects.toMatchObject(halted)
    await log.mark([b])
    expect(await log.pending(10)).toEqual([])
  })

  test('have no place until they are marked, and then that one; what does not stand has none', async () => {
    const { log, records } = await empty()
    const name = { tenant: 'acme', id: 'a' }
    await records.append(anEntry(name))
    expect(await log.place(name)).toBeNull()
    await log.mark([{ ...name, index: 0 }])
    expect(await log.place(name)).toBe(0)
    expect(await log.place({ ...name, tenant: 'other' })).toBeNull()
    expect(await log.place({ ...name, id: 'gone' })).toBeNull()
  })

  test('share no place: not with one that has it, and not with each other', async () => {
    const { log, records } = await empty()
    for (const id of ['a', 'b', 'c']) await records.append(anEntry({ id }))
    const placed = (id: string, index: number) => ({ tenant: 'acme', id, index })
    await log.mark([placed('a', 0)])
    await expect(log.mark([placed('b', 0)])).rejects.toMatchObject(halted)
    await expect(log.mark([placed('b', 1), placed('c', 1)])).rejects.toThrow()
    expect(await log.pending(10)).toHaveLength(2)
  })

  test('that contradict the log are no matter of those who record at the same time', async () => {
    const { log, records } = await empty()
    const entry = anEntry()
    const appended = records.append(entry)
    const marked = log.mark([{ tenant: 'acme', id: 'gone', index: 0 }])
    const written = log.putFiles([{ path: 'tile/0/000', bytes: bytes('x') }])
    await expect(marked).rejects.toMatchObject(halted)
    expect(await appended).toEqual(entry)
    await written
  })
}

function filesContract(empty: Empty): void {
  test('a stage comes back under its own name, until its version is forgotten', async () => {
    const { log } = await empty()
    const names = [1, 2, 3].flatMap((version) =>
      ['x', 'y'].map((attempt) => ({ version, attempt })),
    )
    for (const name of names) await log.putStage(name, bytes(`${name.version}${name.attempt}`))
    const found = async () => {
      const stages = await Promise.all(names.map((name) => log.stage(name)))
      return stages.map((stage) => (stage === null ? null : new TextDecoder().decode(stage)))
    }
    expect(await found()).toEqual(['1x', '1y', '2x', '2y', '3x', '3y'])
    await log.dropStages(2)
    expect(await found()).toEqual([null, null, null, null, '3x', '3y'])
  })

  test('a file stays as it was written: the same again is nothing, other bytes halt', async () => {
    const { log } = await empty()
    const [a, b] = [
      { path: 'tile/0/000.p/1', bytes: new Uint8Array(32) },
      { path: 'tile/entries/000.p/1', bytes: Uint8Array.of(0, 1, 255) },
    ]
    expect(await log.file(a.path)).toBeNull()
    await log.putFiles([a, b])
    await log.putFiles([b, a])
    await expect(log.putFiles([{ ...a, bytes: bytes('x') }])).rejects.toMatchObject(halted)
    expect([await log.file(a.path), await log.file(b.path)]).toEqual([a.bytes, b.bytes])
  })

  test('the unfinished forms of a full tile are forgotten, and no others', async () => {
    const { log } = await empty()
    const kept = [
      'tile/0/001',
      'tile/0/001.p0',
      'tile/0/000.p/9',
      'tile/1/001.p/9',
      'tile/0/x001/001.p/9',
    ]
    const dropped = ['tile/0/001.p/1', 'tile/0/001.p/255']
    await log.putFiles([...kept, ...dropped].map((path) => ({ path, bytes: bytes(path) })))
    await log.dropPartials([{ level: 0, index: 1, width: 256 }])
    for (const path of kept) expect(await log.file(path)).toEqual(bytes(path))
    for (const path of dropped) expect(await log.file(path)).toBeNull()
  })

  test('a checkpoint gives way to a larger one only, or to the same with more signatures', async () => {
    const { log } = await empty()
    expect(await log.checkpoint()).toBeNull()
    // Size, signatures, and which of them stands then.
    const published = ['51a', '32a', '51a', '52d', '51d', '91f', '83f', '93h', '93h']
    for (const [place, row] of published.entries()) {
      const [size, signatures, stands] = [Number(row[0]), Number(row[1]), row[2]]
      const note = (name: string): string => `${name}\n\n${'— x eA==\n'.repeat(signatures)}`
      await log.publish(size, note('abcdefghi'.charAt(place)))
      expect((await log.checkpoint())?.charAt(0)).toBe(stands)
    }
  })
}

const signer = ed25519Signer('example.com/log', new Uint8Array(32).fill(1))

function sealer(log: LogStore, batch: number): Seal {
  let last: Checkpoint | null = null
  let attempts = 0
  return createSeal({
    log,
    ...steadily(signer),
    memory: { last: async () => last, keep: async (checkpoint) => void (last = checkpoint) },
    newAttempt: () => `${batch}-${(attempts += 1)}`,
    batch,
  })
}

/** Seals until nothing is left. */
async function sealAll(log: LogStore, batch = 100): Promise<void> {
  const seal = sealer(log, batch)
  while ((await seal()).again);
}

/** The store of a sealer that dies at its so-manieth call, before or after that call’s effect. */
function dyingAt(log: LogStore, at: number, isAfter: boolean): LogStore {
  let calls = 0
  return new Proxy(log, {
    get:
      (target, name) =>
      async (...given: unknown[]) => {
        const call = async (): Promise<unknown> =>
          Reflect.apply(Reflect.get(target, name), target, given)
        calls += 1
        if (calls < at) return call()
        if (calls === at && isAfter) await call()
        throw new Error('died')
      },
  })
}

/** That each of these leaves is in the log once, and that its checkpoint is signed and covers them. */
async function expectSealed(log: LogStore, leaves: readonly Uint8Array[]): Promise<void> {
  const size = leaves.length
  const read = readLogTile(log)
  const bundles = tilesOf(size).filter(({ level }) => level === 'entries')
  const held = (await Promise.all(bundles.map(read))).flatMap(readBundle)
  const hex = (leaf: Uint8Array): string => Buffer.from(leaf).toString('hex')
  expect(held.map(hex).toSorted()).toEqual(leaves.map(hex).toSorted())
  const note = readNote((await log.checkpoint()) ?? '')
  expect(verifyNote(note, [signer.key]).status).toBe('signed')
  const root = rootOf(appended(emptyFrontier, held.map(leafHashOf)))
  expect(readCheckpoint(note.text)).toEqual({ origin: 'example.com/log', size, root })
  expect((await log.head()).staged).toBeNull()
  expect(await log.pending(1)).toEqual([])
}

function sealingContract(empty: Empty): void {
  const append = async ({ records }: LogHouse, count: number): Promise<readonly Uint8Array[]> => {
    const entries = Array.from({ length: count }, () => anEntry())
    await Promise.all(entries.map((entry) => records.append(entry)))
    return entries.map(({ leaf }) => leaf)
  }

  test('everything gets its place, across the border of a tile', async () => {
    const house = await empty()
    const leaves = [...(await append(house, 250))]
    await sealAll(house.log)
    leaves.push(...(await append(house, 20)))
    await sealAll(house.log)
    await expectSealed(house.log, leaves)
    expect(await house.log.file('tile/entries/000.p/250')).toBeNull()
  })

  test('one that dies at any call is followed by another that loses nothing', async () => {
    const house = await empty()
    const leaves: Uint8Array[] = []
    for (let at = 1; at <= 16; at += 1)
      for (const isAfter of [false, true]) {
        leaves.push(...(await append(house, 2)))
        await expect(sealAll(dyingAt(house.log, at, isAfter))).rejects.toThrow('died')
        await sealAll(house.log)
      }
    await expectSealed(house.log, leaves)
  })

  test('several at the same time seal each entry once', async () => {
    const house = await empty()
    const leaves = await append(house, 60)
    await Promise.all([6, 8, 10].map((batch) => sealAll(house.log, batch)))
    await sealAll(house.log)
    await expectSealed(house.log, leaves)
  })
}
