import type { Fold, StaleEntity } from '@writ/service'
import { createSoon } from './soon.ts'

export type FoldLoopParts = {
  readonly fold: Fold
  /** Milliseconds that only ever grow. */
  readonly clock: () => number
  readonly onFailure: (entity: StaleEntity | null, cause: unknown) => void
}

export type FoldLoop = {
  /** Says that there may be new records. */
  readonly nudge: () => void
  readonly close: () => Promise<void>
}

const leastDelay = 300
/** Deciding comes first: folding takes about a tenth of the time at the most. */
const restPerWork = 9
/** Records of another process on the same file nudge nobody. */
const slowRound = 30_000

/** Keeps scorecards up with the records. It never fails: what could not be folded is reported and tried again. */
export function createFoldLoop({ fold, clock, onFailure }: FoldLoopParts): FoldLoop {
  let took = 0
  const run = async (): Promise<void> => {
    const began = clock()
    try {
      const { saved, failed } = await fold()
      failed.forEach(({ entity, cause }) => onFailure(entity, cause))
      if (saved > 0) soon.nudge()
    } catch (cause) {
      onFailure(null, cause)
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
