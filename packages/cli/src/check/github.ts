import type { Effect } from '@writ/domain'
import type { WireFinding } from '@writ/contract'
import { plain, plainLine } from '../output/plain.ts'
import { escaped, remedyParts } from './remedy.ts'
import type { InputError, Report } from './report.ts'
import { skipLines } from './skips.ts'
import {
  countsLine,
  exitLine,
  goneLine,
  judgedLine,
  requestLines,
  verdictLine,
  waiverLine,
  waiverSentence,
} from './words.ts'

const kinds: Readonly<Record<Effect, 'error' | 'warning' | 'notice'>> = {
  blocked: 'error',
  advised: 'warning',
  waived: 'notice',
  observed: 'notice',
  none: 'notice',
}

type Place = { readonly file: string | null; readonly line: number | null }

/**
 * The report as workflow commands: GitHub shows each at its line of the pull request. In the log, which opens at its end,
 * what stops nothing is folded away first; what stops the change follows, and the result as plain lines.
 */
export function githubText(report: Report): string {
  const { errors, vacuous, decisions } = report
  const placed = placedFindings(report)
  const lines = [
    ...foldedLines(
      placed.filter(([finding]) => !isStopping(finding, report)),
      report,
    ),
    ...skipLines(report).map((line) => plainLine(`Skipped: ${line}`)),
    ...placed
      .filter(([finding]) => isStopping(finding, report))
      .map((one) => findingCommand(one, report)),
    ...errors.map(errorCommand),
    ...vacuous.map((message) => errorCommand({ file: null, line: null, message })),
    verdictLine(report),
    countsLine(report),
    ...[judgedLine(report), goneLine(report), waiverLine(report)].filter((line) => line !== null),
    ...decisions.map((address) => `Recorded: ${address}`),
    exitLine(report),
  ]
  return `${lines.join('\n')}\n`
}

const order: readonly Effect[] = ['blocked', 'waived', 'advised']

/** What blocks comes first: of many, GitHub shows only the first few. */
function placedFindings({ files, general }: Report): readonly (readonly [WireFinding, Place])[] {
  const placed = [
    ...files.flatMap(({ file, findings }) =>
      findings.map((finding) => [finding, { file, line: finding.line }] as const),
    ),
    ...general.map((finding) => [finding, { file: null, line: null }] as const),
  ]
  return order.flatMap((effect) => placed.filter(([finding]) => finding.effect === effect))
}

function isStopping(finding: WireFinding, { known }: Report): boolean {
  return finding.effect === 'blocked' && !known.has(finding)
}

/** GitHub makes no more marks of one kind for a step. */
const mostMarks = 10

/** What stops nothing, behind a line that opens it: marks as far as GitHub makes them, then a line each. */
function foldedLines(
  placed: readonly (readonly [WireFinding, Place])[],
  report: Report,
): readonly string[] {
  const marks = new Map<string, number>()
  const lines = [
    ...placed.map((one) => {
      const kind = kindOf(one[0], report)
      const count = (marks.get(kind) ?? 0) + 1
      marks.set(kind, count)
      return count > mostMarks ? findingLine(one, report) : findingCommand(one, report)
    }),
    ...report.hints.map(({ file, line, message }) =>
      command('notice', { file, line, title: 'A comment that asks for nothing' }, message),
    ),
  ]
  if (lines.length === 0) return []
  return [`::group::What stops nothing (${lines.length})`, ...lines, '::endgroup::']
}

function kindOf(finding: WireFinding, { known }: Report): 'error' | 'warning' | 'notice' {
  return known.has(finding) ? 'notice' : kinds[finding.effect]
}

function findingLine(
  [finding, { file, line }]: readonly [WireFinding, Place],
  { known }: Report,
): string {
  const word = known.has(finding) ? 'known from the baseline' : names[finding.effect].toLowerCase()
  return plainLine(`${word}: ${placeOf(file, line)}: ${finding.message} (${finding.rule})`)
}

function findingCommand([finding, place]: readonly [WireFinding, Place], report: Report): string {
  const { known: knownOnes, requests } = report
  const isKnown = knownOnes.has(finding)
  const request = requests.get(finding)
  const asked = request === undefined ? [] : requestLines(finding, request)
  const { title, message, remediation } = finding
  const text = [message, remediation, whereAndWho(finding, place), ...asked].join('\n')
  const known = isKnown ? ' (known from the baseline)' : ''
  return command(kindOf(finding, report), { ...place, title: `${title}${known}` }, text)
}

