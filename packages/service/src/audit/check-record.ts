import { faultOf, type JsonObject } from '@writ/domain'
import {
  canonicalText,
  digestOf,
  isBodyOf,
  isErased,
  readLeaf,
  sameBytes,
  type Amiss,
  type Entry,
  type Leaf,
} from '@writ/ledger'
import { facetsIn, facetsInLeaf, requestDigestIn } from '../facets.ts'
import type { LoggedLeaf } from './ledger-reader.ts'

/** Salts have a fixed length: else bytes could move between a salt and what is salted, under the same commitment. */
const saltLength = 32

/** An entry as it is filed: its facets may be any. */
export type FiledEntry = Omit<Entry, 'facets'> & { readonly facets: JsonObject }

/**
 * What is amiss with the record of a leaf: its body must be the one that was committed to, and all else must follow from
 * that. Of one that was erased less follows: whoever checks sees to it that the log erases it.
 */
export function amissInRecord(logged: LoggedLeaf, record: FiledEntry): Amiss | null {
  const name = `the record ${record.id} at index ${logged.index}`
  const contradiction = contradictionIn(logged, record)
  return contradiction === null ? null : { status: 'refuted', reason: `${name} ${contradiction}` }
}

/** What of a record that has no place in the log contradicts its own leaf. */
export function contradictionWithLeaf(record: FiledEntry): string | null {
  try {
    return contradictionIn({ bytes: record.leaf, leaf: readLeaf(record.leaf) }, record)
  } catch (thrown) {
    return `has a leaf that is none: ${faultOf(thrown).message}`
  }
}

function contradictionIn(
  { bytes, leaf }: Omit<LoggedLeaf, 'index'>,
  record: FiledEntry,
): string | null {
  const { tenant, id, at, type, body } = record
  if (!sameBytes(record.leaf, bytes)) return 'has another leaf than the one in the log'
  if (canonicalText({ tenant, id, at, type }) !== canonicalText(namedIn(leaf)))
    return 'has another tenant, id, instant or type than its leaf in the log says'
  if (isErased(record)) return contradictionWithErasure(record)
  if (body.salt.byteLength !== saltLength || !isBodyOf(bytes, body))
    return `has another body than the one that its leaf commits to, ${leaf.commitment}`
  return contradictionWithBody(record)
}

function namedIn({ tenant, id, at, type }: Leaf): Pick<Leaf, 'tenant' | 'id' | 'at' | 'type'> {
  return { tenant, id, at, type }
}

/** Of an erased record: who acted and what was asked must be gone, and what its leaf says in clear must be as it says. */
function contradictionWithErasure({ leaf, facets, requestDigest }: FiledEntry): string | null {
  if (facets['actor'] !== null || requestDigest !== digestOf(''))
    return 'was erased, and says who acted or what was asked'
  const stated = Object.entries(facetsInLeaf(leaf))
  const differs = stated.some(([name, value]) => value !== (facets[name] ?? null))
  return differs ? 'was erased, and is filed under facets that its leaf does not have' : null
}

/** What is kept beside a body, to find it by, and is not committed to: it must be what the body says. */
function contradictionWithBody(record: FiledEntry): string | null {
  try {
    if (canonicalText(record.facets) !== canonicalText(facetsIn(record)))
      return 'is filed under facets that its body does not have'
    const digest = requestDigestIn(record)
    return digest === null || digest === record.requestDigest
      ? null
      : 'has another request digest than its body has'
  } catch {
    return 'has a body that no version of Writ has written'
  }
}
