import type { WireFinding } from '@writ/contract'
import { findingText } from '../output/answer-text.ts'
import type { Paint } from '../output/paint.ts'
import { counted, plainLine } from '../output/plain.ts'
import { adviceTexts } from './advice.ts'
import type { InputError, Report } from './report.ts'
import { skipLines } from './skips.ts'
import { toldFindings, type Told } from './told.ts'
import {
  countsLine,
  exitLine,
  goneLine,
  judgedLine,
  requestLines,
  shadowLine,
  verdictLine,
  waiverLine,
  whyLine,
} from './words.ts'

const shownFindings = 200
const shownKnown = 20
const shownErrors = 100

/**
 * A report for people. What blocks stands last, beside the result: of a long text a terminal and a log show the end. Before
 * it stands what nobody has to do today.
 */
export function reportText(report: Report, paint: Paint): string {
  const news = toldFindings(report).filter(({ finding }) => !report.known.has(finding))
  const sections = [
    ...adviceTexts(news.filter(isAdvice), report, paint),
    ...knownTexts(report, paint),
    ...list(
      'Comments that ask for nothing',
      paint,
      report.hints.slice(0, shownErrors).map(errorLine),
    ),
    ...list('Skipped', paint, skipLines(report)),
    ...findingTexts(
      news.filter((told) => !isAdvice(told)),
      report,
      paint,
    ),
    ...list('Not judged', paint, report.vacuous),
    ...list('Mistakes in the input', paint, report.errors.slice(0, shownErrors).map(errorLine)),
    summary(report, paint),
  ]
  return `${sections.join('\n\n')}\n`
}

function isAdvice({ finding }: Told): boolean {
  return finding.effect === 'advised'
}

/** What is waived, then what blocks, under the names of their files. Of a great many only the first are told. */
function findingTexts(news: readonly Told[], report: Report, paint: Paint): readonly string[] {
  const blocking = news.filter(isBlocking)
  const waived = news.filter((one) => !isBlocking(one))
  const told = [...waived.slice(0, shownFindings), ...blocking.slice(0, shownFindings)]
  const fixes = new Map<string, string>()
  const texts = told.flatMap((one, at) => {
    const { file, line, finding } = one
    const brief = { ...finding, remediation: shortened(fixes, one) }
    const text = [findingText(brief, line, paint), ...askedTexts(finding, report)].join('\n')
    const isFirst = file !== null && file !== told[at - 1]?.file
    return isFirst ? [paint('bold', plainLine(file)), text] : [text]
  })
  const more = news.length - told.length
  return more === 0
    ? texts
    : [...texts, `… and ${counted(more, 'more finding')}: --format json shows all.`]
}

function isBlocking({ finding }: Told): boolean {
  return finding.effect === 'blocked'
}

/** A fix of several lines is told in full once. */
function shortened(told: Map<string, string>, { file, line, finding }: Told): string {
  const { rule, remediation } = finding
  if (!remediation.includes('\n')) return remediation
  const key = `${rule}\n${remediation}`
  const first = told.get(key)
  if (first !== undefined) return `as for ${first}, above`
  told.set(key, file === null ? finding.resource.id : `${file}:${line ?? 1}`)
  return remediation
}

/** What a comment asks for, below the finding that it is about. */
function askedTexts(finding: WireFinding, { requests }: Report): readonly string[] {
  const request = requests.get(finding)
  if (request === undefined) return []
  const [first = '', ...rest] = requestLines(finding, request).map(plainLine)
  return [`    asked   ${first}`, ...rest.map((line) => `            ${line}`)]
}

/** What a baseline knows, a line each: it is not forgotten, and does not drown what is new. */
function knownTexts(report: Report, paint: Paint): readonly string[] {
  const lines = toldFindings(report)
    .filter(({ finding }) => report.known.has(finding))
    .map(({ file, line, finding: { title, rule } }) =>
      errorLine({ file, line, message: `${title} (${rule})` }),
    )
  const more = lines.length - shownKnown
  const shown = lines.slice(0, shownKnown)
  return list(
    'Known from the baseline',
    paint,
    more > 0
      ? [...shown, `… and ${counted(more, 'more', 'more')}: --format json shows all`]
      : shown,
  )
}

function errorLine({ file, line, message }: InputError): string {
  if (file === null) return message
  const place = line === null ? file : `${file}:${line}`
  return place === '' ? message : `${place}: ${message}`
}

function list(title: string, paint: Paint, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return []
  return [[paint('bold', title), ...lines.map((line) => `  ${plainLine(line)}`)].join('\n')]
}

function summary(report: Report, paint: Paint): string {
  const style = report.allowed ? 'green' : 'red'
  const lines = [
    paint(style, verdictLine(report)),
    shadowLine(report),
    countsLine(report),
    judgedLine(report),
    ...report.decisions.map((address) => `Recorded: ${address}`),
    goneLine(report),
    waiverLine(report),
    whyLine(report),
    exitLine(report),
  ]
  return lines.filter((line) => line !== null).join('\n')
}
