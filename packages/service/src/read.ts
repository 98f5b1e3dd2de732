import { Fault, type Instant } from '@writ/domain'
import type { Entry } from '@writ/ledger'
import type { Scorecard } from '@writ/scorecard'
import { unerased } from './erase.ts'
import type { Caller, RecordQuery, RecordPlace, Records, Scorecards, Sources } from './ports.ts'
import { answered, type Answered, type SignReceipt } from './receipts.ts'

/** How long a list may lag behind what was recorded, at the most. */
const listLagMilliseconds = 5000

export type RecordList = {
  readonly entries: readonly Entry[]
  readonly next: RecordPlace | null
  /** Every entry up to this instant is in the list; later ones may be missing. */
  readonly completeThrough: Instant
}

export type ReadDecision = (caller: Caller, id: string) => Promise<Entry>
/** Gives the answer anew, as it was given. */
export type ReadAnswer = (caller: Caller, id: string) => Promise<Answered>
export type ReadRecord = (caller: Caller, id: string) => Promise<Entry>
export type ListRecords = (caller: Caller, query: RecordQuery) => Promise<RecordList>
export type ListScorecards = (caller: Caller, limit: number) => Promise<readonly Scorecard[]>
export type ReadScorecard = (caller: Caller, entity: string) => Promise<Scorecard>

export function createReadDecision(records: Pick<Records, 'get'>): ReadDecision {
  return async ({ tenant }, id) => {
    const entry = await records.get(tenant, id)
    if (entry !== null && entry.type === 'decision') return unerased(entry)
    throw new Fault('decision-unknown', `No decision ${id} is recorded here`, { facts: { id } })
  }
}

export function createReadAnswer(read: ReadDecision, signReceipt: SignReceipt): ReadAnswer {
  return async (caller, id) => answered(signReceipt, await read(caller, id))
}

/** Reads any entry: a decision, a reported outcome, a waiver. */
export function createReadRecord(records: Pick<Records, 'get'>): ReadRecord {
  return async ({ tenant }, id) => {
    const entry = await records.get(tenant, id)
    if (entry !== null) return unerased(entry)
    throw new Fault('record-unknown', `No record ${id} is kept here`, { facts: { id } })
  }
}

export function createListRecords(
  records: Pick<Records, 'list'>,
  now: Sources['now'],
): ListRecords {
  return async ({ tenant }, query) => {
    const asOf = new Date(now().getTime() - listLagMilliseconds).toISOString()
    const { entries, next, oldestUnlisted } = await records.list(tenant, query)
    const completeThrough = oldestUnlisted !== null && oldestUnlisted < asOf ? oldestUnlisted : asOf
    return { entries, next, completeThrough }
  }
}

export function createReadScorecard(scorecards: Pick<Scorecards, 'get'>): ReadScorecard {
  return async ({ tenant }, entity) => {
    const card = await scorecards.get(tenant, entity)
    if (card !== null) return card
    throw new Fault('entity-unknown', `Nothing is recorded of ${entity} yet`, { facts: { entity } })
  }
}

export function createListScorecards(scorecards: Pick<Scorecards, 'list'>): ListScorecards {
  return ({ tenant }, limit) => scorecards.list(tenant, limit)
}
