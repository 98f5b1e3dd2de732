import type { Books } from '@writ/service'
import { Fault } from '@writ/domain'

/**
 * How a network fails a call: the call never arrived; it arrived and only its reply was lost; or it was given up, and
 * arrives after the caller's next call. The caller sees the same Fault each time.
 */
export type Failure = 'lost-write' | 'lost-reply' | 'late-write'
const failures: readonly Failure[] = ['lost-write', 'lost-reply', 'late-write']

/** What becomes of a call: `records.append` and such, and how many calls there were before it. */
export type Plan = (method: string, earlier: number) => Failure | null

/** Fails the calls of one method in this order, a null being a call that is let through; all further calls go through. */
export function failing(method: string, planned: readonly (Failure | null)[]): Plan {
  const left = [...planned]
  return (called) => (called === method ? (left.shift() ?? null) : null)
}

/** Fails this share of all calls, each in a way drawn by the seed: the same seed fails the same calls. */
export function failingAtRandom(seed: number, share: number): Plan {
  const draw = seededNumbers(seed)
  return () => (draw() < share ? (failures[Math.floor(draw() * failures.length)] ?? null) : null)
}

/** Numbers in [0, 1) that look like chance and follow from the seed alone (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

type Through = <T>(method: string, call: () => Promise<T>) => Promise<T>

/** The store as it looks over a network that fails as planned. What is lost is lost with the Fault `records-unavailable`. */
export function breaking(store: Books, plan: Plan): Books {
  const late: (() => Promise<unknown>)[] = []
  let calls = 0
  return wrapped(store, async (method, call) => {
    const failure = plan(method, calls)
    calls += 1
    const overdue = late.splice(0)
    try {
      if (failure === null) return await call()
      if (failure === 'lost-reply') await call()
      if (failure === 'late-write') late.push(call)
      throw new Fault('records-unavailable', `simulated ${failure} of ${method}`)
    } finally {
      for (const write of overdue) await write().catch(() => 'nobody waits for a late write')
    }
  })
}

/** A caller that tries again, with the very same arguments, while the store is unavailable. */
export function retrying(store: Books, attempts: number): Books {
  return wrapped(store, async (_, call) => {
    for (let left = attempts - 1; ; left -= 1)
      try {
        return await call()
      } catch (thrown) {
        const again = thrown instanceof Fault && thrown.code === 'records-unavailable' && left > 0
        if (!again) throw thrown
      }
  })
}

function wrapped({ records, waivers, scorecards }: Books, through: Through): Books {
  return {
    records: {
      append: (entry) => through('records.append', () => records.append(entry)),
      erase: (entry, erasure) => through('records.erase', () => records.erase(entry, erasure)),
      get: (tenant, id) => through('records.get', () => records.get(tenant, id)),
      list: (tenant, query) => through('records.list', () => records.list(tenant, query)),
    },
    waivers: {
      put: (waiver, entry) => through('waivers.put', () => waivers.put(waiver, entry)),
      get: (tenant, id) => through('waivers.get', () => waivers.get(tenant, id)),
      find: (tenant, about) => through('waivers.find', () => waivers.find(tenant, about)),
      list: (tenant, limit) => through('waivers.list', () => waivers.list(tenant, limit)),
    },
    scorecards: {
      stale: (limit) => through('scorecards.stale', () => scorecards.stale(limit)),
      save: (stale, card) => through('scorecards.save', () => scorecards.save(stale, card)),
      get: (tenant, entity) => through('scorecards.get', () => scorecards.get(tenant, entity)),
      list: (tenant, limit) => through('scorecards.list', () => scorecards.list(tenant, limit)),
    },
  }
}
