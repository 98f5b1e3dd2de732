import {
  environmentOf,
  Fault,
  wireRequestOf,
  type DecisionRequest,
  type Ruling,
} from '@writ/domain'
import { canonicalText, digestOf, sealable, type Digest, type Entry } from '@writ/ledger'
import { writeBody, type WireAnswer } from '@writ/contract'
import { decisionFacets } from './facets.ts'
import { unerased } from './erase.ts'
import type { Caller } from './ports.ts'
import { withhold } from './withhold.ts'

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
  /** What of the request is not recorded. */
  readonly masks: readonly string[]
}

/** The entry of a decision: what it says in clear, what it commits to, and what it can be found by. */
export function decisionEntry(made: Made, salt: Uint8Array): Entry {
  const { caller, request, requestDigest, ruling, answer } = made
  const { request: recorded, masked } = withhold(wireRequestOf(request), made.masks)
  const content = writeBody({
    caller: { principal: caller.principal, roles: caller.roles },
    request: recorded,
    answer: JSON.stringify(answer),
    ...(masked.length === 0 ? {} : { masked }),
  })
  return sealable({
    tenant: caller.tenant,
    id: answer.id,
    at: answer.decided_at,
    type: 'decision',
    requestDigest,
    facets: decisionFacets(recorded, ruling),
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

/** The entry that stands, if it is this request's; the Fault that says so, if it is another's. */
export function standing(entry: Entry, requestDigest: Digest): Entry {
  if (unerased(entry).requestDigest === requestDigest) return entry
  throw new Fault(
    'idempotency-key-reused',
    'An Idempotency-Key names one attempt at one request; send a new key with a changed request',
    { facts: { id: entry.id } },
  )
}
