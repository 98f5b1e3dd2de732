import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { lintPolicies } from './lint.ts'
import { testPolicies } from './test.ts'

export type GateOptions = {
  readonly policies?: string
  readonly regoVersion: '0' | '1'
  readonly threshold?: number
}

/** Holds all gates that come before compiling, in their order; the exit code of the first that does not let through. */
export async function holdAllGates(
  paths: readonly string[],
  options: GateOptions,
  desk: Desk,
): Promise<number> {
  const asked = { ...options, format: 'text' } as const
  const linted = await lintPolicies(paths, asked, desk)
  if (linted !== exitCodes.allowed) return linted
  return testPolicies(paths, { ...asked, threshold: options.threshold ?? 100 }, desk)
}
