import { resolve } from 'node:path'
import { testPack, testRego, type FileCoverage, type PackTests } from '@writ/compiler'
import { Fault } from '@writ/domain'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { counted, plain } from '../output/plain.ts'
import { policiesFolder, surroundingsOf } from '../policies.ts'

export type TestOptions = {
  readonly policies?: string
  readonly regoVersion: '0' | '1'
  /** What of each file must be reached, in percent. */
  readonly threshold?: number
  readonly format: 'text' | 'json'
}

/** Runs the tests of a pack, or of any Rego, and says what they do not reach. */
export async function testPolicies(
  paths: readonly string[],
  options: TestOptions,
  desk: Desk,
): Promise<number> {
  const tests = await testsOf(paths, options, desk)
  const { threshold = 0, format } = options
  const below = tests.coverage.filter(({ percent }) => percent < threshold)
  const text = format === 'json' ? jsonOf(tests, below) : textOf(tests, below, threshold)
  desk.out(`${text}\n`)
  if (tests.passed + tests.failed === 0)
    throw new Fault('request-invalid', `There is no test in ${namesOf(paths, options, desk)}: tests lie in files named …_test.rego`) // prettier-ignore
  return tests.failed === 0 && below.length === 0 ? exitCodes.allowed : exitCodes.denied
}

function testsOf(paths: readonly string[], options: TestOptions, desk: Desk): Promise<PackTests> {
  const { policies, regoVersion } = options
  const around = surroundingsOf(desk)
  if (paths.length === 0) return testPack({ ...around, policies: policiesFolder(policies, desk) })
  if (policies !== undefined)
    throw new Fault('request-invalid', '--policies tests a pack, paths any other Rego: give one of them') // prettier-ignore
  return testRego({
    ...around,
    paths: paths.map((named) => ({ named, file: resolve(desk.cwd, named) })),
    regoVersion: regoVersion === '0' ? 0 : 1,
  })
}

function namesOf(paths: readonly string[], { policies }: TestOptions, desk: Desk): string {
  return paths.length === 0 ? policiesFolder(policies, desk) : paths.join(', ')
}

function textOf(tests: PackTests, below: readonly FileCoverage[], threshold: number): string {
  const { passed, failed, skipped, failures, coverage } = tests
  const lines = [
    ...failures.map(({ pointer, message }) => `${pointer}: ${message}`),
    ...coverage.filter(({ percent }) => percent < 100).map(gapLine),
    ...(below.length === 0 ? [] : [`Below ${threshold} %: ${counted(below.length, 'file')}.`]),
    `${counted(passed, 'test')} passed, ${failed} failed, ${skipped} skipped.`,
  ]
  return plain(lines.join('\n'))
}

function gapLine({ path, percent, missing }: FileCoverage): string {
  return `${path}: no test reaches line ${missing.join(', ')} (${Math.floor(percent)} % covered)`
}

function jsonOf(tests: PackTests, below: readonly FileCoverage[]): string {
  const { passed, failed, skipped, failures, coverage } = tests
  const shown = {
    passed,
    failed,
    skipped,
    failures,
    coverage,
    below: below.map(({ path }) => path),
  }
  return JSON.stringify(shown, null, 2)
}
