import type { AsOf } from '@writ/contract'
import { Fault, type Instant } from '@writ/domain'
import type { Entry } from '@writ/ledger'
import type { Scorecard } from '@writ/scorecard'
import { entriesAsOf, filterAsOf, refuseUnknownSize } from './as-of.ts'
import { unerased } from './erase.ts'
import type { FoldAsOf } from './fold.ts'
import type { Caller, RecordQuery, RecordPlace, Records, Scorecards, Sources } from './ports.ts'
import { createRecordReading, isAnnounced, type Reader } from './reading.ts'
import type { LogReader } from './seal/log-store.ts'
import { answered, type Answered, type SignReceipt } from './receipts.ts'

/** How long a list may lag behind what was recorded, at the most. */
const listLagMilliseconds = 5000

export type RecordList = {
  readonly entries: readonly Entry[]
  readonly next: RecordPlace | null
  /** Every entry up to this instant is in the list; later ones may be missing. */
  readonly completeThrough: Instant
}

// Each of these four is recorded before it gives anything, as a reading.
export type ReadDecision = (reader: Reader, id: string) => Promise<Entry>
/** Gives the answer anew, as it was given. */
export type ReadAnswer = (reader: Reader, id: string) => Promise<Answered>
export type ReadRecord = (reader: Reader, id: string) => Promise<Entry>
/** All the pages of a list are one reading: the first is recorded, and what comes after a place is part of it. */
export type ListRecords = (
  reader: Reader,
  query: RecordQuery & { readonly asOf?: AsOf | null },
) => Promise<RecordList>
export type ListScorecards = (caller: Caller, limit: number) => Promise<readonly Scorecard[]>
export type ReadScorecard = (
  caller: Caller,
  entity: string,
  asOf?: AsOf | null,
) => Promise<Scorecard>

type ReadParts = Sources & { readonly records: Pick<Records, 'append' | 'get'> }

export function createReadDecision(parts: ReadParts): ReadDecision {
  const shown = createShow(parts)
  return async (reader, id) => {
    const entry = await parts.records.get(reader.tenant, id)
    if (entry !== null && entry.type === 'decision') return shown(reader, entry)
    throw new Fault('decision-unknown', `No decision ${id} is recorded here`, { facts: { id } })
  }
}

export function createReadAnswer(read: ReadDecision, signReceipt: SignReceipt): ReadAnswer {
  return async (reader, id) => answered(signReceipt, await read(reader, id))
}

/** Reads any entry: a decision, a reported outcome, a waiver. */
export function createReadRecord(parts: ReadParts): ReadRecord {
  const shown = createShow(parts)
  return async (reader, id) => {
    const entry = await parts.records.get(reader.tenant, id)
    if (entry !== null) return shown(reader, entry)
    throw new Fault('record-unknown', `No record ${id} is kept here`, { facts: { id } })
  }
}

/** Records that an entry is read, unless that is part of what was announced, and gives it. */
function createShow(parts: ReadParts): (reader: Reader, entry: Entry) => Promise<Entry> {
  const recordReading = createRecordReading(parts)
  return async (reader, entry) => {
    const shown = unerased(entry)
    if (!(await isAnnounced(parts, reader, entry)))
      await recordReading(reader, { record: entry.id, filter: {}, given: 1, more: false })
    return shown
  }
}

export function createListRecords(
  parts: Sources & {
    readonly records: Pick<Records, 'append' | 'get' | 'list'>
    readonly log: LogReader | null
  },
): ListRecords {
  const recordReading = createRecordReading(parts)
  return async (reader, { asOf = null, ...query }) => {
    await refuseUnknownSize(parts.log, asOf)
    const now = new Date(parts.now().getTime() - listLagMilliseconds).toISOString()
    const filter = filterAsOf(query.filter, asOf)
    const page = await parts.records.list(reader.tenant, { ...query, filter })
    const { entries, oldestUntold } = await entriesAsOf(parts.log, page.entries, asOf)
    const known = [now, page.oldestUnlisted, oldestUntold, instantOf(asOf)]
    const [completeThrough = now] = known.filter((instant) => instant !== null).toSorted()
    if (query.before === null)
      await recordReading(reader, {
        record: null,
        filter: setIn(filter),
        given: entries.length,
        more: page.next !== null,
      })
    return { entries, next: page.next, completeThrough }
  }
}

function instantOf(asOf: AsOf | null): Instant | null {
  return asOf === null || 'size' in asOf ? null : asOf.instant
}

/** The filters that are set. */
function setIn(filter: RecordQuery['filter']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** As it was saved last; or folded anew from what was there then, which nobody saved. */
export function createReadScorecard(parts: ScorecardParts): ReadScorecard {
  const { scorecards, log, foldAsOf } = parts
  return async ({ tenant }, entity, asOf = null) => {
    await refuseUnknownSize(log, asOf)
    const card =
      asOf === null
        ? await scorecards.get(tenant, entity)
        : await foldAsOf?.(parts, { tenant, entity }, asOf)
    if (card !== null && card !== undefined) return card
    throw new Fault('entity-unknown', `Nothing is recorded of ${entity} yet`, { facts: { entity } })
  }
}

type ScorecardParts = {
  readonly scorecards: Pick<Scorecards, 'get'>
  readonly records: Pick<Records, 'list'>
  readonly log: LogReader | null
  readonly foldAsOf?: FoldAsOf | undefined
}

export function createListScorecards(scorecards: Pick<Scorecards, 'list'>): ListScorecards {
  return ({ tenant }, limit) => scorecards.list(tenant, limit)
}
