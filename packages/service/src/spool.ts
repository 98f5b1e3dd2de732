import { faultOf } from '@writ/domain'
import { sameBytes, timedId, type Entry } from '@writ/ledger'
import type { Records, Sources, Spool } from './ports.ts'
import { decisionEntry, type Made } from './record.ts'

export type KeepParts = Sources & {
  readonly records: Pick<Records, 'append' | 'get'>
  /** Null or absent where nothing but the store will do. */
  readonly spool?: Spool | null | undefined
}

/**
 * Makes a decision durable. While the store is away that is in the spool, where there is one, and its answer says so. Which
 * of the two is never in doubt: an attempt that the store may have taken is looked up first. One whose key cannot be looked
 * up is not answered, for another answer may stand under it; one without a key gets another id.
 */
export async function keepDecision(
  { records, spool, now, random }: KeepParts,
  made: Made,
  isKeyed: boolean,
): Promise<Entry> {
  try {
    return await records.append(decisionEntry(made, random(32)))
  } catch (thrown) {
    if (spool === null || spool === undefined || faultOf(thrown).code !== 'records-unavailable')
      throw thrown
    const { caller, answer } = made
    const stands = isKeyed ? await records.get(caller.tenant, answer.id) : null
    if (stands !== null) return stands
    const id = isKeyed ? answer.id : timedId('dec', now().getTime(), random(10))
    return spool.put(
      decisionEntry({ ...made, answer: { ...answer, id, durable: 'spool' } }, random(32)),
    )
  }
}

/** The same records, those that wait in the spool among them. Lists are complete up to the oldest of these. */
export function withSpool(records: Records, spool: Spool): Records {
  return {
    ...records,
    get: async (tenant, id) => (await spool.get(tenant, id)) ?? records.get(tenant, id),
    list: async (tenant, query) => {
      const page = await records.list(tenant, query)
      const instants = (await spool.waiting(Infinity)).map(({ at }) => at)
      const [oldestUnlisted = null] = (
        page.oldestUnlisted === null ? instants : [...instants, page.oldestUnlisted]
      ).toSorted()
      return { ...page, oldestUnlisted }
    },
  }
}

/** What one pass brought to the store, and what it will never take: another entry stands there under the same id. */
export type Drained = { readonly drained: number; readonly refused: readonly Entry[] }

/** Brings what waits in the spool to the store, in order. Throws where that is away still: all that is left waits on. */
export type Drain = () => Promise<Drained>

/** How many entries one pass takes on. */
const maxDrained = 256

export function createDrain({
  records,
  spool,
}: {
  readonly records: Pick<Records, 'append'>
  readonly spool: Spool
}): Drain {
  return async () => {
    const refused: Entry[] = []
    const waiting = await spool.waiting(maxDrained)
    for (const entry of waiting) {
      const stands = await records.append(entry)
      const isThere = sameBytes(stands.leaf, entry.leaf)
      if (!isThere) refused.push(entry)
      await (isThere ? spool.drop(entry) : spool.setAside(entry))
    }
    return { drained: waiting.length - refused.length, refused }
  }
}

/** Lets works of one name go one after the other. */
export function inTurn(): <Out>(name: string, work: () => Promise<Out>) => Promise<Out> {
  const last = new Map<string, Promise<unknown>>()
  return async (name, work) => {
    const before = last.get(name) ?? Promise.resolve()
    const mine = before.then(work, work)
    last.set(name, mine)
    try {
      return await mine
    } finally {
      if (last.get(name) === mine) last.delete(name)
    }
  }
}
