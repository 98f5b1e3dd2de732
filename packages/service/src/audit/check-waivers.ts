import { readWaiverBody } from '@writ/contract'
import type { Waiver } from '@writ/domain'
import { canonicalText, type Amiss, type Entry } from '@writ/ledger'
import type { Records, Waivers } from '../ports.ts'

export type WaiverBooks = {
  readonly records: Pick<Records, 'get'>
  readonly waivers: Pick<Waivers, 'get' | 'list'>
}

/** So many waivers of a tenant are looked at, the newest first. */
const maxWaivers = 100_000

/** Waivers decide, and lie beside the records: each must be what its records say, and none may be without one. */
export async function amissInWaivers(
  books: WaiverBooks,
  tenants: Iterable<string>,
): Promise<Amiss | null> {
  for (const tenant of tenants)
    for (const waiver of await books.waivers.list(tenant, maxWaivers)) {
      const amiss =
        (await amissInWaiver(books, waiver)) === null ? null : await amissNow(books, waiver)
      if (amiss !== null) return amiss
    }
  return null
}

/** It may have been revoked since it was listed, which happens once. */
async function amissNow(books: WaiverBooks, waiver: Waiver): Promise<Amiss | null> {
  return amissInWaiver(books, (await books.waivers.get(waiver.tenant, waiver.id)) ?? waiver)
}

async function amissInWaiver({ records }: WaiverBooks, waiver: Waiver): Promise<Amiss | null> {
  const { tenant, id } = waiver
  const granted = await records.get(tenant, id)
  const recorded = (await records.get(tenant, `${id}.revoked`)) ?? granted
  if (granted === null || recorded === null)
    return { status: 'refuted', reason: `the waiver ${id} is in force and was never recorded` }
  if (canonicalText(waiver) === canonicalText(waiverIn(recorded))) return null
  return { status: 'refuted', reason: `the waiver ${id} is not what was recorded` }
}

function waiverIn({ tenant, body }: Entry): Waiver {
  return { ...readWaiverBody(body.content).waiver, tenant }
}
