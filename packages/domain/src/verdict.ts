import { hasPath, type JsonObject, type Kind } from './request.ts'

export const severities = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof severities)[number]

export type Verdict = 'pass' | 'fail' | 'not_applicable' | 'error' | 'unknown'

/** What a rule's METADATA says of it. Pointers are RFC 6901, into the Rego input. */
export type Rule = {
  readonly id: string
  readonly kind: Kind
  readonly title: string
  readonly description: string
  readonly severity: Severity
  readonly controls: readonly string[]
  readonly remediation: string
  readonly docsUrl: string
  /** Who may grant a waiver where the level allows one. */
  readonly waivableBy: readonly string[]
  readonly appliesRequires: readonly string[]
  readonly requires: readonly string[]
  readonly effectiveOn: string
  /** For access: a pass of this rule, when mandatory, is a reason to let somebody in. */
  readonly grants: boolean
  /** It compares documents with each other, so a part of a change set is not enough for it. */
  readonly crossesDocuments: boolean
  /** The document types that a config rule reads; empty for other kinds. */
  readonly documentTypes: readonly string[]
}

/** What a rule says against a request, before any level is applied. */
export type Complaint = {
  readonly message: string
  /** A stable name inside the document or resource: a container's name, never an index. */
  readonly part: string | null
  /** The position in `context.documents` of the document that it is about. */
  readonly document: number | null
  /** Where in that document's content, or in the request when no document is meant. */
  readonly pointer: string | null
  /** The fix for this very case; the rule's own remediation when null. */
  readonly remediation: string | null
}

/** What evaluating one rule brought back. `applies` lists documents by position in config, elsewhere it is a boolean. */
export type Found =
  | {
      readonly status: 'evaluated'
      readonly applies: boolean | readonly number[]
      readonly complaints: readonly Complaint[]
    }
  | { readonly status: 'failed'; readonly reason: string }

export type RuleVerdict = {
  readonly rule: Rule
  readonly verdict: Verdict
  /** The documents that the rule judged, by position: filled on pass and fail of a config rule. */
  readonly judged: readonly number[]
  readonly complaints: readonly Complaint[]
  /** Why it is `error` or `unknown`. */
  readonly reason: string | null
  /** Of an `unknown` that applies: the facts that it would be judged by and that are missing, by pointer. */
  readonly lacking: readonly string[]
}

/**
 * The verdict of one rule. The order is the meaning: whether it applies must be known, then it must apply, then what it
 * needs must be known, then it must have worked; only then do its findings count.
 */
export function verdictOf(rule: Rule, input: JsonObject, found: Found): RuleVerdict {
  const unasked = missing(rule.appliesRequires, input)
  if (unasked.length > 0) return unjudged(rule, 'unknown', missingWords(unasked))
  if (found.status === 'evaluated' && !appliesAtAll(found.applies) && !strays(found))
    return unjudged(rule, 'not_applicable', null)
  const lacking = missing(rule.requires, input)
  if (lacking.length > 0) return { ...unjudged(rule, 'unknown', missingWords(lacking)), lacking }
  const part = partial(rule, input)
  if (part !== null) return unjudged(rule, 'unknown', part)
  if (found.status === 'failed') return unjudged(rule, 'error', found.reason)
  if (strays(found))
    return unjudged(rule, 'error', 'it complains of a document that it does not say it judges')
  return judged(rule, found)
}

function unjudged(rule: Rule, verdict: Verdict, reason: string | null): RuleVerdict {
  return { rule, verdict, judged: [], complaints: [], reason, lacking: [] }
}

function judged(rule: Rule, { applies, complaints }: Found & { status: 'evaluated' }): RuleVerdict {
  const verdict = complaints.length > 0 ? 'fail' : 'pass'
  return {
    rule,
    verdict,
    judged: typeof applies === 'boolean' ? [] : applies,
    complaints,
    reason: null,
    lacking: [],
  }
}

function appliesAtAll(applies: boolean | readonly number[]): boolean {
  return typeof applies === 'boolean' ? applies : applies.length > 0
}

function strays({ applies, complaints }: Found & { status: 'evaluated' }): boolean {
  if (typeof applies === 'boolean') return false
  const judgedOnes = new Set(applies)
  return complaints.some(({ document }) => document !== null && !judgedOnes.has(document))
}

function missing(pointers: readonly string[], input: JsonObject): readonly string[] {
  return pointers.filter((pointer) => !hasPath(input, pointer))
}

/** `/a is missing from the request`, or `/a, /b and /c are missing from the request`. */
function missingWords(pointers: readonly string[]): string {
  const first = pointers.slice(0, -1).join(', ')
  const listed = first === '' ? pointers.join() : `${first} and ${pointers.at(-1)}`
  return `${listed} ${pointers.length === 1 ? 'is' : 'are'} missing from the request`
}

/** Why a rule that compares documents cannot be judged on some of them. */
export const onlyAPart =
  'it compares documents with each other, and this request holds only a part of the change set'

function partial(rule: Rule, input: JsonObject): string | null {
  return rule.crossesDocuments && hasPath(input, '/context/part') ? onlyAPart : null
}
