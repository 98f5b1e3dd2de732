import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyRoot, readVerifierKey, type Checkpoint } from '@writ/ledger'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { logMemory, logSigners, makeNext, takeNext } from './log-key.ts'

let folder = ''
let made = 0
const random = (count: number): Uint8Array => new Uint8Array(count).fill((made += 1))
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'writ-key-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a key is made once, for its owner alone, with the public one beside it', () => {
  const { key } = logSigners(folder, random).current
  expect(logSigners(folder, random)).toMatchObject({ current: { key }, next: null })
  expect(key.name).toMatch(/^writ\.local\/[0-9a-f]{16}$/)
  expect(readVerifierKey(readFileSync(join(folder, 'log.vkey'), 'utf8').trimEnd())).toEqual(key)
  expect(readdirSync(folder).toSorted()).toEqual(['log.key', 'log.vkey'])
  expect(statSync(join(folder, 'log.key')).mode & 0o777).toBe(0o600)
})

test('a damaged key stops the start, and is not told', () => {
  writeFileSync(join(folder, 'log.key'), 'PRIVATE+KEY+secret')
  expect(() => logSigners(folder, random)).toThrow(
    /log\.key is damaged\. Bring it back from a backup/,
  )
})

const signed = (size: number): Checkpoint => ({ origin: 'writ.local/1', size, root: emptyRoot })

test('what was signed last is known to whoever opens the folder next', async () => {
  expect(await logMemory(folder, random).last()).toBeNull()
  await logMemory(folder, random).keep(signed(3))
  await logMemory(folder, random).keep(signed(5))
  expect(await logMemory(folder, random).last()).toEqual(signed(5))
  expect(readdirSync(folder)).toEqual(['log.signed'])
})

test('what was signed last is not forgotten for what a sealer that slept comes with', async () => {
  const memory = logMemory(folder, random)
  await memory.keep(signed(5))
  await memory.keep(signed(3))
  expect(await memory.last()).toEqual(signed(5))
})

test('the key that follows is made once, under the same name, and takes the place of the one before it for good', () => {
  const { current } = logSigners(folder, random)
  const file = join(folder, 'log')
  makeNext(file, random, current)
  const { next } = logSigners(folder, random)
  makeNext(file, random, current)
  expect(logSigners(folder, random).next?.key).toEqual(next?.key)
  expect(next?.key.name).toBe(current.key.name)
  expect(next?.key.id).not.toBe(current.key.id)
  expect(statSync(join(folder, 'log.next.key')).mode & 0o777).toBe(0o600)
  takeNext(file)
  const after = logSigners(folder, random)
  expect([after.current.key, after.next]).toEqual([next?.key, null])
  expect(readVerifierKey(readFileSync(join(folder, 'log.vkey'), 'utf8').trimEnd())).toEqual(
    next?.key,
  )
  expect(readdirSync(folder).toSorted()).toEqual(['log.key', 'log.vkey'])
})
