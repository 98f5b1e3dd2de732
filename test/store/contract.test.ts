import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '@writ/sqlite'
import {
  breaking,
  failingAtRandom,
  recordsContract,
  retrying,
  scorecardsContract,
  waiversContract,
  type OpenStore,
} from '@writ/testkit'
import { describe } from 'vitest'

const inMemory: OpenStore = async () => openStore(':memory:')

const onFile: OpenStore = async () => {
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
