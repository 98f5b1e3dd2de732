import { readFile } from 'node:fs/promises'
import { ensureGoBuiltins } from '@writ/compiler'
import { loadGoBuiltins } from '@writ/rego'
import { expect, test } from 'vitest'
import { surroundings } from '../../tools/toolchain.ts'
import { runBuiltins, runPolicies } from './run.ts'

/** `npm test` builds the native twin and names it, or says at its end that these could not be run. */
const opa = process.env['WRIT_NATIVE_OPA'] ?? ''
const hasNative = opa !== ''

test.runIf(hasNative)(
  'builtins with random operands are in a module what they are in Go',
  async () => {
    const go = loadGoBuiltins(await readFile(await ensureGoBuiltins(surroundings())))
    const { compared, faults } = runBuiltins({ opa, go, seed: 1, runs: 10_000, only: null })
    expect(faults).toEqual([])
    expect(compared).toBeGreaterThan(8_000)
  },
  120_000,
)

test.runIf(hasNative)(
  'random policies are in a module what OPA’s evaluator makes of them',
  async () => {
    const go = loadGoBuiltins(await readFile(await ensureGoBuiltins(surroundings())))
    const { compared, faults } = await runPolicies({ opa, go, seed: 1, runs: 300 })
    expect(faults).toEqual([])
    expect(compared).toBeGreaterThan(150)
  },
  120_000,
)
