import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSoon, type SoonParts } from './soon.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Work that ends when the test says so. */
function someWork(after: SoonParts['after']) {
  const ends: (() => void)[] = []
  const run = (): Promise<void> => new Promise((resolve) => ends.push(resolve))
  return { ends, soon: createSoon({ run, delay: () => 100, after }) }
}

test('many nudges are one run', async () => {
  const { ends, soon } = someWork('first')
  soon.nudge()
  await vi.advanceTimersByTimeAsync(60)
  soon.nudge()
  await vi.advanceTimersByTimeAsync(40)
  expect(ends).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1000)
  expect(ends).toHaveLength(1)
})

test('after the last nudge: it waits until all is quiet', async () => {
  const { ends, soon } = someWork('last')
  soon.nudge()
  await vi.advanceTimersByTimeAsync(60)
  soon.nudge()
  await vi.advanceTimersByTimeAsync(60)
  expect(ends).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(40)
  expect(ends).toHaveLength(1)
})

test('a nudge during a run brings one more, after it and never beside it', async () => {
  const { ends, soon } = someWork('first')
  soon.nudge()
  await vi.advanceTimersByTimeAsync(100)
  soon.nudge()
  soon.nudge()
  await vi.advanceTimersByTimeAsync(1000)
  expect(ends).toHaveLength(1)
  ends[0]?.()
  await vi.advanceTimersByTimeAsync(100)
  expect(ends).toHaveLength(2)
})

test('closed, it starts nothing, and has waited for what was going on', async () => {
  const { ends, soon } = someWork('first')
  soon.nudge()
  await vi.advanceTimersByTimeAsync(100)
  soon.nudge()
  let isClosed = false
  const closed = soon.close().then(() => (isClosed = true))
  await vi.advanceTimersByTimeAsync(1000)
  expect(isClosed).toBe(false)
  ends[0]?.()
  await closed
  soon.nudge()
  await vi.advanceTimersByTimeAsync(1000)
  expect(ends).toHaveLength(1)
})
