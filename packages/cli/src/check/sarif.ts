import type { Effect, Rule, Severity } from '@writ/domain'
import type { WireFinding } from '@writ/contract'
import { exitCodes } from '../exit-codes.ts'
import { plain } from '../output/plain.ts'
import { fingerprintsOf } from './identity.ts'
import { remedyMarkdown } from './remedy.ts'
import type { Hint, InputError, Report, WaiverRequest } from './report.ts'
import { toldFindings, type Told } from './told.ts'
import { countsLine, verdictLine, waiverSentence } from './words.ts'

const schema =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/** GitHub shows no more of one run. */
const mostResults = 5000

const levels: Readonly<Record<Effect, 'error' | 'warning' | 'note'>> = {
  blocked: 'error',
  waived: 'error',
  advised: 'warning',
  observed: 'note',
  none: 'note',
}

/** In the middle of the bands in which GitHub sorts these numbers into severities. */
const securitySeverities: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
}

const weight: readonly Effect[] = ['blocked', 'waived', 'advised']

/** The report as SARIF 2.1.0, which code scanning services read. */
export function sarifText(report: Report): string {
  const told = withFingerprints(report)
  const shown = told.slice(0, mostResults)
  const ids = [...new Set(shown.map(({ finding }) => finding.rule))].toSorted()
  const log = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'writ', rules: ids.map((id) => ruleOf(id, shown, report.rules.get(id))) },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [invocationOf(report, told.length - shown.length)],
        results: shown.map((one) => resultOf(one, ids)),
        properties: {
          verdict: verdictLine(report),
          counts: countsLine(report),
          revision: report.revision,
          decisions: report.decisions,
          ...(report.settings === null ? {} : { settings: report.settings }),
        },
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

type Marked = Told & {
  readonly fingerprint: string
  readonly isKnown: boolean
  readonly request: WaiverRequest | undefined
}

/** What blocks comes first: of a great many only the first are shown. */
function withFingerprints(report: Report): readonly Marked[] {
  const told = toldFindings(report)
  const fingerprints = fingerprintsOf(told.map(({ finding }) => finding))
  return told
    .map((one, at) => ({
      ...one,
      fingerprint: fingerprints[at] ?? '',
      isKnown: report.known.has(one.finding),
      request: report.requests.get(one.finding),
    }))
    .toSorted(
      (left, right) => weight.indexOf(left.finding.effect) - weight.indexOf(right.finding.effect),
    )
}

function ruleOf(id: string, shown: readonly Told[], rule: Rule | undefined): object {
  const found = shown.find(({ finding }) => finding.rule === id)
  return found === undefined ? { id } : ruleFacts(found.finding, rule)
}

/** What is true of a rule wherever it finds something; a service's answer has only the fix of one finding. */
function ruleFacts(finding: WireFinding, rule: Rule | undefined): object {
  const { rule: id, title, severity, controls, docs_url: page } = finding
  const { description = title, remediation = finding.remediation } = rule ?? {}
  const isAddress = /^https?:\/\//.test(page)
  return {
    id,
    name: id,
    shortDescription: { text: plain(title) },
    fullDescription: { text: plain(description) },
    help: { text: plain(remediation), markdown: remedyMarkdown(plain(remediation)) },
    ...(isAddress ? { helpUri: page } : {}),
    properties: {
      'security-severity': securitySeverities[severity],
      tags: tagsOf(controls),
    },
  }
}

/** A file with more tags of one rule is refused. */
const mostTags = 20

function tagsOf(controls: readonly string[]): readonly string[] {
  return [...new Set(['security', ...controls])].slice(0, mostTags)
}

function resultOf(
  { finding, file, line, fingerprint, isKnown, request }: Marked,
  ids: readonly string[],
): object {
  const { rule, effect, resource, part, waiver } = finding
  const name = `${resource.type} ${resource.id}${part === null ? '' : `, part ${part}`}`
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    kind: 'fail',
    ...(isKnown ? { baselineState: 'unchanged' } : {}),
    level: levels[effect],
    message: { text: plain(textOf(finding)) },
    locations: [
      {
        physicalLocation: placeOf(file, line),
        logicalLocations: [{ fullyQualifiedName: name, kind: 'resource' }],
      },
    ],
    partialFingerprints: { 'writFinding/v1': fingerprint },
    ...suppressionsOf(waiver, request),
    properties: {
      effect,
      pointer: finding.location?.pointer ?? null,
      ...(request === undefined ? {} : { waiverRequest: request }),
    },
  }
}

function textOf(finding: WireFinding): string {
  const { message, remediation } = finding
  const parts = [message, `Fix: ${remediation}`, waiverSentence(finding)]
  return parts.filter((part) => part !== null).join('\n')
}

/** What was granted, and what a comment asks for: that is under review, so the result stands. */
function suppressionsOf(waiver: string | null, request: WaiverRequest | undefined): object {
  const suppressions = [
    ...(waiver === null
      ? []
      : [{ kind: 'external', status: 'accepted', justification: `Waiver ${waiver}` }]),
    ...(request === undefined
      ? []
      : [{ kind: 'inSource', status: 'underReview', justification: plain(request.reason) }]),
  ]
  return suppressions.length === 0 ? {} : { suppressions }
}

/** Code scanning refuses a whole upload for one result without a place, so that what has none says so in words. */
function placeOf(file: string | null, line: number | null): object {
  const uri = file === null || file === '' ? 'no file in particular' : file
  return {
    artifactLocation: {
      uri: uri === '-' ? 'stdin' : uri.split('/').map(encodeURIComponent).join('/'),
    },
    region: { startLine: line ?? 1 },
  }
}

function invocationOf(report: Report, hidden: number): object {
  const { errors, vacuous, denied, allowed } = report
  const isWhole = errors.length === 0 && vacuous.length === 0
  const more = {
    level: 'warning',
    message: { text: `${hidden} more findings are not in this file` },
  }
  return {
    executionSuccessful: isWhole,
    exitCode: denied ? exitCodes.denied : allowed ? exitCodes.allowed : exitCodes.usage,
    toolExecutionNotifications: [
      ...errors.map(notificationOf),
      ...vacuous.map((message) => notificationOf({ file: null, line: null, message })),
      ...report.hints.map(hintNotification),
      ...(hidden > 0 ? [more] : []),
    ],
  }
}

function hintNotification({ file, line, message }: Hint): object {
  const locations = [{ physicalLocation: placeOf(file, line) }]
  return { level: 'warning', message: { text: plain(message) }, locations }
}

function notificationOf({ file, line, message }: InputError): object {
  const isPlaced = file !== null && file !== ''
  return {
    level: 'error',
    message: { text: plain(`Not judged: ${message}`) },
    ...(isPlaced ? { locations: [{ physicalLocation: placeOf(file, line) }] } : {}),
  }
}
