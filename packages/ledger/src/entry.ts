import {
  Fault,
  type Instant,
  type Json,
  type JsonObject,
  type Kind,
  type Outcome,
} from '@writ/domain'
import { canonicalBytes } from './canonical.ts'
import { commitmentOf, type Digest } from './digest.ts'
import { maxEntryLength } from './tiles/bundle.ts'

export const entryTypes = ['decision', 'outcome', 'waiver'] as const
export type EntryType = (typeof entryTypes)[number]

/** What the queries of the ledger ask for. A facet that an entry lacks is null. */
export type Facets = {
  readonly kind: Kind | null
  readonly outcome: Outcome | null
  /** The id of the resource. */
  readonly resource: string | null
  readonly service: string | null
  readonly team: string | null
  readonly environment: string | null
  /** The id of the subject. */
  readonly actor: string | null
  /** The rules with an effect other than `none`. */
  readonly rules: readonly string[]
  readonly correlation: string | null
}

/** What a leaf commits to: who reads it learns what was decided by, never about whom. */
export type Body = { readonly salt: Uint8Array; readonly content: Uint8Array }

/** Anything that the ledger holds. */
export type Entry = {
  readonly tenant: string
  readonly id: string
  readonly at: Instant
  readonly type: EntryType
  /** Of the masked request: another request under the same id is refused by it. */
  readonly requestDigest: Digest
  readonly facets: Facets
  /** The bytes that the tree hashes, kept as they were written. Their salted commitment makes them unique to the attempt. */
  readonly leaf: Uint8Array
  readonly body: Body
}

/** The entry less what is derived here: its leaf. */
export type Draft = Omit<Entry, 'leaf'> & {
  /** What else the leaf says in clear; nothing personal. */
  readonly statement: JsonObject
}

export const leafSchema = 'writ.entry/v1'

/**
 * Completes an entry: its leaf names the schema, the identity, the statement and the commitment to the body. Throws the Fault
 * `request-too-large` when that is more than a log can carry: recorded, it would keep everything after it from being sealed.
 */
export function sealable({ statement, ...entry }: Draft): Entry {
  const { tenant, id, at, type, body } = entry
  const leaf: Json = {
    ...statement,
    schema: leafSchema,
    tenant,
    id,
    at,
    type,
    commitment: commitmentOf(body.salt, body.content),
  }
  const bytes = canonicalBytes(leaf)
  if (bytes.byteLength <= maxEntryLength) return { ...entry, leaf: bytes }
  throw new Fault(
    'request-too-large',
    'The names in it are too long to be recorded; shorten them',
    {
      facts: { limit_bytes: maxEntryLength },
    },
  )
}

/** True when the leaf is the one that this body was committed under. */
export function isBodyOf(leaf: Uint8Array, body: Body): boolean {
  const stated: unknown = JSON.parse(new TextDecoder().decode(leaf))
  return (
    typeof stated === 'object' &&
    stated !== null &&
    'commitment' in stated &&
    stated.commitment === commitmentOf(body.salt, body.content)
  )
}
