import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildOnce } from './build-lock.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'writ-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('two that come at once build once, and both have what was built', async () => {
  let built: string | null = null
  let builds = 0
  const waits: number[] = []
  const otherWaits = Promise.withResolvers<void>()
  const wanted = {
    ready: () => Promise.resolve(built),
    build: async () => {
      builds += 1
      await otherWaits.promise
      built = `build ${builds}`
      return built
    },
    onWait: (seconds: number) => {
      waits.push(seconds)
      otherWaits.resolve()
    },
    beatMs: 1,
  }
  const lock = join(folder, 'lock')
  const got = await Promise.all([buildOnce(lock, wanted), buildOnce(lock, wanted)])
  expect(got).toEqual(['build 1', 'build 1'])
  expect(waits[0]).toBe(0)
  expect(readdirSync(folder)).toEqual([])
})

test('a lock whose holder was killed is taken over', async () => {
  const lock = join(folder, 'lock')
  writeFileSync(lock, '7')
  const wanted = {
    ready: () => Promise.resolve(null),
    build: () => Promise.resolve('built'),
    onWait: () => undefined,
    beatMs: 1,
  }
  expect(await buildOnce(lock, wanted)).toBe('built')
  expect(readdirSync(folder)).toEqual([])
})

test('a build that fails leaves no lock behind', async () => {
  const failing = {
    ready: () => Promise.resolve(null),
    build: () => Promise.reject(new Error('no space')),
    onWait: () => undefined,
  }
  await expect(buildOnce(join(folder, 'lock'), failing)).rejects.toThrow('no space')
  expect(readdirSync(folder)).toEqual([])
})

test('what is ready is not built', async () => {
  const wanted = {
    ready: () => Promise.resolve('there'),
    build: () => Promise.reject(new Error('built')),
    onWait: () => undefined,
  }
  expect(await buildOnce(join(folder, 'lock'), wanted)).toBe('there')
})
