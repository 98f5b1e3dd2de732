import { resolve } from 'node:path'
import { testPack, testRego, type FileCoverage, type PackTests } from '@writ/compiler'
import { Fault } from '@writ/domain'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { counted, plain } from '../output/plain.ts'
import { policiesFolder, surroundingsOf } from '../policies.ts'
import { testCases, type CaseTests } from './test-cases.ts'

export type TestOptions = {
  readonly policies?: string
  readonly regoVersion: '0' | '1'
  /** What of each file must be reached, in percent. */
  readonly threshold?: number
  readonly format: 'text' | 'json'
}

type Tested = {
  readonly tests: PackTests
  /** Null of Rego that is no pack. */
  readonly cases: CaseTests | null
  /** What is not reached by enough. */
  readonly below: readonly FileCoverage[]
}

/** Runs the tests and cases of a pack, or the tests of any Rego, and says what they do not reach. */
export async function testPolicies(
  paths: readonly string[],
  options: TestOptions,
  desk: Desk,
): Promise<number> {
  const { policies, threshold = 0, format } = options
  if (paths.length > 0 && policies !== undefined)
    throw new Fault(
      'request-invalid',
      '--policies tests a pack, paths any other Rego: give one of them',
    )
  const folder = policiesFolder(policies, desk)
  const [tests, cases] =
    paths.length > 0
      ? [await testRego(regoTests(paths, options, desk)), null]
      : [
          await testPack({ ...surroundingsOf(desk), policies: folder }),
          await testCases(folder, desk),
        ]
  const below = tests.coverage.filter(({ percent }) => percent < threshold)
  const tested = { tests, cases, below }
  desk.out(format === 'json' ? jsonOf(tested) : textOf(tested, threshold))
  if (tests.passed + tests.failed === 0)
    throw new Fault(
      'request-invalid',
      `There is no test in ${paths.join(', ') || folder}: tests lie in files named …_test.rego`,
    )
  return isGood(tested) ? exitCodes.allowed : exitCodes.denied
}

function regoTests(
  paths: readonly string[],
  { regoVersion }: TestOptions,
  desk: Desk,
): Parameters<typeof testRego>[0] {
  return {
    ...surroundingsOf(desk),
    paths: paths.map((named) => ({ named, file: resolve(desk.cwd, named) })),
    regoVersion: regoVersion === '0' ? 0 : 1,
  }
}

function isGood({ tests, cases, below }: Tested): boolean {
  return tests.failed === 0 && below.length === 0 && (cases?.failures.length ?? 0) === 0
}

function textOf({ tests, cases, below }: Tested, threshold: number): string {
  const { passed, failed, skipped, failures, coverage } = tests
  const lines = [
    ...[...failures, ...(cases?.failures ?? [])].map(
      ({ pointer, message }) => `${pointer}: ${message}`,
    ),
    ...coverage.filter(({ percent }) => percent < 100).map(gapLine),
    ...(below.length === 0 ? [] : [`Below ${threshold} %: ${counted(below.length, 'file')}.`]),
    `${counted(passed, 'test')} passed, ${failed} failed, ${skipped} skipped.`,
    ...(cases === null ? [] : [casesLine(cases)]),
  ]
  return `${plain(lines.join('\n'))}\n`
}

function casesLine({ passed, failed }: CaseTests): string {
  return `${counted(passed, 'case')} passed, in WebAssembly as in OPA, ${failed} failed.`
}

function gapLine({ path, percent, missing }: FileCoverage): string {
  return `${path}: no test reaches line ${missing.join(', ')} (${Math.floor(percent)} % covered)`
}

function jsonOf({ tests, cases, below }: Tested): string {
  const { passed, failed, skipped, failures, coverage } = tests
  const shown = { passed, failed, skipped, failures, coverage, below: below.map(({ path }) => path), cases } // prettier-ignore
  return `${JSON.stringify(shown, null, 2)}\n`
}
