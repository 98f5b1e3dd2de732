import { describe, expect, test } from 'vitest'
import { mutants } from './mutants.ts'
import { run } from './run.ts'

/** `npm run sim -- --seeds N` runs as many as one likes. */
const seeds = 500

test(`in ${seeds} lives of a log nothing is lost, nothing is doubled, and nothing contradicts what was signed`, async () => {
  let acked = 0
  for (let seed = 1; seed <= seeds; seed += 1) {
    const result = await run(seed)
    expect([seed, result.violations]).toEqual([seed, []])
    acked += result.acked
  }
  expect(acked).toBe(seeds * 25)
}, 600_000)

test('a run is the same each time', async () => {
  expect(await run(7)).toEqual(await run(7))
})

describe('a sealer is found out in which', () => {
  test.each(Object.entries(mutants))('%s', async (_, mutant) => {
    const found = async (seed: number): Promise<boolean> => {
      const { violations } = await run(seed, mutant)
      return violations.length > 0 || (seed < 60 && found(seed + 1))
    }
    expect(await found(1)).toBe(true)
  })
})
