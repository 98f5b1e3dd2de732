import { Fault } from '@writ/domain'

/** The process that asked has died, at this very call. */
class Crash extends Error {}

/** How much of what happens to calls of the store. */
export type Weather = {
  /** The share of calls that fail, in one of several ways. */
  readonly failing: number
  /** The share of calls at which the process dies, before or after their effect. */
  readonly dying: number
  /** The share of calls that are frozen, for up to so many ticks. */
  readonly freezing: number
  readonly freeze: number
}

type Call = {
  readonly process: string
  readonly effect: () => unknown
  readonly resolve: (value: unknown) => void
  readonly reject: (thrown: unknown) => void
  readonly notBefore: number
}

export type Running = (process: string) => Promise<void>

/**
 * One thread of time over processes that wait for their store: which call happens next, and what becomes of it, is drawn
 * from a seed, so that every run can be had again.
 */
export type World = {
  /** Ticks since the beginning: one a call. */
  readonly now: () => number
  readonly draw: (below: number) => number
  /** Asks the store for something, on behalf of a process. */
  readonly call: <T>(process: string, effect: () => T) => Promise<T>
  /** Runs a process; one that dies is begun anew, a number of times. */
  readonly spawn: (process: string, running: Running) => void
  /** Lets time pass until nobody waits for anything. */
  readonly settle: () => Promise<void>
  /** From now on nothing fails. What was given up and not lost happens at last. */
  readonly clearUp: () => void
  readonly skip: (ticks: number) => void
}

const maxRevivals = 60
/** About as many promises as lie between two calls of one process; whoever needs more is waited for longer. */
const turns = 12
/** One for all: what makes an error dear is its stack, and nobody reads this one’s. */
const unavailable = new Fault('records-unavailable', 'simulated')

export function createWorld(
  random: () => number,
  weather: Weather,
  onDefect: (thrown: unknown) => void,
): World {
  const waiting: Call[] = []
  const zombies: (() => unknown)[] = []
  let [now, revivals] = [0, 0]
  const alive = new Set<symbol>()
  let isCalm = false
  const draw = (below: number): number => Math.floor(random() * below)
  const happens = (share: number): boolean => !isCalm && random() < share

  const happen = (call: Call): void => {
    const isReader = call.process.startsWith('reader')
    if (!isReader && happens(weather.dying)) {
      if (draw(2) === 0) attempt(call.effect)
      call.reject(new Crash())
    } else if (!happens(weather.failing)) answer(call)
    else if (isReader || draw(5) === 0) call.reject(unavailable)
    else {
      const kind = draw(4)
      // Given up, and yet it arrives: at some later time, when the process may be gone.
      if (kind < 2) zombies.push(call.effect)
      // It arrives, and only its reply is lost; or the client tries again by itself, and the second reply counts.
      else attempt(call.effect)
      if (kind === 3) answer(call)
      else call.reject(unavailable)
    }
  }

  const step = async (): Promise<void> => {
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
    if (waiting.length === 0) return new Promise((resolve) => setImmediate(resolve))
    now += 1
    if (zombies.length > 0 && happens(0.06)) attempt(zombies.splice(draw(zombies.length), 1)[0])
    const ready = waiting.filter(({ notBefore }) => isCalm || notBefore <= now)
    const next = ready[draw(ready.length)]
    if (next === undefined) return
    waiting.splice(waiting.indexOf(next), 1)
    happen(next)
  }

  const spawn = (process: string, running: Running): void => {
    const life = Symbol(process)
    alive.add(life)
    running(process)
      .catch((thrown: unknown) => {
        if (!(thrown instanceof Crash)) onDefect(thrown)
        else if (revivals < maxRevivals) {
          revivals += 1
          spawn(process, running)
        }
      })
      .finally(() => alive.delete(life))
  }

  return {
    now: () => now,
    draw,
    call: (process, effect) =>
      new Promise((resolve, reject) => {
        const notBefore = happens(weather.freezing) ? now + draw(weather.freeze) : 0
        waiting.push({
          process,
          effect,
          resolve: resolve as (value: unknown) => void,
          reject,
          notBefore,
        })
      }),
    spawn,
    settle: async () => {
      while (alive.size > 0) await step()
    },
    clearUp: () => {
      isCalm = true
      for (const zombie of zombies.splice(0)) attempt(zombie)
    },
    skip: (ticks) => {
      now += ticks
    },
  }
}

function answer({ effect, resolve, reject }: Call): void {
  try {
    resolve(effect())
  } catch (thrown) {
    reject(thrown)
  }
}

function attempt(effect: (() => unknown) | undefined): void {
  try {
    effect?.()
  } catch {
    // Nobody waits for its answer.
  }
}
