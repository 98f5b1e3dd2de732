import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '@writ/domain'
import { writeCheckpoint, type Checkpoint } from '@writ/ledger'
import { createSeal, importLedger, storeReader, type ImportParts } from '@writ/service'
import { openStore, type Store } from '@writ/sqlite'
import { anEntry, steadily } from '@writ/testkit'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openAudited, scratchFolder, signer, type AuditedHouse } from './house.ts'

const scratch = scratchFolder()
afterAll(scratch.remove)

let old: AuditedHouse
beforeAll(async () => {
  mkdirSync(scratch.path('old'))
  old = openAudited(scratch.path('old'))
  await old.others()
  await old.decide(4)
  await old.sealAll()
})
afterAll(() => old.close())

type Into = ImportParts['into']
type Call = (name: string) => void

let opened = 0
function emptyStore(): Store {
  opened += 1
  const store = openStore(join(scratch.path(`new-${opened}.db`)))
  onTestFinished(() => store.close())
  return store
}

function remembering() {
  let kept: Checkpoint | null = null
  return {
    last: async () => kept,
    keep: async (checkpoint: Checkpoint) => {
      kept = checkpoint
    },
  }
}

/** The store, of which each write is announced first. */
function announced({ records, waivers, log, memory }: Into, before: Call): Into {
  const told = <Out>(name: string, call: () => Promise<Out>): Promise<Out> => {
    before(name)
    return call()
  }
  return {
    records: { append: async (entry) => told('append', () => records.append(entry)) },
    waivers: { put: async (waiver, entry) => told('put', () => waivers.put(waiver, entry)) },
    log: {
      ...log,
      swapHead: async (next) => told('swapHead', () => log.swapHead(next)),
      putFiles: async (files) => told('putFiles', () => log.putFiles(files)),
      mark: async (placed) => told('mark', () => log.mark(placed)),
      publish: async (size, note) => told('publish', () => log.publish(size, note)),
    },
    memory: { keep: async (checkpoint) => told('keep', async () => memory?.keep(checkpoint)) },
  }
}

const imported = (into: Into) => importLedger({ reader: storeReader(old.store), into })

function sealerOf({ log }: Store, memory: ReturnType<typeof remembering>, isMoved = true) {
  const parts = { log, memory, isMoved, newAttempt: () => 'one', batch: 256 }
  return createSeal({ ...steadily(signer), ...parts })
}

test('an import that dies at whatever write is gone on with, and until it is whole nobody seals there', async () => {
  let writes = 0
  await imported(announced({ ...emptyStore(), memory: remembering() }, () => (writes += 1)))
  expect(writes).toBeGreaterThan(10)
  for (let dies = 0; dies < writes; dies += 1) {
    const [store, memory] = [emptyStore(), remembering()]
    const seal = sealerOf(store, memory)
    let made = 0
    const dying = announced({ ...store, memory }, () => {
      made += 1
      if (made > dies) throw new Fault('records-unavailable', 'simulated death')
    })
    await expect(imported(dying), `at write ${dies}`).rejects.toThrow('simulated death')
    await expect(seal(), `at write ${dies}`).rejects.toThrow('Sealing waits for the whole')
    await imported({ ...store, memory })
    expect(await seal()).toEqual({ sealed: 0, again: false })
    await store.records.append(anEntry())
    expect(await seal()).toEqual({ sealed: 1, again: true })
    const { size } = (await store.log.head()).frontier
    expect(size).toBe((await old.store.log.head()).frontier.size + 1)
    expect(await store.log.unsealed(await store.log.pending(10))).toEqual([])
  }
})

test('what its signer remembers comes along', async () => {
  const [store, memory] = [emptyStore(), remembering()]
  await imported({ ...store, memory })
  const last = await memory.last()
  const text = last === null ? '' : writeCheckpoint(last)
  expect(await old.store.log.checkpoint()).toContain(text)
  expect(text).toContain(signer.key.name)
})

test('a sealer that knows of no move says what it waits for', async () => {
  const [store, memory] = [emptyStore(), remembering()]
  const dying = announced({ ...store, memory }, (name) => {
    if (name === 'mark') throw new Fault('records-unavailable', 'simulated death')
  })
  await expect(imported(dying)).rejects.toThrow('simulated death')
  await expect(sealerOf(store, memory, false)()).rejects.toThrow('The same writ audit import')
})

test('a log that began elsewhere is not begun anew where it is to go on', async () => {
  const [store, memory] = [emptyStore(), remembering()]
  await store.records.append(anEntry())
  await expect(sealerOf(store, memory)()).rejects.toThrow('Sealing waits')
  expect((await store.log.head()).version).toBe(0)
})

test('it is refused over any other record: sealed, waiting, or with the id of one that comes', async () => {
  const waiting = emptyStore()
  await waiting.records.append(anEntry())
  await expect(imported(waiting)).rejects.toThrow('is not empty')
  const whole = emptyStore()
  await imported(whole)
  await expect(imported(whole)).rejects.toThrow('is not empty')
  const other = emptyStore()
  const { id } = (await old.store.records.list('acme', { filter: {}, before: null, limit: 1 })).entries[0] ?? anEntry() // prettier-ignore
  const foreign = anEntry({ tenant: 'acme', id })
  const late = announced(other, (name) => {
    // Somebody records it after the import has looked.
    if (name === 'swapHead') void other.records.append(foreign)
  })
  await expect(imported(late)).rejects.toThrow('is not empty')
})
