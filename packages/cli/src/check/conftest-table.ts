import type { WireFinding } from '@writ/contract'
import { plainLine } from '../output/plain.ts'
import type { Report } from './report.ts'
import { toldFindings, type Told } from './told.ts'
import { requestLines } from './words.ts'

const results: Readonly<Record<string, string>> = {
  waived: 'exception',
  advised: 'warning',
  blocked: 'failure',
}

/** The report as the table that conftest prints with `--output table`: file by file, and what fails last. */
export function conftestTable(report: Report): string {
  const rows = [...fileRows(report), ...unjudgedRows(report)]
  return rows.length === 0 ? '' : boxed(rows)
}

type Row = readonly string[]

const head = ['RESULT', 'FILE', 'NAMESPACE', 'MESSAGE']

/** Rows below their heading, in a box, to the byte as conftest draws it. */
export function boxed(rows: readonly Row[]): string {
  const widths = head.map((name, at) =>
    Math.max(name.length, ...rows.map((row) => columnsOf(row[at] ?? ''))),
  )
  const rule = ([left, joint, right]: readonly [string, string, string]): string =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(joint) + right
  const line = (cells: Row): string =>
    `│${cells.map((cell, at) => ` ${cell}${' '.repeat((widths[at] ?? 0) - columnsOf(cell))} `).join('│')}│`
  const lines = [
    rule(['┌', '┬', '┐']),
    line(head.map((name, at) => centred(name, widths[at] ?? 0))),
    rule(['├', '┼', '┤']),
    ...rows.map(line),
    rule(['└', '┴', '┘']),
  ]
  return `${lines.join('\n')}\n`
}

function centred(name: string, width: number): string {
  return ' '.repeat(Math.floor((width - name.length) / 2)) + name
}

const wide =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}|[\uff01-\uff60]/u

/** How many columns of a terminal a text takes. */
function columnsOf(text: string): number {
  const marks = Array.from(text).filter((character) => !/\p{Mark}/u.test(character))
  return marks.length + marks.filter((character) => wide.test(character)).length
}

const order = ['success', ...Object.values(results)]

function fileRows(report: Report): readonly Row[] {
  const clean = report.files
    .filter(({ findings }) => findings.length === 0)
    .map(({ file }) => ['success', plainLine(file), '', 'SUCCESS'])
  const rows = [...clean, ...toldFindings(report).map((told) => findingRow(told, report))]
  const files = [...report.files.map(({ file }) => plainLine(file)), '']
  return rows.toSorted((left, right) => placeOf(left, files) - placeOf(right, files))
}

function placeOf([result = '', file = '']: Row, files: readonly string[]): number {
  const at = files.indexOf(file)
  return (at === -1 ? files.length : at) * order.length + order.indexOf(result)
}

function findingRow({ file, line, finding }: Told, report: Report): Row {
  const { effect, rule, resource, message } = finding
  const result = report.known.has(finding) ? 'exception' : (results[effect] ?? 'warning')
  const place = line === null ? '' : `line ${line}: `
  return [
    result,
    plainLine(file ?? `${resource.type} ${resource.id}`),
    rule,
    plainLine(`${place}${message}${askedIn(finding, report)}`),
  ]
}

function askedIn(finding: WireFinding, { requests }: Report): string {
  const request = requests.get(finding)
  return request === undefined ? '' : ` (${requestLines(finding, request)[0] ?? ''})`
}

/** Beside what conftest knows: comments that ask for nothing, and what could not be judged. */
function unjudgedRows({ hints, errors, vacuous }: Report): readonly Row[] {
  const unjudged = [...errors, ...vacuous.map((message) => ({ file: null, line: null, message }))]
  const row = (result: string, file: string | null, text: string): Row => [
    result,
    plainLine(file ?? ''),
    '',
    plainLine(text),
  ]
  const placed = (line: number | null, message: string): string =>
    line === null ? message : `line ${line}: ${message}`
  return [
    ...hints.map(({ file, line, message }) => row('skipped', file, placed(line, message))),
    ...unjudged.map(({ file, line, message }) => row('error', file, placed(line, message))),
  ]
}
