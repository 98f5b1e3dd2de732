import type { Instant, Json, JsonObject } from '@writ/domain'

/** What an auditor needs of one record to check it: the leaf as hashed, and the salted body that it commits to. */
export type WireRecord = {
  readonly id: string
  readonly type: string
  readonly recorded_at: Instant
  /** Of what was sent, after masking: a decision's request, an outcome's report. */
  readonly request_digest: string
  readonly facets: JsonObject
  /** The body, to be read: who asked, the masked request as evaluated, and the answer; or what was reported or granted. */
  readonly content: Json
  /** The exact text of the leaf. */
  readonly leaf: string
  /** The commitment in the leaf is `sha256(salt ‖ text)`: the salt in base64, the text as its UTF-8 bytes. */
  readonly body: { readonly salt: string; readonly text: string }
  /** Worked out anew from the body. */
  readonly commitment: string
  readonly seal: WireSeal
}

/** Whether the record has its place in the log: there, and in a log of that size and root (base64), once it is sealed. */
export type WireSeal =
  | { readonly status: 'pending' }
  | {
      readonly status: 'sealed'
      readonly index: number
      readonly size: number
      readonly root: string
    }

/** A record as the ledger holds it. */
export type Recorded = {
  readonly id: string
  readonly type: string
  readonly at: Instant
  readonly requestDigest: string
  readonly facets: JsonObject
  readonly leaf: Uint8Array
  readonly body: { readonly salt: Uint8Array; readonly content: Uint8Array }
  /** Null while it waits for its place in the log. */
  readonly seal: {
    readonly index: number
    readonly checkpoint: { readonly size: number; readonly root: Uint8Array }
  } | null
}

export function wireRecordOf(record: Recorded, commitment: string): WireRecord {
  const text = textOf(record.body.content)
  const content: Json = JSON.parse(text)
  return {
    id: record.id,
    type: record.type,
    recorded_at: record.at,
    request_digest: record.requestDigest,
    facets: record.facets,
    content,
    leaf: textOf(record.leaf),
    body: { salt: base64Of(record.body.salt), text },
    commitment,
    seal: wireSealOf(record.seal),
  }
}

function wireSealOf(seal: Recorded['seal']): WireSeal {
  if (seal === null) return { status: 'pending' }
  const { size, root } = seal.checkpoint
  return { status: 'sealed', index: seal.index, size, root: base64Of(root) }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

function base64Of(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
