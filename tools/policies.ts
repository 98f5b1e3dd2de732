import { join } from 'node:path'
import {
  ensureOpa,
  issueLines,
  lintPack,
  testPack,
  type Gate,
  type PackTests,
} from '@writ/compiler'
import { Fault } from '@writ/domain'
import type { StepResult } from './steps.ts'
import { surroundings, toolOrMissing } from './toolchain.ts'

const root = join(import.meta.dirname, '..')
const policies = join(root, 'policies')
/** Every line of a rule and of the library is reached by some test: what is not reached was never seen to be right. */
const coverageNeeded = 100

/** The policy part of `npm run check`: every gate that `writ policy lint` holds, then tests and their coverage. */
export async function checkPolicies(): Promise<readonly StepResult[]> {
  const compiler = await toolOrMissing('policies', () => ensureOpa(surroundings()))
  if ('step' in compiler) return [compiler.step]
  const gates = await lintPack({ ...surroundings(), policies, skip: [] })
  return [...gates.map(stepOf), ...(await checkTests())]
}

function stepOf({ name, issues, notRun }: Gate): StepResult {
  const detail = issues.map(({ pointer, message, lint }) => `${pointer}: ${message} [${lint}]`)
  const step = { name: `policies: ${name}`, ok: issues.length === 0, detail: detail.join('\n') }
  return notRun === null ? step : { ...step, ok: false, missing: notRun }
}

async function checkTests(): Promise<readonly StepResult[]> {
  const name = 'policies: tests (opa test)'
  let tests: PackTests | null = null
  const run = await judged(name, async () => {
    tests = await testPack({ ...surroundings(), policies })
    return ''
  })
  return tests === null ? [run] : readTests(name, tests)
}

function readTests(name: string, tests: PackTests): readonly StepResult[] {
  const { passed, failed, failures, coverage } = tests
  const below = coverage.filter(({ percent }) => percent < coverageNeeded)
  const lines = failures.map(({ pointer, message }) => `${pointer}: ${message}`)
  const ran = { name: `${name}: ${passed} passed`, ok: failed === 0 && passed > 0 }
  const result = { ...ran, detail: passed + failed === 0 ? 'no test was found' : lines.join('\n') }
  if (failed > 0) return [result]
  return [
    result,
    {
      name: `policies: coverage ${coverageNeeded} % of each file`,
      ok: below.length === 0,
      detail: below
        .map(
          ({ path, percent, missing }) =>
            `${path}: ${percent} %; not reached: lines ${missing.join(', ')}`,
        )
        .join('\n'),
    },
  ]
}

/** A step that is right unless its work throws; a mistake in the pack is told line by line. */
async function judged(name: string, work: () => Promise<string>): Promise<StepResult> {
  try {
    return { name, ok: true, detail: await work() }
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown
    return { name, ok: false, detail: [thrown.message, ...issueLines(thrown)].join('\n') }
  }
}
