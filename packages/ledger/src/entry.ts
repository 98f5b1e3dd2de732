import {
  Fault,
  isList,
  type Instant,
  type Json,
  type JsonObject,
  type Kind,
  type Outcome,
} from '@writ/domain'
import { canonicalBytes } from './canonical.ts'
import { commitmentOf, digestOf, isDigest, type Digest } from './digest.ts'
import { malformed } from './malformed.ts'
import { readAnnouncement, type Announcement } from './notes/announcement.ts'
import { maxEntryLength } from './tiles/bundle.ts'
import { sameBytes } from './tree/hash.ts'

/** What an entry can be about. */
export const entryTypes = ['decision', 'outcome', 'waiver', 'erasure', 'read', 'key'] as const
/** One of them. */
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

/** What is left of a body that was erased. */
export const noBody: Body = { salt: new Uint8Array(), content: new Uint8Array() }

/** True when the body of the entry is gone: nobody can tell any more what its leaf commits to. */
export function isErased({ body: { salt, content } }: Pick<Entry, 'body'>): boolean {
  return salt.byteLength === 0 && content.byteLength === 0
}

/** What is left of an entry once it is erased: its leaf, and what it can be found by, less who acted. */
export function erased(entry: Entry): Entry {
  const facets = { ...entry.facets, actor: null }
  return { ...entry, requestDigest: digestOf(''), facets, body: noBody }
}

/** The entry less what is derived here: its leaf. */
export type Draft = Omit<Entry, 'leaf'> & {
  /** What else the leaf says in clear; nothing personal. */
  readonly statement: JsonObject
}

/** What each leaf names as its form; another form has another name. */
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

/** What every leaf says of its entry. */
export type Leaf = Pick<Entry, 'tenant' | 'id' | 'at' | 'type'> & {
  readonly commitment: Digest
  /** The id of the entry that this one erases; null where it erases none. */
  readonly erases: string | null
  /** The key that this entry announces; null where it announces none. */
  readonly announces: Announcement | null
}

/**
 * Reads a leaf. Throws the Fault `log-malformed` on bytes that `sealable` would not write, and on the announcement of a key
 * that is not signed by the key before it.
 */
export function readLeaf(bytes: Uint8Array): Leaf {
  const stated = statedIn(bytes)
  const text = (name: string): string => {
    const value = stated[name]
    if (typeof value === 'string') return value
    throw malformed('leaf', `it names no ${name}`)
  }
  const [type, commitment] = [entryTypes.find((one) => one === stated['type']), text('commitment')]
  if (text('schema') !== leafSchema) throw malformed('leaf', `its schema is not ${leafSchema}`)
  if (type === undefined)
    throw malformed('leaf', `it is of none of the types ${entryTypes.join(', ')}`)
  if (!isDigest(commitment)) throw malformed('leaf', 'its commitment is no digest')
  return {
    tenant: text('tenant'),
    id: text('id'),
    at: text('at'),
    type,
    commitment,
    erases: type === 'erasure' ? text('erases') : null,
    announces: type === 'key' ? readAnnouncement(text('announces')) : null,
  }
}

function statedIn(bytes: Uint8Array): JsonObject {
  try {
    const stated: Json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    const isObject = typeof stated === 'object' && stated !== null && !isList(stated)
    if (isObject && sameBytes(canonicalBytes(stated), bytes)) return stated
  } catch {
    // As any other bytes that are none.
  }
  throw malformed('leaf', 'it is no object of canonical JSON')
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
