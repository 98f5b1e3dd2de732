import type { Level } from './enforcement.ts'
import type { Levelled, Question } from './question.ts'
import { environmentOf, type Reference } from './request.ts'
import { onlyAPart, type Complaint, type Rule, type Severity } from './verdict.ts'
import { covers, type Waiver, type WaiverScope } from './waiver.ts'

/** What a finding does once level and waivers are applied. */
export type Effect = 'none' | 'observed' | 'advised' | 'blocked' | 'waived'

/** Where to look: in the file at `path`, in the `index`-th document of it, at an RFC 6901 pointer into its content. */
export type Location = {
  readonly path: string
  readonly index: number
  readonly pointer: string | null
}

export type Finding = {
  readonly rule: string
  readonly title: string
  readonly message: string
  readonly severity: Severity
  readonly verdict: 'fail' | 'error' | 'unknown'
  readonly effect: Effect
  readonly level: Level
  readonly resource: Reference
  /** The position in the change set of the document that it is about. */
  readonly document: number | null
  readonly part: string | null
  readonly location: Location | null
  readonly remediation: string
  readonly docsUrl: string
  readonly controls: readonly string[]
  /** The id of the waiver that excuses it. */
  readonly waiver: string | null
  /** Who may grant a waiver; empty where none can be granted. */
  readonly waivableBy: readonly string[]
}

/** The findings of one rule: its complaints on `fail`, one that Writ writes on `error` and `unknown`, none else. */
export function findingsOf(question: Question, levelled: Levelled): readonly Finding[] {
  const { rule, verdict, level } = levelled
  if (level === 'off' || verdict === 'pass' || verdict === 'not_applicable') return []
  if (verdict === 'fail')
    return levelled.complaints.map((complaint) => complaintFinding(question, levelled, complaint))
  return [
    {
      ...ruleFacts(rule),
      ...unjudgedTexts(verdict, levelled),
      verdict,
      level,
      effect: effectOf(level, null),
      resource: referenceOf(question.request.resource),
      document: null,
      part: null,
      location: null,
      waiver: null,
      waivableBy: [],
    },
  ]
}

export function strictestEffect(findings: readonly Finding[]): Effect {
  const order: readonly Effect[] = ['blocked', 'waived', 'advised', 'observed']
  return order.find((effect) => findings.some((finding) => finding.effect === effect)) ?? 'none'
}

/** What a waiver would have to name to excuse this complaint. */
export function scopeOf(question: Question, rule: Rule, complaint: Complaint): WaiverScope {
  const { tenant, request } = question
  const document = complaint.document === null ? undefined : request.documents[complaint.document]
  return {
    tenant,
    environment: environmentOf(request),
    rule: rule.id,
    resource: referenceOf(request.resource),
    document: document === undefined ? null : { ...referenceOf(document), path: document.path },
    part: complaint.part,
  }
}

function complaintFinding(question: Question, levelled: Levelled, complaint: Complaint): Finding {
  const { rule, level } = levelled
  const { request, now, waivers } = question
  const document = complaint.document === null ? undefined : request.documents[complaint.document]
  const scope = scopeOf(question, rule, complaint)
  const waivable = level === 'soft_mandatory'
  const waiver = waivable ? waivers.find((candidate) => covers(candidate, scope, now)) : undefined
  return {
    ...ruleFacts(rule),
    message: complaint.message,
    remediation: complaint.remediation ?? rule.remediation,
    verdict: 'fail',
    level,
    effect: effectOf(level, waiver ?? null),
    resource: referenceOf(document ?? request.resource),
    document: complaint.document,
    part: complaint.part,
    location:
      document === undefined
        ? null
        : { path: document.path, index: document.index, pointer: complaint.pointer },
    waiver: waiver?.id ?? null,
    waivableBy: waivable ? rule.waivableBy : [],
  }
}

function effectOf(level: Level, waiver: Waiver | null): Effect {
  switch (level) {
    case 'off':
      return 'none'
    case 'shadow':
      return 'observed'
    case 'advisory':
      return 'advised'
    case 'soft_mandatory':
      return waiver === null ? 'blocked' : 'waived'
    case 'hard_mandatory':
      return 'blocked'
  }
}

/** What is missing is described where the rule says what to send: in its own remediation. */
function unjudgedTexts(
  verdict: 'error' | 'unknown',
  { rule, reason, lacking }: Levelled,
): { readonly message: string; readonly remediation: string } {
  const send =
    reason === onlyAPart
      ? 'Ask about fewer documents at once, such as those of one folder.'
      : 'Send what is missing with the request, then ask again.'
  if (verdict === 'unknown')
    return {
      message: `“${rule.title}” cannot be judged: ${reason ?? 'a fact is missing'}.`,
      remediation: lacking.length === 0 ? send : `${send}\n\n${rule.remediation}`,
    }
  return {
    message: `“${rule.title}” could not be evaluated: ${reason ?? 'it failed'}.`,
    remediation: `The request may be fine: the rule failed. Tell the owners of ${rule.id}, with the id of this decision.`,
  }
}

function ruleFacts(
  rule: Rule,
): Pick<Finding, 'rule' | 'title' | 'severity' | 'docsUrl' | 'controls'> {
  const { id, title, severity, docsUrl, controls } = rule
  return { rule: id, title, severity, docsUrl, controls }
}

function referenceOf({ type, id }: Reference): Reference {
  return { type, id }
}
