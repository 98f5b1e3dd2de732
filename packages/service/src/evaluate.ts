import {
  decide,
  environmentOf,
  kinds,
  valueAt,
  type DecisionRequest,
  type Document,
  type Finding,
  type Instant,
  type Issue,
  type Json,
  type Ruling,
} from '@writ/domain'
import { maskSecrets } from '@writ/documents'
import { evaluationOf, type DecidedBy, type Submitted, type WireEvaluation } from '@writ/contract'
import { canonicalText, digestOf } from '@writ/ledger'
import { answeredBeside } from './beside.ts'
import type { Bundle, Waivers } from './ports.ts'

/** Every mistake of a request at once: those of its envelope, of the pack's schema, and an environment that is not listed. */
export function mistakesOf(bundle: Bundle, { value, issues }: Submitted): readonly Issue[] {
  const kind = kinds.find((name) => name === valueAt(value, '/kind'))
  const found = [
    ...issues,
    ...(kind === undefined ? [] : bundle.problems(kind, value)),
    ...unknownEnvironment(bundle, value),
  ]
  return found.filter(
    ({ pointer }, index) => found.findIndex((other) => other.pointer === pointer) === index,
  )
}

function unknownEnvironment({ enforcement }: Bundle, value: Json): readonly Issue[] {
  const environment = valueAt(value, '/context/environment') ?? null
  if (typeof environment !== 'string' || enforcement.environments.includes(environment)) return []
  const message = `is not an environment of this bundle: use ${enforcement.environments.join(', ')}, or leave it out`
  return [{ pointer: '/context/environment', message }]
}

/** Secrets masked, and what no rule reads left out: as the request is digested, evaluated and recorded. */
export function maskedRequest(request: DecisionRequest): DecisionRequest {
  return { ...request, documents: request.documents.map(maskSecrets) }
}

export function withoutUnread(bundle: Bundle, request: DecisionRequest): DecisionRequest {
  const withhold = (document: Document): Document =>
    bundle.documentTypes.has(document.type)
      ? document
      : { ...document, content: null, digest: digestOf(canonicalText(document.content)) }
  return { ...request, documents: request.documents.map(withhold) }
}

export type Asked = {
  readonly tenant: string
  readonly request: DecisionRequest
  readonly now: Instant
}

/** The ruling on a masked request. Waivers are asked for only when one could change it. */
export async function rule(
  bundle: Bundle,
  waivers: Pick<Waivers, 'find'>,
  asked: Asked,
): Promise<Ruling & DecidedBy> {
  const verdicts = bundle.evaluate(asked.request, asked.now)
  const question = { ...asked, enforcement: bundle.enforcement, verdicts }
  const unwaived = decide({ ...question, waivers: [] })
  const waivable = unwaived.findings.filter(isWaivable)
  if (waivable.length === 0) return { ...unwaived, ...decidedBy(bundle, asked.now) }
  const granted = await waivers.find(asked.tenant, {
    environment: environmentOf(asked.request),
    resource: asked.request.resource,
    rules: [...new Set(waivable.map(({ rule }) => rule))],
  })
  return { ...decide({ ...question, waivers: granted }), ...decidedBy(bundle, asked.now) }
}

/** What `rule` finds without any record or waiver: for checks on a desk, which say that nothing was recorded. */
export function evaluate(bundle: Bundle, request: DecisionRequest, now: Instant): WireEvaluation {
  return evaluateChange(bundle, { request, now, readBeside: () => [] })
}

/** The same where the request holds what changes, and beside it lies what does not. */
export function evaluateChange(
  bundle: Bundle,
  { request, now, readBeside }: Parameters<typeof answeredBeside>[2],
): WireEvaluation {
  const seen = (documents: readonly Document[]) => documents.map((each) => judged(bundle, each))
  const asked = { ...request, documents: seen(request.documents) }
  const verdicts = answeredBeside(bundle, bundle.evaluate(asked, now), {
    request: asked,
    now,
    readBeside: () => seen(readBeside()),
  })
  const { enforcement } = bundle
  const ruling = decide({ tenant: '', request: asked, enforcement, waivers: [], verdicts, now })
  return evaluationOf(asked, { ...ruling, ...decidedBy(bundle, now) })
}

/** A document as rules may see it. Without a record nobody asks for the digest of what they do not read. */
function judged({ documentTypes }: Bundle, document: Document): Document {
  return documentTypes.has(document.type) ? maskSecrets(document) : { ...document, content: null }
}

function isWaivable({ effect, level, verdict }: Finding): boolean {
  return effect === 'blocked' && level === 'soft_mandatory' && verdict === 'fail'
}

function decidedBy({ name, dataDigest }: Bundle, decidedAt: Instant): DecidedBy {
  return { bundle: name, dataDigest, decidedAt }
}
