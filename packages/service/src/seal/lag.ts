import type { Instant } from '@writ/domain'
import type { LogStore } from './log-store.ts'

/** How many of those that wait are looked at: those that came first. */
const looked = 25

/** The instant of the entry that has waited longest for its place; null when none waits, as far as the index tells. */
export async function oldestUnsealed(
  log: Pick<LogStore, 'pending' | 'unsealed'>,
): Promise<Instant | null> {
  const waiting = await log.unsealed(await log.pending(looked))
  return waiting.map(({ at }) => at).toSorted()[0] ?? null
}
