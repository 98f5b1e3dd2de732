import { writeBody } from '@writ/contract'
import { Fault } from '@writ/domain'
import {
  canonicalText,
  digestOf,
  isErased,
  sealable,
  type Entry,
  type EntryType,
} from '@writ/ledger'
import { erasureFacets } from './facets.ts'
import type { Caller, Records, Sources } from './ports.ts'

/**
 * Erases a record: its body and salt, the digest of what was asked, and who acted are gone for good; its leaf and its proof
 * stay. The erasure is a record itself, which is given; a second one changes nothing, and gives the first.
 */
export type Erase = (caller: Caller, erasing: Erasing) => Promise<Entry>

export type Erasing = { readonly id: string; readonly reason: string }

type EraseParts = Sources & { readonly records: Pick<Records, 'get' | 'erase'> }

export function createErase({ records, now, random }: EraseParts): Erase {
  return async (caller, { id, reason }) => {
    const { tenant, principal, roles } = caller
    const entry = await records.get(tenant, id)
    if (entry === null)
      throw new Fault('record-unknown', `No record ${id} is kept here`, { facts: { id } })
    if (!erasable.includes(entry.type)) throw kept(entry)
    const content = { caller: { principal, roles: [...roles] }, erases: id, reason }
    const erasure = sealable({
      tenant,
      id: `${id}.erased`,
      at: now().toISOString(),
      type: 'erasure',
      requestDigest: digestOf(canonicalText(content)),
      facets: erasureFacets(principal),
      statement: { erases: id },
      body: { salt: random(32), content: writeBody(content) },
    })
    return records.erase(entry, erasure)
  }
}

const erasable: readonly EntryType[] = ['decision', 'outcome', 'read']

/** What decisions and proofs rest on, and who erased what, is kept. */
function kept({ id, type }: Entry): Fault {
  return new Fault('request-invalid', 'Nothing was erased', {
    facts: {
      issues: [{ pointer: '/id', message: `names ${id}, and of type ${type} no record is erased` }],
    },
  })
}

/** The entry, unless its body was erased: then the Fault that says so. */
export function unerased(entry: Entry): Entry {
  if (!isErased(entry)) return entry
  const { id } = entry
  throw new Fault(
    'record-erased',
    `What was recorded as ${id} has been erased: ${id}.erased says by whom and why`,
    { facts: { id, erasure: `${id}.erased` } },
  )
}
