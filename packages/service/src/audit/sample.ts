import { digestOf } from '@writ/ledger'

/** One of a population, by a name that nobody can choose to suit the sample. */
export type Drawn = { readonly index: number; readonly tenant: string; readonly id: string }

export type Sample = {
  readonly offer: (one: Drawn) => void
  /** In the order of the log. */
  readonly drawn: () => readonly Drawn[]
}

/**
 * Draws so many from a population that is seen once: those whose SHA-256 over seed, tenant and id, a line each, is the
 * smallest. Whoever has the population and the seed draws the same; whoever makes a record cannot keep it out, as the seed
 * comes later.
 */
export function createSample(count: number, seed: string): Sample {
  let kept: { readonly rank: string; readonly one: Drawn }[] = []
  const cut = (): void => {
    kept = kept.toSorted((left, right) => (left.rank < right.rank ? -1 : 1)).slice(0, count)
  }
  return {
    offer: (one) => {
      kept.push({ rank: digestOf(`${seed}\n${one.tenant}\n${one.id}\n`), one })
      if (kept.length > 2 * count + 1000) cut()
    },
    drawn: () => {
      cut()
      return kept.map(({ one }) => one).toSorted((left, right) => left.index - right.index)
    },
  }
}
