import {
  governedTypes,
  isAboveShadow,
  isMandatory,
  levelOf,
  type Enforcement,
  type Level,
} from './enforcement.ts'
import { findingsOf, strictestEffect, type Effect, type Finding } from './finding.ts'
import type { Levelled, Question } from './question.ts'
import { environmentOf, type DecisionRequest, type Document } from './request.ts'
import { severities, type Verdict } from './verdict.ts'

export const outcomes = ['allow', 'allow_with_advice', 'deny', 'indeterminate'] as const
export type Outcome = (typeof outcomes)[number]

export type RuleEffect = {
  readonly rule: string
  readonly verdict: Verdict
  readonly level: Level
  readonly effect: Effect
}

export type Ruling = {
  readonly outcome: Outcome
  readonly findings: readonly Finding[]
  readonly rules: readonly RuleEffect[]
  /** Documents that nothing governs, by position: they allow, and are named. */
  readonly ungoverned: readonly number[]
  /** Why the request counts as not judged, when it does. */
  readonly vacuous: string | null
}

/** Verdicts, levels and waivers become findings with effects, and those an outcome. Pure; the heart of Writ. */
export function decide(question: Question): Ruling {
  const { request, enforcement, verdicts, now } = question
  const at = { environment: environmentOf(request), now }
  const levelled = verdicts.map((verdict) => ({
    ...verdict,
    level: levelOf(enforcement, verdict.rule, at),
  }))
  const byRule = levelled.map((verdict) => ({ verdict, findings: findingsOf(question, verdict) }))
  const findings = inOrder(byRule.flatMap(({ findings }) => findings))
  const governed = governedPositions(request, enforcement)
  const vacuous = vacuity(request, levelled, governed)
  return {
    outcome: outcomeOf(findings, vacuous !== null),
    findings,
    rules: byRule
      .map(({ verdict: { rule, verdict, level }, findings }) => ({
        rule: rule.id,
        verdict,
        level,
        effect: strictestEffect(findings),
      }))
      .sort((left, right) => compare(left.rule, right.rule)),
    ungoverned: ungovernedPositions(request, levelled, governed),
    vacuous,
  }
}

export function isAllowed(outcome: Outcome): boolean {
  return outcome === 'allow' || outcome === 'allow_with_advice'
}

function outcomeOf(findings: readonly Finding[], vacuous: boolean): Outcome {
  const blocking = findings.filter(({ effect }) => effect === 'blocked')
  if (blocking.some(({ verdict }) => verdict === 'fail')) return 'deny'
  if (blocking.length > 0 || vacuous) return 'indeterminate'
  const advises = findings.some(({ effect }) => effect === 'advised' || effect === 'waived')
  return advises ? 'allow_with_advice' : 'allow'
}

function vacuity(
  request: DecisionRequest,
  verdicts: readonly Levelled[],
  governed: readonly number[],
): string | null {
  const judging = verdicts.filter(isJudging)
  if (request.kind === 'config') return configVacuity(request, judging, governed)
  if (judging.length === 0)
    return 'no rule above shadow judged this request: send the facts that a rule applies to, or raise a rule that does'
  if (request.kind === 'access' && !judging.some(isGrant))
    return 'no mandatory rule that grants access passed, so nothing lets the subject in'
  return null
}

function configVacuity(
  { documents }: DecisionRequest,
  judging: readonly Levelled[],
  governed: readonly number[],
): string | null {
  if (documents.length === 0)
    return 'the change set holds no document: send what changes in context.documents'
  const judged = judgedPositions(judging)
  const unjudged = governed.flatMap((position) => documents[position] ?? [])
  const first = unjudged.find((document) => !judged.has(documents.indexOf(document)))
  if (first === undefined) return null
  return `no rule above shadow judged ${first.type} ${first.id}, which is governed: send its whole content, or raise a rule that reads it`
}

function isJudging({ verdict, level }: Levelled): boolean {
  return (verdict === 'pass' || verdict === 'fail') && isAboveShadow(level)
}

function isGrant({ rule, verdict, level }: Levelled): boolean {
  return rule.grants && verdict === 'pass' && isMandatory(level)
}

function judgedPositions(judging: readonly Levelled[]): ReadonlySet<number> {
  return new Set(judging.flatMap(({ judged }) => judged))
}

/** A deletion and a document that does not change are governed only by rules that ask for them (docs/decisions/0002). */
function governedPositions(request: DecisionRequest, enforcement: Enforcement): readonly number[] {
  const types = governedTypes(enforcement, environmentOf(request))
  const changes = ({ operation }: Document) => operation === 'create' || operation === 'update'
  return request.documents.flatMap((document, position) =>
    types.has(document.type) && changes(document) ? [position] : [],
  )
}

function ungovernedPositions(
  { documents }: DecisionRequest,
  verdicts: readonly Levelled[],
  governed: readonly number[],
): readonly number[] {
  const seen = new Set([...governed, ...judgedPositions(verdicts.filter(isJudging))])
  return [...documents.keys()].filter((position) => !seen.has(position))
}

const effectOrder: readonly Effect[] = ['blocked', 'waived', 'advised', 'observed', 'none']

/** What blocks first, then the gravest; the rest only makes the order total, so that equal questions give equal bytes. */
function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return findings
    .map((finding) => ({ finding, key: sortKey(finding) }))
    .sort((left, right) => byKey(left.key, right.key))
    .map(({ finding }) => finding)
}

type SortKey = readonly (string | number)[]

function byKey(left: SortKey, right: SortKey): number {
  const first = left.findIndex((part, index) => part !== right[index])
  return first === -1 ? 0 : compare(left[first], right[first])
}

function sortKey(finding: Finding): SortKey {
  return [
    effectOrder.indexOf(finding.effect),
    -severities.indexOf(finding.severity),
    finding.rule,
    finding.document ?? -1,
    finding.part ?? '',
    finding.location?.pointer ?? '',
    finding.message,
  ]
}

function compare(left: string | number = '', right: string | number = ''): number {
  return left < right ? -1 : Number(left > right)
}
