import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { kept, keyOf } from './kept.ts'

let cacheDir = ''
beforeEach(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'writ-kept-'))
})
afterEach(() => rmSync(cacheDir, { recursive: true, force: true }))

const bytes = Uint8Array.of(1, 2, 3)

test('what is kept is made once, and made again when it is damaged', async () => {
  let made = 0
  const make = async (): Promise<Uint8Array> => {
    made += 1
    return Promise.resolve(bytes)
  }
  const get = async (): Promise<readonly number[]> => [
    ...(await kept({ cacheDir, key: 'k' }, make)),
  ]
  expect([await get(), await get(), made]).toEqual([[1, 2, 3], [1, 2, 3], 1])
  truncateSync(join(cacheDir, 'parts', 'k'), 73)
  expect([await get(), made]).toEqual([[1, 2, 3], 2])
  expect(readdirSync(join(cacheDir, 'parts'))).toEqual(['k'])
})

test('nothing is kept of what could not be made', async () => {
  const failing = kept({ cacheDir, key: 'k' }, () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect(readdirSync(cacheDir)).toEqual([])
})

test('a key changes with each file, path, and way', () => {
  const file = { path: 'a', text: 'b' }
  const keys = [
    keyOf([], [file]),
    keyOf(['x'], [file]),
    keyOf(['x', 'y'], [file]),
    keyOf(['xy'], [file]),
    keyOf([], [{ ...file, text: 'c' }]),
    keyOf([], [{ ...file, path: 'c' }]),
    keyOf([], [file, file]),
  ]
  expect(new Set(keys).size).toBe(keys.length)
})
