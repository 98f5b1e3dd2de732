import { plain } from '../output/plain.ts'
import type { FileReport, Hint, InputError, PlacedFinding, Report } from './report.ts'
import type { WireFinding } from '@writ/contract'
import { isTold, requestLines, verdictLine, waiverSentence } from './words.ts'

type Case = {
  readonly kind: 'passed' | 'failure' | 'error' | 'skipped'
  readonly xml: string
}

type Suite = { readonly name: string; readonly cases: readonly Case[] }

/**
 * The report as JUnit XML: a suite for each file, a case for each finding. Only what blocks fails; advice and what a waiver
 * excuses are skipped, with a word on it, so that a pipeline is as red here as by the exit code.
 */
export function junitText(report: Report): string {
  const suites = suitesOf(report)
  const cases = suites.flatMap((suite) => suite.cases)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${attribute(`writ: ${verdictLine(report)}`)}"${numbersOf(cases, ['failures', 'errors'])}>`,
    ...suites.map(suiteXml),
    '</testsuites>',
    '',
  ].join('\n')
}

function suitesOf(report: Report): readonly Suite[] {
  const { files, general, errors, vacuous } = report
  const unjudged = [...errors, ...vacuous.map((message) => ({ file: null, line: null, message }))]
  return [
    ...files.map((file) => suiteOf(file, report)),
    {
      name: 'the change as a whole',
      cases: general.filter(isTold).map((one) => caseOf(one, null, report)),
    },
    { name: 'not judged', cases: unjudged.map(errorCase) },
    { name: 'comments that ask for nothing', cases: report.hints.map(hintCase) },
  ].filter(({ cases }) => cases.length > 0)
}

function suiteOf({ file, format, findings }: FileReport, report: Report): Suite {
  const told = findings.filter(isTold)
  const passed = testCase({ name: `${file}: nothing found`, group: format }, 'passed', '')
  return {
    name: file,
    cases: told.length === 0 ? [passed] : told.map((one) => caseOf(one, one, report)),
  }
}

function caseOf(
  finding: WireFinding,
  placed: PlacedFinding | null,
  { known, requests }: Report,
): Case {
  const isKnown = known.has(finding)
  const { rule, resource, part, location, message, remediation, severity, effect, waiver } = finding
  const name = `${resource.type} ${resource.id}${part === null ? '' : `, part ${part}`}`
  const place = placed === null ? '' : `${location?.path ?? ''}:${placed.line}: `
  const named = { name, group: rule }
  if (effect === 'blocked' && !isKnown) {
    const open = `<failure type="${attribute(severity)}" message="${attribute(place + message)}">`
    return testCase(
      named,
      'failure',
      `${open}${text(`Fix: ${remediation}${excusesOf(finding, requests)}`)}</failure>`,
    )
  }
  const advice = isKnown ? 'Known from the baseline' : 'Advice'
  const word = effect === 'waived' ? `Waived by ${waiver ?? 'a waiver'}` : advice
  const said = `${word}: ${place}${message} Fix: ${remediation}${askedIn(finding, requests)}`
  return testCase(named, 'skipped', skipped(said))
}

function excusesOf(finding: WireFinding, requests: Report['requests']): string {
  return `\n${waiverSentence(finding) ?? ''}${askedIn(finding, requests)}`
}

function askedIn(finding: WireFinding, requests: Report['requests']): string {
  const request = requests.get(finding)
  return request === undefined ? '' : `\n${requestLines(finding, request).join('\n')}`
}

function errorCase({ file, line, message }: InputError): Case {
  const place = file === null || file === '' ? 'input' : file
  const name = line === null ? place : `${place}:${line}`
  const xml = `<error type="input" message="${attribute(message)}"/>`
  return testCase({ name, group: 'not judged' }, 'error', xml)
}

function hintCase({ file, line, message }: Hint): Case {
  const named = { name: `${file}:${line}`, group: 'comments that ask for nothing' }
  return testCase(named, 'skipped', skipped(message))
}

/** Jenkins' schema knows no attribute of it, and whoever reads one reads this, too. */
function skipped(words: string): string {
  return `<skipped>${text(words)}</skipped>`
}

type Named = { readonly name: string; readonly group: string }

function testCase({ name, group }: Named, kind: Case['kind'], inner: string): Case {
  const open = `    <testcase name="${attribute(name)}" classname="${attribute(group)}" time="0"`
  return { kind, xml: inner === '' ? `${open}/>` : `${open}>${inner}</testcase>` }
}

function suiteXml({ name, cases }: Suite): string {
  const numbers = numbersOf(cases, ['failures', 'errors', 'skipped'])
  const open = `  <testsuite name="${attribute(name)}"${numbers} time="0">`
  return [open, ...cases.map(({ xml }) => xml), '  </testsuite>'].join('\n')
}

const kinds = { failures: 'failure', errors: 'error', skipped: 'skipped' } as const

function numbersOf(cases: readonly Case[], names: readonly (keyof typeof kinds)[]): string {
  const counts = names.map(
    (name) => ` ${name}="${cases.filter(({ kind }) => kind === kinds[name]).length}"`,
  )
  return ` tests="${cases.length}"${counts.join('')}`
}

/** What XML 1.0 cannot hold at all: half a surrogate pair, and two numbers at the end of the plane. */
const unwritable = /[\uFFFE\uFFFF]/g

function text(value: string): string {
  return plain(value)
    .toWellFormed()
    .replace(unwritable, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

function attribute(value: string): string {
  return text(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
}
