import {
  readAnswer,
  readDecisionBody,
  readErasureBody,
  readOutcomeBody,
  readReadingBody,
  readWaiverBody,
  type OutcomeReport,
} from '@writ/contract'
import {
  isList,
  kinds,
  valueAt,
  type Json,
  type JsonObject,
  type Ruling,
  type Waiver,
} from '@writ/domain'
import { canonicalText, digestOf, type Digest, type Entry, type Facets } from '@writ/ledger'

/** Of an entry that is found by nothing but its id and instant. */
export const noFacets: Facets = {
  kind: null,
  outcome: null,
  resource: null,
  service: null,
  team: null,
  environment: null,
  actor: null,
  rules: [],
  correlation: null,
}

/** Of a decision on a request in its wire form. */
export function decisionFacets(
  request: JsonObject,
  {
    outcome,
    rules,
  }: Pick<Ruling, 'outcome'> & {
    readonly rules: readonly Pick<Ruling['rules'][number], 'rule' | 'effect'>[]
  },
): Facets {
  const at = (pointer: string): string | null => textOf(valueAt(request, pointer))
  const isService = valueAt(request, '/resource/type') === 'service'
  return {
    kind: kinds.find((kind) => kind === valueAt(request, '/kind')) ?? null,
    outcome,
    resource: at('/resource/id'),
    service: at(isService ? '/resource/id' : '/context/service'),
    team: at('/resource/properties/team') ?? at('/context/team'),
    environment: at('/context/environment'),
    actor: at('/subject/id'),
    rules: rules.filter(({ effect }) => effect !== 'none').map(({ rule }) => rule),
    correlation: at('/context/correlation'),
  }
}

export function outcomeFacets(
  { service, environment, correlation }: OutcomeReport,
  actor: string,
): Facets {
  return { ...noFacets, resource: service, service, environment, actor, correlation }
}

export function waiverFacets({
  resource,
  environment,
  rule,
  approvedBy,
}: Omit<Waiver, 'tenant'>): Facets {
  return {
    ...noFacets,
    resource: resource.id,
    service: resource.type === 'service' ? resource.id : null,
    environment,
    actor: approvedBy,
    rules: [rule],
  }
}

export function erasureFacets(actor: string): Facets {
  return { ...noFacets, actor }
}

/** A reading is found by who read, and by the one record that was read. */
export function readingFacets(record: string | null, reader: string): Facets {
  return { ...noFacets, resource: record, actor: reader }
}

/** The facets that the leaf of a decision says in clear; none of any other leaf. */
export function facetsInLeaf(leaf: Uint8Array): JsonObject {
  const stated: Json = JSON.parse(new TextDecoder().decode(leaf))
  const names = valueAt(stated, '/type') === 'decision' ? ['kind', 'outcome', 'environment'] : []
  return Object.fromEntries(names.map((name) => [name, valueAt(stated, `/${name}`) ?? null]))
}

/** The facets that an entry must have, worked out anew from its body. */
export function facetsIn({ type, body: { content } }: Pick<Entry, 'type' | 'body'>): Facets {
  if (type === 'waiver') return waiverFacets(readWaiverBody(content).waiver)
  if (type === 'erasure') return erasureFacets(readErasureBody(content).caller.principal)
  if (type === 'read') {
    const { record, caller } = readReadingBody(content)
    return readingFacets(record, caller.principal)
  }
  if (type === 'key') return noFacets
  if (type === 'outcome') {
    const { report, caller } = readOutcomeBody(content)
    return outcomeFacets(report, caller.principal)
  }
  const { request, answer } = readDecisionBody(content)
  return decisionFacets(request, readAnswer(answer))
}

/** The request digest that an entry must have; null where the body lacks what it was taken of: documents that no rule reads. */
export function requestDigestIn({
  type,
  body: { content },
}: Pick<Entry, 'type' | 'body'>): Digest | null {
  if (type === 'outcome') return digestOf(canonicalText(readOutcomeBody(content).report))
  if (type !== 'decision')
    return digestOf(canonicalText(JSON.parse(new TextDecoder().decode(content))))
  const { request, masked } = readDecisionBody(content)
  if (masked.length > 0) return null
  const documents = valueAt(request, '/context/documents') ?? null
  const withheld = documents !== null && isList(documents) && documents.some(isWithheld)
  return withheld ? null : digestOf(canonicalText(request))
}

function isWithheld(document: Json): boolean {
  return valueAt(document, '/content') === null
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
