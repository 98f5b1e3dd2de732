import {
  isAllowed,
  type DecisionRequest,
  type Finding,
  type Instant,
  type Json,
  type JsonObject,
  type Outcome,
  type Ruling,
} from '@writ/domain'

/** By what a decision was made: any of them changed, and it is another question. */
export type DecidedBy = {
  readonly bundle: { readonly revision: string; readonly digest: string }
  readonly dataDigest: string
  readonly decidedAt: Instant
}

/** An answer as the wire has it; what a client parses and a page shows. */
export type WireAnswer = {
  readonly id: string
  readonly decision: boolean
  readonly outcome: Outcome
  readonly findings: readonly WireFinding[]
  readonly rules: Ruling['rules']
  readonly ungoverned: readonly JsonObject[]
  /** Why nothing was judged, when the outcome is `indeterminate` for that. */
  readonly vacuous: string | null
  readonly bundle: DecidedBy['bundle']
  readonly data_digest: string
  readonly decided_at: Instant
  /** Only where the store was away, and the record was made durable elsewhere first. */
  readonly durable?: 'spool'
}

/** What `writ check` and other evaluations without a record give: no id, and it says so. */
export type WireEvaluation = Omit<WireAnswer, 'id' | 'durable'> & { readonly recorded: false }

export type WireFinding = Omit<Finding, 'docsUrl' | 'waivableBy' | 'document'> & {
  readonly docs_url: string
  readonly waivable_by: readonly string[]
}

export function answerOf(
  id: string,
  request: DecisionRequest,
  ruling: Ruling & DecidedBy,
): WireAnswer {
  return { id, ...judgement(request, ruling) }
}

export function evaluationOf(request: DecisionRequest, ruling: Ruling & DecidedBy): WireEvaluation {
  return { recorded: false, ...judgement(request, ruling) }
}

function judgement(request: DecisionRequest, ruling: Ruling & DecidedBy): Omit<WireAnswer, 'id'> {
  return {
    decision: isAllowed(ruling.outcome),
    outcome: ruling.outcome,
    findings: ruling.findings.map(findingOf),
    rules: ruling.rules,
    ungoverned: ruling.ungoverned.flatMap((position) => nameOf(request, position)),
    vacuous: ruling.vacuous,
    bundle: ruling.bundle,
    data_digest: ruling.dataDigest,
    decided_at: ruling.decidedAt,
  }
}

/** Member by member, so that a new fact of a finding reaches nobody before it is put here. */
function findingOf(finding: Finding): WireFinding {
  const { rule, title, message, severity, verdict, effect, level } = finding
  const { resource, part, location, remediation, controls, waiver } = finding
  return {
    rule,
    title,
    message,
    severity,
    verdict,
    effect,
    level,
    resource,
    part,
    location,
    remediation,
    docs_url: finding.docsUrl,
    controls,
    waiver,
    waivable_by: finding.waivableBy,
  }
}

function nameOf({ documents }: DecisionRequest, position: number): readonly JsonObject[] {
  const document = documents[position]
  if (document === undefined) return []
  const { type, id, path, index, operation } = document
  return [{ type, id, path, index, operation }] satisfies Json
}
