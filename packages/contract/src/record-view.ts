import type { Instant, JsonObject } from '@writ/domain'
import { readDecisionBody } from './record.ts'

/** What an auditor needs of one record to check it: the leaf as hashed, and the salted body that it commits to. */
export type WireRecord = {
  readonly id: string
  readonly type: string
  readonly recorded_at: Instant
  readonly request_digest: string
  readonly caller: { readonly principal: string; readonly roles: readonly string[] }
  /** The masked request, as it was evaluated. */
  readonly request: JsonObject
  readonly facets: JsonObject
  /** The exact text of the leaf. */
  readonly leaf: string
  /** `sha256(salt ‖ content)` is the commitment; the salt in base64, the content as its exact UTF-8 text. */
  readonly body: { readonly salt: string; readonly content: string }
  readonly commitment: string
}

/** A record as the ledger holds it, with the commitment worked out anew from its body. */
export type Recorded = {
  readonly id: string
  readonly type: string
  readonly at: Instant
  readonly requestDigest: string
  readonly facets: JsonObject
  readonly leaf: Uint8Array
  readonly body: { readonly salt: Uint8Array; readonly content: Uint8Array }
  readonly commitment: string
}

export function wireRecordOf(record: Recorded): WireRecord {
  const { caller, request } = readDecisionBody(record.body.content)
  return {
    id: record.id,
    type: record.type,
    recorded_at: record.at,
    request_digest: record.requestDigest,
    caller,
    request,
    facets: record.facets,
    leaf: textOf(record.leaf),
    body: { salt: base64Of(record.body.salt), content: textOf(record.body.content) },
    commitment: record.commitment,
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

function base64Of(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
