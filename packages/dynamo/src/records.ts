import type { Instant } from '@writ/domain'
import type { Entry } from '@writ/ledger'
import type { Records } from '@writ/service'
import type { Bodies } from './bodies.ts'
import type { Connection } from './connection.ts'
import { appendEntry, entryById } from './entries.ts'
import { eraseEntry } from './erase.ts'
import { listEntries } from './list.ts'

export function createRecords(connection: Connection, bodies: Bodies): Records {
  const underWay = createUnderWay()
  return {
    append: (entry) => underWay.during(entry.at, () => append(connection, bodies, entry)),
    erase: (entry, erasure) =>
      underWay.during(erasure.at, () =>
        eraseEntry(connection.session(), bodies, { entry, erasure }),
      ),
    get: (tenant, id) => entryById(connection.session(), bodies, { tenant, id }),
    list: async (tenant, query) => {
      const oldestUnlisted = underWay.oldest()
      const page = await listEntries(connection.session(), bodies, { tenant, ...query })
      return { ...page, oldestUnlisted }
    },
  }
}

/** Where an append has run out of time, a write of its that was not answered may stand: one read may yet tell. */
async function append(connection: Connection, bodies: Bodies, entry: Entry): Promise<Entry> {
  try {
    return await appendEntry(connection.session(), bodies, entry)
  } catch (thrown) {
    const stands = await entryById(connection.session('attempt'), bodies, entry).catch(() => null)
    if (stands !== null) return stands
    throw thrown
  }
}

type UnderWay = {
  readonly during: <Out>(at: Instant, work: () => Promise<Out>) => Promise<Out>
  readonly oldest: () => Instant | null
}

/** The entries that this process was given and that may not be in the table yet. */
function createUnderWay(): UnderWay {
  const instants = new Set<{ readonly at: Instant }>()
  return {
    during: async (at, work) => {
      const mark = { at }
      instants.add(mark)
      try {
        return await work()
      } finally {
        instants.delete(mark)
      }
    },
    oldest: () =>
      [...instants].reduce<Instant | null>(
        (oldest, { at }) => (oldest === null || at < oldest ? at : oldest),
        null,
      ),
  }
}
