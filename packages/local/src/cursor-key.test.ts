import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cursorKey } from './cursor-key.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'writ-key-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

let last = 0
const random = (count: number): Uint8Array => new Uint8Array(count).fill((last += 1))

test('the key is made once, for its owner only, and read ever after', () => {
  const first = cursorKey(folder, random)
  expect(first).toHaveLength(32)
  expect(cursorKey(folder, random)).toEqual(first)
  expect(readdirSync(folder)).toEqual(['cursor.key'])
  expect(statSync(join(folder, 'cursor.key')).mode & 0o777).toBe(0o600)
})

test('a key that another process made in between is taken over', () => {
  const other = Buffer.alloc(32, 7)
  const key = cursorKey(folder, (count) => {
    if (count === 32) writeFileSync(join(folder, 'cursor.key'), other)
    return random(count)
  })
  expect(key).toEqual(other)
  expect(readdirSync(folder)).toEqual(['cursor.key'])
})

test('a damaged key is named, never used', () => {
  writeFileSync(join(folder, 'cursor.key'), 'short')
  chmodSync(join(folder, 'cursor.key'), 0o600)
  expect(() => cursorKey(folder, random)).toThrow(/cursor\.key is damaged: remove it/)
})
