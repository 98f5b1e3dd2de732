import {
  environmentOf,
  Fault,
  wireRequestOf,
  type DecisionRequest,
  type Json,
  type Ruling,
} from '@writ/domain'
import {
  canonicalText,
  digestOf,
  sealable,
  type Digest,
  type Entry,
  type Facets,
} from '@writ/ledger'
import { writeBody, type WireAnswer } from '@writ/contract'
import type { Caller } from './ports.ts'

/** Of the masked request, in canonical form: it tells another request under the same key from a retry. */
export function requestDigestOf(request: DecisionRequest): Digest {
  return digestOf(canonicalText(wireRequestOf(request)))
}

export type Made = {
  readonly caller: Caller
  readonly request: DecisionRequest
  readonly requestDigest: Digest
  readonly ruling: Ruling
  readonly answer: WireAnswer
}

/** The entry of a decision: what it says in clear, what it commits to, and what it can be found by. */
export function decisionEntry(made: Made, salt: Uint8Array): Entry {
  const { caller, request, requestDigest, ruling, answer } = made
  const content = writeBody({
    caller: { principal: caller.principal, roles: caller.roles },
    request: wireRequestOf(request),
    answer: JSON.stringify(answer),
  })
  return sealable({
    tenant: caller.tenant,
    id: answer.id,
    at: answer.decided_at,
    type: 'decision',
    requestDigest,
    facets: facetsOf(request, ruling),
    statement: {
      kind: request.kind,
      environment: environmentOf(request),
      outcome: ruling.outcome,
      bundle: answer.bundle.digest,
      data: answer.data_digest,
    },
    body: { salt, content },
  })
}

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

function facetsOf(request: DecisionRequest, ruling: Ruling): Facets {
  const { kind, subject, resource, context } = request
  const isService = resource.type === 'service'
  const effective = ruling.rules.filter(({ effect }) => effect !== 'none')
  return {
    kind,
    outcome: ruling.outcome,
    resource: resource.id,
    service: isService ? resource.id : textOf(context['service']),
    team: textOf(resource.properties['team']) ?? textOf(context['team']),
    environment: environmentOf(request),
    actor: subject.id,
    rules: effective.map(({ rule }) => rule),
    correlation: textOf(context['correlation']),
  }
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** The entry that stands, if it is this request's; the Fault that says so, if it is another's. */
export function standing(entry: Entry, requestDigest: Digest): Entry {
  if (entry.requestDigest === requestDigest) return entry
  throw new Fault(
    'idempotency-key-reused',
    'An Idempotency-Key names one attempt at one request; send a new key with a changed request',
    { facts: { id: entry.id } },
  )
}
