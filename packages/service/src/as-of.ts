import { readCheckpoint, readNote, type Entry } from '@writ/ledger'
import type { AsOf } from '@writ/contract'
import { Fault, type Instant } from '@writ/domain'
import type { RecordFilter } from './ports.ts'
import type { LogReader } from './seal/log-store.ts'

/** What is taken of entries when the past is looked at. */
export type Then = {
  /** Those that were there. */
  readonly entries: readonly Entry[]
  /** The oldest of which it cannot be told yet, for it has no place in the log; null where all can. */
  readonly oldestUntold: Instant | null
}

/** The filter, and no entry after the instant. */
export function filterAsOf(filter: RecordFilter, asOf: AsOf | null): RecordFilter {
  if (asOf === null || 'size' in asOf) return filter
  const after = new Date(Date.parse(asOf.instant) + 1).toISOString()
  return { ...filter, to: filter.to === undefined || after < filter.to ? after : filter.to }
}

/** Throws the Fault `request-invalid` where the log has never been of that size. */
export async function refuseUnknownSize(log: LogReader | null, asOf: AsOf | null): Promise<void> {
  if (asOf === null || 'instant' in asOf) return
  const note = log === null ? null : await log.checkpoint()
  const size = note === null ? 0 : readCheckpoint(readNote(note).text).size
  if (asOf.size > size)
    throw new Fault('request-invalid', 'The query has mistakes', {
      facts: {
        issues: [
          { pointer: '/query/as_of', message: `is more than the ${size} entries of the log` },
        ],
      },
    })
}

/** Of entries that pass the filter those that were there. What is once in a log of some size is in it for ever. */
export async function entriesAsOf(
  log: LogReader | null,
  entries: readonly Entry[],
  asOf: AsOf | null,
): Promise<Then> {
  if (asOf === null || 'instant' in asOf || log === null) return { entries, oldestUntold: null }
  const places = await Promise.all(entries.map(({ tenant, id }) => log.place({ tenant, id })))
  const untold = entries.filter((_, at) => (places[at] ?? null) === null).map(({ at }) => at)
  return {
    entries: entries.filter((_, at) => (places[at] ?? Infinity) < asOf.size),
    oldestUntold: untold.toSorted()[0] ?? null,
  }
}
