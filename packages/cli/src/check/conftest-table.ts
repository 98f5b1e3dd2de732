import type { WireFinding } from '@writ/contract'
import { plainLine } from '../output/plain.ts'
import type { Report } from './report.ts'
import { toldFindings } from './told.ts'
import { requestLines } from './words.ts'

const results: Readonly<Record<string, string>> = {
  blocked: 'failure',
  advised: 'warning',
  waived: 'exception',
}

const head = ['RESULT', 'FILE', 'NAMESPACE', 'MESSAGE']

/** The report as the table that conftest prints with `--output table`: what fails first, a file without findings as success. */
export function conftestTable(report: Report): string {
  const rows = [...findingRows(report), ...errorRows(report), ...successRows(report)]
  const widths = head.map((name, at) =>
    Math.max(name.length, ...rows.map((row) => lengthOf(row[at] ?? ''))),
  )
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`
  const line = (cells: readonly string[]): string =>
    `|${cells.map((cell, at) => ` ${padded(cell, widths[at] ?? 0)} `).join('|')}|`
  return `${[rule, line(head), rule, ...rows.map(line), rule].join('\n')}\n`
}

/** How many columns it takes, but for characters that are wide. */
function lengthOf(cell: string): number {
  return Array.from(cell).length
}

function padded(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - lengthOf(cell)))
}

const order = Object.keys(results)

function findingRows(report: Report): readonly (readonly string[])[] {
  return toldFindings(report)
    .toSorted(
      (left, right) => order.indexOf(left.finding.effect) - order.indexOf(right.finding.effect),
    ) // prettier-ignore
    .map(({ file, line, finding }) => [
      report.known.has(finding) ? 'exception' : (results[finding.effect] ?? 'warning'),
      plainLine(
        file === null ? `${finding.resource.type} ${finding.resource.id}` : `${file}:${line ?? 1}`,
      ),
      finding.rule,
      plainLine(`${finding.message}${askedIn(finding, report)}`),
    ])
}

function askedIn(finding: WireFinding, { requests }: Report): string {
  const request = requests.get(finding)
  return request === undefined ? '' : ` (${requestLines(finding, request)[0] ?? ''})`
}

function errorRows({ hints, errors, vacuous }: Report): readonly (readonly string[])[] {
  return [
    ...errors.map(({ file, line, message }) => [
      'error',
      plainLine(line === null ? (file ?? '') : `${file ?? ''}:${line}`),
      '',
      plainLine(message),
    ]),
    ...hints.map(({ file, line, message }) => [
      'skipped',
      plainLine(`${file}:${line}`),
      '',
      plainLine(message),
    ]),
    ...vacuous.map((message) => ['error', '', '', plainLine(message)]),
  ]
}

function successRows({ files }: Report): readonly (readonly string[])[] {
  return files
    .filter(({ findings }) => findings.length === 0)
    .map(({ file }) => ['success', plainLine(file), '', 'nothing found'])
}
