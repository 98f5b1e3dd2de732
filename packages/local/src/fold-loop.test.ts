import { Fault } from '@writ/domain'
import type { Folded } from '@writ/service'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFoldLoop } from './fold-loop.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const nothing: Folded = { saved: 0, failed: [] }

/** A loop whose folds give what they are told to, one after the other, and take as long as told. */
function aLoop(results: readonly (Folded | Error)[], takes = 0) {
  let folds = 0
  let time = 0
  const failures: unknown[] = []
  const loop = createFoldLoop({
    fold: async () => {
      const result = results[folds] ?? nothing
      folds += 1
      time += takes
      if (result instanceof Error) throw result
      return result
    },
    clock: () => time,
    onFailure: (_, cause) => failures.push(cause),
  })
  return { loop, failures, folds: () => folds }
}

test('it folds at the start, again while there was something to fold, then rests', async () => {
  const { loop, folds } = aLoop([{ ...nothing, saved: 3 }])
  await vi.advanceTimersByTimeAsync(5000)
  expect(folds()).toBe(2)
  await loop.close()
})

test('new records are folded soon, and those of another process in a slow round', async () => {
  const { loop, folds } = aLoop([])
  await vi.advanceTimersByTimeAsync(1000)
  loop.nudge()
  await vi.advanceTimersByTimeAsync(1000)
  expect(folds()).toBe(2)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(folds()).toBe(3)
  await loop.close()
})

test('what fails is told and tried again, but not at once', async () => {
  const down = new Fault('records-unavailable', 'down')
  const unreadable = new Error('unreadable')
  const entity = { tenant: 't', entity: 'checkout', version: 1 }
  const { loop, failures, folds } = aLoop([
    down,
    { saved: 0, failed: [{ entity, cause: unreadable }] },
  ])
  await vi.advanceTimersByTimeAsync(29_000)
  expect({ failures, folds: folds() }).toEqual({ failures: [down], folds: 1 })
  await vi.advanceTimersByTimeAsync(2000)
  expect(failures).toEqual([down, unreadable])
  await loop.close()
})

test('deciding comes first: a fold that took long is followed by a long rest', async () => {
  const busy = Array.from({ length: 50 }, () => ({ ...nothing, saved: 1 }))
  const { loop, folds } = aLoop(busy, 1000)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(folds()).toBe(3)
  await loop.close()
})
