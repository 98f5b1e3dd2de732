import { isErased, type Amiss, type Entry, type Leaf } from '@writ/ledger'
import type { LoggedLeaf } from './ledger-reader.ts'

/** Sees, over a whole log, that a body is gone only where the log says so, earlier or later. */
export type Erasures = {
  readonly take: (logged: LoggedLeaf, record: Entry | null) => void
  /** What is amiss, once all was taken. */
  readonly amiss: () => Amiss | null
}

export function createErasures(): Erasures {
  const erased = new Set<string>()
  const gone = new Map<string, LoggedLeaf>()
  return {
    take: (logged, record) => {
      const { tenant, erases } = logged.leaf
      if (erases !== null) erased.add(nameOf({ tenant, id: erases }))
      if (record !== null && isErased(record)) gone.set(nameOf(logged.leaf), logged)
    },
    amiss: () => {
      for (const [name, { index, leaf }] of gone)
        if (!erased.has(name))
          return {
            status: 'unproven',
            reason: `the record ${leaf.id} at index ${index} has no body, and nothing in the log erases it`,
          }
      return null
    },
  }
}

function nameOf({ tenant, id }: Pick<Leaf, 'tenant' | 'id'>): string {
  return `${tenant}\n${id}`
}
