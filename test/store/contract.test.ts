import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '@writ/sqlite'
import {
  breaking,
  failingAtRandom,
  logContract,
  recordsContract,
  retrying,
  scorecardsContract,
  waiversContract,
  type OpenStore,
} from '@writ/testkit'
import { describe } from 'vitest'

const inMemory = async (): Promise<Store> => openStore(':memory:')

const onFile = async (): Promise<Store> => {
  const folder = await mkdtemp(join(tmpdir(), 'writ-store-'))
  const store = openStore(join(folder, 'writ.db'))
  const close = async (): Promise<void> => {
    await store.close()
    await rm(folder, { recursive: true })
  }
  return { ...store, close }
}

/** Every test behind a network that fails a third of all calls, and a caller that tries again. */
let seed = 0
const overNetwork: OpenStore = async () => {
  const store = openStore(':memory:')
  seed += 1
  return { ...retrying(breaking(store, failingAtRandom(seed, 0.33)), 60), close: store.close }
}

const stores: readonly [string, OpenStore][] = [
  ['a file', onFile],
  [':memory:', inMemory],
  ['a network that loses calls and replies', overNetwork],
]
describe.each(stores)('SQLite behind %s', (_, open) => {
  describe('records', () => recordsContract(open))
  describe('waivers', () => waiversContract(open))
  describe('scorecards', () => scorecardsContract(open))
})

const logs = [
  ['a file', onFile],
  [':memory:', inMemory],
] as const
describe.each(logs)('the log of SQLite behind %s', (_, open) => logContract(open))
