import { createDecide, type Decide } from './decide.ts'
import { createErase, type Erase } from './erase.ts'
import { createRecordOutcome, type RecordOutcome } from './outcome.ts'
import type { FoldAsOf } from './fold.ts'
import type { Engine, Records, Scorecards, Sources, Spool, Waivers } from './ports.ts'
import {
  createAwaitProof,
  createReadLogFile,
  createReadProof,
  createReadSeal,
  type AwaitProof,
  type LogKeyName,
  type Pause,
  type ReadLogFile,
  type ReadProof,
  type ReadSeal,
} from './prove.ts'
import { createAnnounceReading, createRecordReading, type AnnounceReading } from './reading.ts'
import type { SignReceipt } from './receipts.ts'
import {
  createListRecords,
  createListScorecards,
  createReadAnswer,
  createReadDecision,
  createReadRecord,
  createReadScorecard,
  type ListRecords,
  type ListScorecards,
  type ReadAnswer,
  type ReadDecision,
  type ReadRecord,
  type ReadScorecard,
} from './read.ts'
import { withSpool } from './spool.ts'
import type { LogReader } from './seal/log-store.ts'
import {
  createGrantWaiver,
  createListWaivers,
  createRevokeWaiver,
  type GrantWaiver,
  type ListWaivers,
  type RevokeWaiver,
} from './waive.ts'

/** The books of a house, whatever keeps them. */
export type Books = {
  readonly records: Records
  readonly waivers: Waivers
  readonly scorecards: Scorecards
}

export type UseCaseParts = Sources & {
  readonly engine: Engine
  readonly signReceipt: SignReceipt
  readonly pause: Pause
  /** Null where nothing is sealed. */
  readonly log: LogReader | null
  readonly logKey: LogKeyName
  /** Where decisions wait while the store is away; null or absent where there is no such place, and the answer then is 503. */
  readonly spool?: Spool | null
  /** How a card is folded as of another time; absent where nobody asks for that. */
  readonly foldAsOf?: FoldAsOf | undefined
}

/** Everything that a caller may ask of Writ, each under its name. Folding is not asked for: see `createFold`. */
export type UseCases = {
  readonly decide: Decide
  readonly recordOutcome: RecordOutcome
  readonly readDecision: ReadDecision
  readonly readAnswer: ReadAnswer
  readonly readRecord: ReadRecord
  readonly listRecords: ListRecords
  readonly announceReading: AnnounceReading
  readonly readScorecard: ReadScorecard
  readonly listScorecards: ListScorecards
  readonly grantWaiver: GrantWaiver
  readonly revokeWaiver: RevokeWaiver
  readonly listWaivers: ListWaivers
  readonly erase: Erase
  readonly readSeal: ReadSeal
  readonly readProof: ReadProof
  readonly awaitProof: AwaitProof
  readonly readLogFile: ReadLogFile
}

/** The use cases over these books: the same, whichever process hosts them. */
export function createUseCases(
  { records: stored, waivers, scorecards }: Books,
  { engine, log, logKey, signReceipt, pause, spool = null, foldAsOf, ...sources }: UseCaseParts,
): UseCases {
  const records = spool === null ? stored : withSpool(stored, spool)
  const reading = { ...sources, records }
  const readDecision = createReadDecision(reading)
  const recordReading = createRecordReading(reading)
  const waive = { ...sources, engine, waivers }
  return {
    decide: createDecide({ ...sources, engine, records, waivers, signReceipt, spool }),
    recordOutcome: createRecordOutcome({ ...sources, records }),
    readDecision,
    readAnswer: createReadAnswer(readDecision, signReceipt),
    readRecord: createReadRecord(reading),
    listRecords: createListRecords({ ...reading, log }),
    announceReading: createAnnounceReading(recordReading),
    readScorecard: createReadScorecard({ scorecards, records, log, foldAsOf }),
    listScorecards: createListScorecards(scorecards),
    grantWaiver: createGrantWaiver(waive),
    revokeWaiver: createRevokeWaiver(waive),
    listWaivers: createListWaivers(waivers, recordReading),
    erase: createErase({ ...sources, records }),
    readSeal: createReadSeal({ log }),
    readProof: createReadProof({ records, log, logKey }),
    awaitProof: createAwaitProof({ records, log, logKey, pause }),
    readLogFile: createReadLogFile({ log }),
  }
}
