import { createSoon } from './soon.ts'

export type RoundsParts = {
  /** Does a round of the work; true when another one is worth while. */
  readonly round: () => Promise<boolean>
  /** Milliseconds that only ever grow. */
  readonly clock: () => number
  readonly onFailure: (cause: unknown) => void
}

export type Rounds = {
  /** Says that there may be new records. */
  readonly nudge: () => void
  readonly close: () => Promise<void>
}

const leastDelay = 300
/** Deciding comes first: such work takes about a tenth of the time at the most. */
const restPerWork = 9
/** Records of another process on the same file nudge nobody. */
const slowRound = 30_000

/** Keeps work up with the records, such as folding and sealing. It never fails: a round that does is told and made again. */
export function createRounds({ round, clock, onFailure }: RoundsParts): Rounds {
  let took = 0
  const run = async (): Promise<void> => {
    const began = clock()
    try {
      if (await round()) soon.nudge()
    } catch (cause) {
      onFailure(cause)
    }
    took = clock() - began
  }
  const soon = createSoon({
    run,
    delay: () => Math.max(leastDelay, took * restPerWork),
    after: 'first',
  })
  const rounds = setInterval(soon.nudge, slowRound)
  rounds.unref()
  soon.nudge()
  return {
    nudge: soon.nudge,
    close: async () => {
      clearInterval(rounds)
      await soon.close()
    },
  }
}
