import type { Severity } from '@writ/domain'
import type { Paint } from '../output/paint.ts'
import { counted, plain, plainLine } from '../output/plain.ts'
import type { Report } from './report.ts'
import type { Told } from './told.ts'
import { requestLines } from './words.ts'

const shownPlaces = 10
const shownGroups = 100
const weight: readonly Severity[] = ['critical', 'high', 'medium', 'low']

/** What blocks nobody: each advice once, with its places, so that many of one kind do not bury what is grave. */
export function adviceTexts(
  told: readonly Told[],
  report: Pick<Report, 'requests'>,
  paint: Paint,
): readonly string[] {
  if (told.length === 0) return []
  const groups = [...Map.groupBy(told, keyOf).values()].toSorted(bySeverity)
  const texts = groups.slice(0, shownGroups).map((group) => groupText(group, report, paint))
  const more = groups.length - texts.length
  const rest =
    more > 0 ? [`… and ${counted(more, 'more piece')} of advice: --format json shows all.`] : []
  return [paint('bold', 'Worth mending'), ...texts, ...rest]
}

/** Of one rule all that is mended alike. */
function keyOf({ finding: { rule, remediation } }: Told): string {
  return `${rule}\n${remediation}`
}

function bySeverity([left]: readonly Told[], [right]: readonly Told[]): number {
  if (left === undefined || right === undefined) return 0
  return (
    weight.indexOf(left.finding.severity) - weight.indexOf(right.finding.severity) ||
    Number(left.finding.rule > right.finding.rule) - Number(left.finding.rule < right.finding.rule)
  )
}

function groupText(group: readonly Told[], report: Pick<Report, 'requests'>, paint: Paint): string {
  const [first] = group
  if (first === undefined) return ''
  const { title, remediation, rule, severity } = first.finding
  const more = group.length - shownPlaces
  const lines = [
    `  ${paint('yellow', plainLine(title))}`,
    ...group.slice(0, shownPlaces).flatMap((one) => placeLines(one, report)),
    ...(more > 0 ? [`… and ${counted(more, 'more', 'more')}: --format json shows all`] : []),
  ]
  const fix = plain(remediation).trimEnd().split('\n')
  return [
    lines[0],
    ...lines.slice(1).map((line) => `    ${line}`),
    ...fix.map((line, at) => `    ${at === 0 ? 'fix' : '   '}     ${line}`.trimEnd()),
    `    rule    ${rule} (${severity} severity, advisory: it never blocks)`,
  ].join('\n')
}

function placeLines(
  { file, line, finding }: Told,
  { requests }: Pick<Report, 'requests'>,
): readonly string[] {
  const place = file === null ? '' : `${file}${line === null ? '' : `:${line}`}: `
  const request = requests.get(finding)
  const asked = request === undefined ? [] : requestLines(finding, request)
  return [plainLine(`${place}${finding.message}`), ...asked.map((words) => `  ${plainLine(words)}`)]
}
