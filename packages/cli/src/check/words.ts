import type { WireFinding } from '@writ/contract'
import { counted } from '../output/plain.ts'
import type { Report, WaiverRequest } from './report.ts'

/** Every finding of a report that is told: those in shadow change nothing, and are counted only. */
function toldFindings(report: Report): readonly WireFinding[] {
  return allFindings(report).filter(isTold)
}

export function isTold({ effect }: WireFinding): boolean {
  return effect !== 'observed' && effect !== 'none'
}

function allFindings({ files, general }: Report): readonly WireFinding[] {
  return [...files.flatMap(({ findings }) => findings), ...general]
}

/** The result in a line: whether it may go ahead, and why not. */
export function verdictLine(report: Report): string {
  const findings = toldFindings(report)
  const all = findings.filter(({ effect }) => effect === 'blocked')
  const blocking = all.filter((finding) => !report.known.has(finding)).length
  const withKnown = knownLine(report, blocking, all.length - blocking)
  if (withKnown !== null) return withKnown
  if (report.denied && blocking === 0) return 'Not allowed: something governed was not judged.'
  if (report.denied)
    return `Denied: ${counted(blocking, 'finding')} to mend${adviceWords(findings)}.`
  if (!report.allowed)
    return `Not allowed: ${counted(report.errors.length, 'mistake')} in the input.`
  if (findings.length === 0) return 'Allowed: nothing was found.'
  return `Allowed, with ${counted(findings.length, 'finding')} worth mending.`
}

/** Who may excuse what blocks; null where nothing has to be excused. */
export function waiverSentence({ effect, waivable_by: by }: WireFinding): string | null {
  if (effect !== 'blocked') return null
  return by.length === 0
    ? 'No waiver can be granted for this.'
    : `A waiver may be granted by ${by.join(' or ')}.`
}

/** Waivers are kept by a service: whoever checks without one is told what there is in their place. */
export function waiverLine(report: Report): string | null {
  const { decisions, known, denied } = report
  const isExcusable = toldFindings(report).some(
    (finding) =>
      finding.effect === 'blocked' && finding.waivable_by.length > 0 && !known.has(finding),
  )
  if (!denied || !isExcusable || decisions.length > 0) return null
  return 'Waivers count where a service judges (--server). Without one, a baseline lets known findings go on (--write-baseline).'
}

/** Where the policies are on this machine, they say why a rule is there, with an example. */
export function whyLine({ denied, rules }: Report): string | null {
  return denied && rules.size > 0 ? 'Why a rule is there: writ policy show RULE' : null
}

/** What a baseline knows and is found no more could come back without a word. */
export function goneLine({ gone }: Report): string | null {
  if (gone === 0) return null
  const what = gone === 1 ? '1 finding of the baseline is' : `${gone} findings of the baseline are`
  return `${what} found no more: --write-baseline forgets them, so that they are new if they come back.`
}

/** What is beside the findings that block. */
function adviceWords(findings: readonly WireFinding[]): string {
  const advice = findings.filter(({ effect }) => effect === 'advised').length
  return advice === 0 ? '' : `, and ${counted(advice, 'more', 'more')} worth mending`
}

/** The result where a baseline knows some of what would block. */
function knownLine({ denied, allowed }: Report, blocking: number, known: number): string | null {
  if (known === 0) return null
  if (allowed)
    return `Denied by the policies, and let go on: the baseline knows ${counted(known, 'finding')} that would block.`
  return denied && blocking > 0
    ? `Denied: ${counted(blocking, 'new finding')} to mend, beside ${known} that the baseline knows.`
    : null
}

/** What a comment beside a finding asks for, in lines: it is shown, and changes nothing by itself. */
export function requestLines({ effect }: WireFinding, request: WaiverRequest): readonly string[] {
  const { line, reason, command } = request
  const asked = `line ${line} asks for a waiver: ${reason}`
  if (command !== null) return [asked, 'It changes nothing until somebody grants it:', command]
  if (effect === 'waived') return [asked, 'One was granted: the comment may go.']
  return [
    asked,
    effect === 'blocked' ? 'None can be granted for this.' : 'None is needed: it blocks nothing.',
  ]
}

/** What was read, in numbers. */
export function countsLine({ counts, files, skipped, decisions }: Report): string {
  const parts = [
    `${counted(counts.files, 'file')} read`,
    `${counted(files.length, 'file')} with ${counted(counts.documents, 'document')}`,
    ...(counts.untouched > 0
      ? [`${counted(counts.untouched, 'file')} left out that did not change${unsent(decisions)}`]
      : []),
    ...(counts.ignored > 0 ? [ignoredWords(counts)] : []),
    ...(counts.unknown > 0 ? [`${counted(counts.unknown, 'file')} of no known format`] : []),
    ...(skipped.length > 0 ? [`${skipped.length.toLocaleString('en')} skipped`] : []),
    ...(counts.ungoverned > 0
      ? [`${counted(counts.ungoverned, 'document')} that no policy governs`]
      : []),
  ]
  return `${parts.join(', ')}.`
}

/** On this machine, rules that compare documents are answered by what did not change; a service is sent none of it. */
function unsent(decisions: Report['decisions']): string {
  return decisions.length === 0 ? '' : ' and that the service has not seen'
}

export function ignoredWords({ ignored }: Pick<Report['counts'], 'ignored'>): string {
  return `${counted(ignored, 'file or folder', 'files and folders')} left out by writ.yaml`
}

/** By which policies, for where, and whether it was recorded. */
export function judgedLine(report: Report): string | null {
  const { revision, environment, defaulted, decisions } = report
  if (revision === null) return null
  const where = environment === null ? 'as in the strictest environment' : `for ${environment}`
  const kept = decisions.length === 0 ? ' Nothing was recorded.' : ''
  const set = defaulted === null ? '' : ` ${defaulted}`
  return `Judged by the policies ${revision}${settingsWords(report)}, ${where}.${set}${kept}`
}

function settingsWords({ settings }: Report): string {
  if (settings === null) return ''
  return ` with the settings of ${settings.files.join(' and ')} (data ${settings.digest})`
}

/** What the exit code tells a pipeline. */
export function exitLine({ allowed, denied }: Report): string {
  if (denied) return 'Exit code 1: a policy does not allow it.'
  return allowed
    ? 'Exit code 0: it may go ahead.'
    : 'Exit code 2: mend the input, or leave files out by `ignore` in writ.yaml; then check again.'
}

/** Findings in shadow: nobody has to do anything yet. */
export function shadowLine(report: Report): string | null {
  const count = allFindings(report).filter(({ effect }) => effect === 'observed').length
  if (count === 0) return null
  return `${counted(count, 'finding')} of rules in shadow, which change nothing yet: --format json shows them.`
}
