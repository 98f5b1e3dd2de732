import { isList, type Issue, type Json } from '@writ/domain'
import { bundleInvalid } from './mistakes.ts'
import { inPairs } from './in-pairs.ts'
import { listOf, memberOf, objectOf, textOf } from './json-read.ts'
import { mistakesOf } from './opa-errors.ts'
import type { OpaResult } from './opa/run-opa.ts'

/** What became of a pack's own tests. */
export type PackTests = {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** Each failed test: where it is, its name, and the line that did not hold with the values in it. */
  readonly failures: readonly Issue[]
  /** Of every file that is no test; empty while a test fails, as OPA measures only tests that pass. */
  readonly coverage: readonly FileCoverage[]
}

export type FileCoverage = {
  readonly path: string
  readonly percent: number
  /** Lines that no test reaches, such as `12` or `14–16`. */
  readonly missing: readonly string[]
}

/** A way to run `opa test` over some files, what to call these, and where somebody finds them. */
export type Testing = {
  readonly what: string
  readonly run: (...args: readonly string[]) => Promise<OpaResult>
  readonly placed: (issues: readonly Issue[]) => readonly Issue[]
}

/** Runs the tests and measures their coverage. Throws the Fault `bundle-invalid` when they cannot be run at all. */
export async function testsBy({ what, run, placed }: Testing): Promise<PackTests> {
  const [plain, covered] = await inPairs([
    () => run('--format', 'json'),
    () => run('--format', 'json', '--coverage'),
  ])
  const tests = plain === undefined ? null : readTests(plain)
  if (tests === null || covered === undefined) {
    const mistakes = plain === undefined ? [] : mistakesOf(plain, 'opa test')
    throw bundleInvalid(`The tests in ${what} cannot be run`, placed(mistakes))
  }
  const failed = tests.filter(({ outcome }) => outcome === 'failed')
  const words = failed.length === 0 ? new Map() : detailsIn((await run('--var-values')).stdout)
  return {
    passed: tests.filter(({ outcome }) => outcome === 'passed').length,
    failed: failed.length,
    skipped: tests.filter(({ outcome }) => outcome === 'skipped').length,
    failures: placed(failed.map((test) => failureOf(test, words.get(test.name)))),
    coverage: failed.length === 0 ? coverageIn(covered.stdout) : [],
  }
}

/** Each test that failed in what `opa test --format json` said, or why it could not be run. */
export function failuresIn(result: OpaResult): readonly Issue[] {
  const tests = readTests(result)
  if (tests === null) return mistakesOf(result, 'opa test')
  return tests
    .filter(({ outcome }) => outcome === 'failed')
    .map((test) => failureOf(test, undefined))
}

type Test = {
  /** With its package, as OPA prints it. */
  readonly name: string
  readonly place: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  readonly error: string | null
}

function readTests({ stdout }: OpaResult): readonly Test[] | null {
  const value = jsonIn(stdout)
  return value !== undefined && isList(value) ? value.map(readTest) : null
}

function readTest(test: Json): Test {
  const location = memberOf(test, 'location')
  const isSkipped = memberOf(test, 'skip') === true
  const error = memberOf(test, 'error')
  const isFailed = memberOf(test, 'fail') === true || error !== undefined
  return {
    name: `${textOf(memberOf(test, 'package'))}.${textOf(memberOf(test, 'name'))}`,
    place: `${textOf(memberOf(location, 'file')).replace(/^\/+/, '')}:${textOf(memberOf(location, 'row'))}:1`,
    outcome: isSkipped ? 'skipped' : isFailed ? 'failed' : 'passed',
    error: error === undefined ? null : textOf(memberOf(error, 'message') ?? error),
  }
}

function failureOf({ name, place, error }: Test, words: string | undefined): Issue {
  const short = name.replace(/^data\.(.*\.)?/, '')
  return { pointer: place, message: `${short} fails: ${error ?? words ?? 'it is undefined'}` }
}

const maxDetail = 1_000

/** From the words of `opa test`: for each failed test, what it says below its name. */
function detailsIn(said: string): ReadonlyMap<string, string> {
  const [, failures = ''] = said.split(/^FAILURES$/m)
  const parts = failures.split(/^(data\.\S+): (?:FAIL|ERROR).*$/m).slice(1)
  const found = new Map<string, string>()
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const detail = (parts[at + 1] ?? '').split(/^-{10,}$/m)[0]?.trim() ?? ''
    found.set(parts[at] ?? '', detail.slice(0, maxDetail))
  }
  return found
}

function coverageIn(stdout: string): readonly FileCoverage[] {
  const files = Object.entries(objectOf(memberOf(jsonIn(stdout), 'files')) ?? {})
  return files
    .map(([path, file]) => ({
      path: path.replace(/^\/+/, ''),
      percent: Number(memberOf(file, 'coverage') ?? 0),
      missing: [...new Set(listOf(file, 'not_covered').map(linesOf))],
    }))
    .filter(({ path }) => !path.endsWith('_test.rego'))
}

function linesOf(range: Json): string {
  const [from, to] = ['start', 'end'].map((end) => textOf(memberOf(memberOf(range, end), 'row')))
  return from === to ? `${from}` : `${from}–${to}`
}

function jsonIn(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    return undefined // OPA printed an error in words instead
  }
}
