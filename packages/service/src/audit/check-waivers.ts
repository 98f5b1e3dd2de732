import { readWaiverBody } from '@writ/contract'
import type { Waiver } from '@writ/domain'
import { canonicalText, type Amiss, type Entry } from '@writ/ledger'
import type { Records, Waivers } from '../ports.ts'

export type WaiverBooks = {
  readonly records: Pick<Records, 'get'>
  readonly waivers: Pick<Waivers, 'list'>
}

/** So many waivers of a tenant are looked at, the newest first. */
const maxWaivers = 100_000

/** Waivers decide, and lie beside the records: each must be what its records say, and none may be without one. */
export async function amissInWaivers(
  { records, waivers }: WaiverBooks,
  tenants: Iterable<string>,
): Promise<Amiss | null> {
  for (const tenant of tenants)
    for (const waiver of await waivers.list(tenant, maxWaivers)) {
      const { id } = waiver
      const granted = await records.get(tenant, id)
      const revoked = await records.get(tenant, `${id}.revoked`)
      const recorded = revoked ?? granted
      if (granted === null || recorded === null)
        return { status: 'refuted', reason: `the waiver ${id} is in force and was never recorded` }
      if (canonicalText(waiver) !== canonicalText(waiverIn(recorded)))
        return { status: 'refuted', reason: `the waiver ${id} is not what was recorded` }
    }
  return null
}

function waiverIn({ tenant, body }: Entry): Waiver {
  return { ...readWaiverBody(body.content).waiver, tenant }
}
