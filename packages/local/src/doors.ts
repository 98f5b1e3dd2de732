import type { AppParts } from '@writ/http'
import {
  createDecide,
  createGrantWaiver,
  createListRecords,
  createListScorecards,
  createListWaivers,
  createReadDecision,
  createReadRecord,
  createReadScorecard,
  createRecordOutcome,
  createRevokeWaiver,
  type Engine,
  type Records,
  type Scorecards,
  type Sources,
  type Waivers,
} from '@writ/service'
import { localTenant } from './tenants.ts'

/** The books of the house, whatever keeps them. */
export type Books = {
  readonly records: Records
  readonly waivers: Waivers
  readonly scorecards: Scorecards
}

/** The use cases over these books, as the doors take them. */
export function useCases(
  { records, waivers, scorecards }: Books,
  { engine, ...sources }: Sources & { readonly engine: Engine },
): Omit<AppParts, 'authenticate' | 'tenants' | 'isOurHost' | 'cursorKey' | 'newRequestId' | 'log'> {
  const waive = { ...sources, engine, waivers }
  return {
    decide: createDecide({ ...sources, engine, records, waivers }),
    recordOutcome: createRecordOutcome({ ...sources, records }),
    readDecision: createReadDecision(records),
    readRecord: createReadRecord(records),
    listRecords: createListRecords(records, sources.now),
    readScorecard: createReadScorecard(scorecards),
    listScorecards: createListScorecards(scorecards),
    grantWaiver: createGrantWaiver(waive),
    revokeWaiver: createRevokeWaiver(waive),
    listWaivers: createListWaivers(waivers),
    engine,
    now: sources.now,
    checkReady: async () => {
      await records.list(localTenant, { filter: {}, before: null, limit: 1 })
    },
  }
}

/** The same books; whatever is written in them is told. */
export function told(books: Books, tell: () => void): Books {
  const { records, waivers } = books
  const after = async <Written>(written: Promise<Written>): Promise<Written> => {
    const stands = await written
    tell()
    return stands
  }
  return {
    ...books,
    records: { ...records, append: (entry) => after(records.append(entry)) },
    waivers: { ...waivers, put: (waiver, entry) => after(waivers.put(waiver, entry)) },
  }
}