/** The log of a run shows the text alone, without the place that the command names. */
function whereAndWho(finding: WireFinding, { file, line }: Place): string {
  const words = [finding.rule, placeOf(file, line)].filter((word) => word !== '').join(', ')
  return [waiverSentence(finding), `(${words})`].filter((part) => part !== null).join('\n')
}

function errorCommand({ file, line, message }: InputError): string {
  const isFile = file !== null && file !== '' && file !== '-'
  const text = file === null || file === '' ? message : `${file}: ${message}`
  return command('error', { file: isFile ? file : null, line, title: 'Not judged' }, text)
}

function command(
  kind: string,
  { file, line, title }: Place & { readonly title: string },
  text: string,
): string {
  const properties = [
    ...(file === null || file === '-' ? [] : [`file=${property(file)}`]),
    ...(file === null || file === '-' || line === null ? [] : [`line=${line}`]),
    `title=${property(title)}`,
  ]
  return `::${kind} ${properties.join(',')}::${data(text)}`
}

/** The runner reads these three back; nothing else is special in the text of a command. */
function data(text: string): string {
  return plain(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

const shownRows = 200

/** A table for the page of the run: what stops it first. */
export function stepSummary(report: Report): string {
  const { errors, vacuous } = report
  const fixes = new Set<string>()
  const found = placedFindings(report).map((placed) => ({
    isBlocking: placed[0].effect === 'blocked',
    row: rowOf(placed, report, fixes),
  }))
  const rows = [
    ...found.filter(({ isBlocking }) => isBlocking).map((one) => one.row),
    ...errors.map(({ file, line, message }) =>
      row('Not judged', cell(placeOf(file, line)), cell(message), ''),
    ),
    ...vacuous.map((message) => row('Not judged', '', cell(message), '')),
    ...found.filter(({ isBlocking }) => !isBlocking).map((one) => one.row),
  ]
  const more = rows.length - shownRows
  const table = ['| | where | what | how to fix |', '| --- | --- | --- | --- |']
  return [
    `### Writ: ${cell(verdictLine(report))}`,
    '',
    ...(rows.length === 0 ? [] : [...table, ...rows.slice(0, shownRows), '']),
    ...(more > 0 ? [`… and ${more} more.`, ''] : []),
    ...requestList(report),
    ...skipList(report),
    cell([countsLine(report), judgedLine(report)].join(' ')),
    ...report.decisions.map((address) => `\nRecorded: <${address}>`),
    '',
  ].join('\n')
}

function skipList(report: Report): readonly string[] {
  const lines = skipLines(report).map((line) => `- ${cell(`Skipped: ${line}`)}`)
  return lines.length === 0 ? [] : [...lines, '']
}

/** The waivers that comments ask for, with the command that grants each. */
function requestList(report: Report): readonly string[] {
  const asked = placedFindings(report).flatMap(([finding, { file }]) => {
    const request = report.requests.get(finding)
    if (request === undefined || request.command === null) return []
    return [
      `- ${cell(`${finding.rule}, ${placeOf(file, request.line)}: ${request.reason}`)}`,
      '',
      `      ${plainLine(request.command)}`,
      '',
    ]
  })
  return asked.length === 0 ? [] : ['#### Waivers that comments ask for', '', ...asked]
}

const names: Readonly<Record<Effect, string>> = {
  blocked: 'Blocked',
  advised: 'Advice',
  waived: 'Waived',
  observed: '',
  none: '',
}

function rowOf(
  [finding, { file, line }]: readonly [WireFinding, Place],
  { known }: Report,
  fixes: Set<string>,
): string {
  const { effect, title, message, rule, remediation } = finding
  const waiver = waiverSentence(finding)
  return row(
    known.has(finding) ? 'Known' : names[effect],
    cell(placeOf(file, line)),
    `${cell(`${title}: ${message}`)}<br><code>${cell(rule)}</code>${waiver === null ? '' : `<br>${cell(waiver)}`}`,
    fixCell(remediation, fixes),
  )
}

/** The lines to write keep their margin, so that they can be copied. A fix of several lines is told once. */
function fixCell(remediation: string, fixes: Set<string>): string {
  if (fixes.has(remediation)) return 'as above'
  if (remediation.includes('\n')) fixes.add(remediation)
  return remedyParts(remediation)
    .map(({ kind, text }) => (kind === 'code' ? `<pre>${cell(text)}</pre>` : cell(text)))
    .join('')
}

function placeOf(file: string | null, line: number | null): string {
  return line === null ? (file ?? '') : `${file}:${line}`
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

/** Nothing from a file may become markup of the page. */
function cell(text: string): string {
  return escaped(plain(text)).replaceAll('\n', '<br>')
}
