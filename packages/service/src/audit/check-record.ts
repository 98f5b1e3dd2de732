import type { JsonObject } from '@writ/domain'
import {
  canonicalText,
  isBodyOf,
  isErased,
  sameBytes,
  type Amiss,
  type Entry,
  type Leaf,
} from '@writ/ledger'
import { facetsIn, requestDigestIn } from '../facets.ts'
import type { LoggedLeaf } from './ledger-reader.ts'

/** Salts have a fixed length: else bytes could move between a salt and what is salted, under the same commitment. */
const saltLength = 32

/** An entry as it is filed: its facets may be any. */
export type FiledEntry = Omit<Entry, 'facets'> & { readonly facets: JsonObject }

/**
 * What is amiss with the record of a leaf: its body must be the one that was committed to, and all else must follow from
 * that. Of one that was erased nothing follows: whoever checks sees to it that the log erases it.
 */
export function amissInRecord(logged: LoggedLeaf, record: FiledEntry): Amiss | null {
  const name = `the record ${record.id} at index ${logged.index}`
  const contradiction = contradictionIn(logged, record)
  return contradiction === null ? null : { status: 'refuted', reason: `${name} ${contradiction}` }
}

function contradictionIn({ bytes, leaf }: LoggedLeaf, record: FiledEntry): string | null {
  const { tenant, id, at, type, body } = record
  if (!sameBytes(record.leaf, bytes)) return 'has another leaf than the one in the log'
  if (canonicalText({ tenant, id, at, type }) !== canonicalText(namedIn(leaf)))
    return 'has another tenant, id, instant or type than its leaf in the log says'
  if (isErased(record)) return null
  if (body.salt.byteLength !== saltLength || !isBodyOf(bytes, body))
    return `has another body than the one that its leaf commits to, ${leaf.commitment}`
  return contradictionWithBody(record)
}

function namedIn({ tenant, id, at, type }: Leaf): Pick<Leaf, 'tenant' | 'id' | 'at' | 'type'> {
  return { tenant, id, at, type }
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
