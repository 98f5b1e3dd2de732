import { Fault } from '@writ/domain'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRounds } from './rounds.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Rounds that give what they are told to, one after the other, and take as long as told. */
function someRounds(results: readonly (boolean | Error)[], takes = 0) {
  let made = 0
  let time = 0
  const failures: unknown[] = []
  const rounds = createRounds({
    round: async () => {
      const result = results[made] ?? false
      made += 1
      time += takes
      if (result instanceof Error) throw result
      return result
    },
    clock: () => time,
    onFailure: (cause) => failures.push(cause),
  })
  return { rounds, failures, made: () => made }
}

test('one is made at the start, another while it is worth while, then it rests', async () => {
  const { rounds, made } = someRounds([true])
  await vi.advanceTimersByTimeAsync(5000)
  expect(made()).toBe(2)
  await rounds.close()
})

test('new records have one soon, and those of another process in a slow round', async () => {
  const { rounds, made } = someRounds([])
  await vi.advanceTimersByTimeAsync(1000)
  rounds.nudge()
  await vi.advanceTimersByTimeAsync(1000)
  expect(made()).toBe(2)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(made()).toBe(3)
  await rounds.close()
})

test('one that fails is told and made again, but not at once', async () => {
  const down = new Fault('records-unavailable', 'down')
  const { rounds, failures, made } = someRounds([down])
  await vi.advanceTimersByTimeAsync(29_000)
  expect({ failures, made: made() }).toEqual({ failures: [down], made: 1 })
  await vi.advanceTimersByTimeAsync(2000)
  expect(made()).toBe(2)
  await rounds.close()
})

test('deciding comes first: one that took long is followed by a long rest', async () => {
  const { rounds, made } = someRounds(
    Array.from({ length: 50 }, () => true),
    1000,
  )
  await vi.advanceTimersByTimeAsync(20_000)
  expect(made()).toBe(3)
  await rounds.close()
})
