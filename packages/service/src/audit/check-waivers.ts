import { readWaiverBody } from '@writ/contract'
import type { Waiver } from '@writ/domain'
import { canonicalText, type Amiss, type Entry } from '@writ/ledger'
import type { Records, Waivers } from '../ports.ts'
import type { EntryName } from '../seal/log-store.ts'

export type WaiverBooks = {
  readonly records: Pick<Records, 'get'>
  readonly waivers: Pick<Waivers, 'get'>
  /** Every waiver that is kept, of all tenants. */
  readonly everyWaiver: () => Promise<readonly Waiver[]>
}

/**
 * Waivers decide, and lie beside the records: each must be what its records say, none may be without one, and none may be gone
 * that the log says was granted.
 */
export async function amissInWaivers(
  books: WaiverBooks,
  granted: Iterable<EntryName>,
): Promise<Amiss | null> {
  for (const { tenant, id } of granted)
    if ((await books.waivers.get(tenant, id)) === null)
      return { status: 'refuted', reason: `the waiver ${id} was granted, and is not kept` }
  for (const waiver of await books.everyWaiver()) {
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
    return { status: 'refuted', reason: `the waiver ${id} was never recorded` }
  if (canonicalText(waiver) === canonicalText(waiverIn(recorded))) return null
  return { status: 'refuted', reason: `the waiver ${id} is not what was recorded` }
}

function waiverIn({ tenant, body }: Entry): Waiver {
  return { ...readWaiverBody(body.content).waiver, tenant }
}
