import { setTimeout as sleep } from 'node:timers/promises'
import { failingOf, storeFault } from './store-fault.ts'

export type Patience = {
  /** All requests of one call of a port, and the waits between them, end after so many milliseconds. */
  readonly call: number
  /** One request that was not answered after so many milliseconds is given up, and asked again. */
  readonly attempt: number
}

/**
 * A list is complete up to 5 s ago: of these, appending may take so long, and the rest is left for the indexes to follow.
 */
export const defaultPatience: Patience = { call: 3000, attempt: 1000 }

const firstWait = 25
const longestWait = 400

export type Timing = {
  /** Milliseconds that only ever grow. */
  readonly clock: () => number
  /** A number in [0, 1). */
  readonly draw: () => number
  readonly patience: Patience
}

/** The time that is left for one call of a port, and how it is spent. */
export type Deadline = {
  /** Asks until it is answered, or refused, or the time is over: then throws what the last attempt failed with, as it was. */
  readonly ask: <Out>(attempt: (signal: AbortSignal) => Promise<Out>) => Promise<Out>
  /** Waits before the next attempt of a work that was half done; throws when there is no time for it. */
  readonly pause: (failed: number) => Promise<void>
}

export function startDeadline({ clock, draw, patience }: Timing, length: keyof Patience): Deadline {
  const end = clock() + patience[length]
  /** Full jitter: those who failed together do not come back together. */
  const wait = async (failed: number, thrown: unknown): Promise<void> => {
    const most = Math.min(longestWait, firstWait * 2 ** failed)
    const milliseconds = draw() * most
    if (clock() + milliseconds >= end) throw thrown
    await sleep(milliseconds)
  }
  return {
    ask: async (attempt) => {
      for (let failed = 0; ; failed += 1)
        try {
          const left = Math.max(1, Math.min(patience.attempt, end - clock()))
          return await attempt(AbortSignal.timeout(Math.ceil(left)))
        } catch (thrown) {
          const failing = failingOf(thrown)
          if (failing === 'condition' || failing === 'refused') throw thrown
          await wait(failed, thrown)
        }
    },
    pause: (failed) => wait(failed, storeFault(new Error('no time is left'))),
  }
}
