export { createDecide } from './decide.ts'
export type { Decide, DecideParts } from './decide.ts'
export { facetsInLeaf, noFacets } from './facets.ts'
export { createErase } from './erase.ts'
export type { Erase, Erasing } from './erase.ts'
export { evaluate, evaluateChange, mistakesOf } from './evaluate.ts'
export { createFold, foldAsOf } from './fold.ts'
export type { Fold, FoldAsOf, Folded, FoldParts } from './fold.ts'
export { createRecordOutcome } from './outcome.ts'
export type { RecordOutcome } from './outcome.ts'
export type {
  Bundle,
  BundleName,
  Caller,
  Engine,
  RecordFilter,
  RecordPage,
  RecordPlace,
  RecordQuery,
  Records,
  Scorecards,
  Sources,
  Spool,
  StaleEntity,
  WaiverQuery,
  Waivers,
} from './ports.ts'
export {
  createListRecords,
  createListScorecards,
  createReadDecision,
  createReadRecord,
  createReadScorecard,
} from './read.ts'
export type {
  ListRecords,
  ListScorecards,
  ReadAnswer,
  ReadDecision,
  ReadRecord,
  ReadScorecard,
  RecordList,
} from './read.ts'
export { readingMilliseconds } from './reading.ts'
export type { AnnounceReading, Reader } from './reading.ts'
export { createGrantWaiver, createListWaivers, createRevokeWaiver } from './waive.ts'
export type { GrantWaiver, ListWaivers, RevokeWaiver, WaiveParts } from './waive.ts'
export { replay, waiversOf } from './audit/replay.ts'
export type { FindBundle, Replayed, ReplayParts } from './audit/replay.ts'
export { createDrain } from './spool.ts'
export type { Drain, Drained } from './spool.ts'
export { createSignReceipt, receiptKeyName } from './receipts.ts'
export type { Answered, SignReceipt } from './receipts.ts'
export { findLogFile } from './prove.ts'
export type {
  AwaitProof,
  LogKeyName,
  Pause,
  ReadLogFile,
  ReadProof,
  ReadSeal,
  Sealed,
} from './prove.ts'
export { createUseCases } from './use-cases.ts'
export type { Books, UseCaseParts, UseCases } from './use-cases.ts'
export { askWitnessBy } from './seal/ask-witness.ts'
export { createCosign } from './seal/cosign.ts'
export type { AskWitness, Cosign, CosignParts } from './seal/cosign.ts'
export { createTurns, neededBefore } from './seal/turns.ts'
export type { Signers, Turns } from './seal/turns.ts'
export { createSeal } from './seal/seal.ts'
export type { Round, Seal, SealParts } from './seal/seal.ts'
export type { SignerMemory } from './seal/guard.ts'
export { oldestUnsealed } from './seal/lag.ts'
export { readLogTile } from './seal/log-tiles.ts'
export { markedSize, readStage } from './seal/stage.ts'
export type { Stage } from './seal/stage.ts'
export type {
  EntryName,
  LogHead,
  LogReader,
  LogStore,
  PlacedEntry,
  StageName,
  Unsealed,
} from './seal/log-store.ts'
export { amissInRecord } from './audit/check-record.ts'
export { checkLedger } from './audit/check-ledger.ts'
export type { CheckedLedger, LedgerCheck } from './audit/check-ledger.ts'
export { exportFiles, isInScope, recordsPath } from './audit/export.ts'
export type { ExportParts, ExportScope } from './audit/export.ts'
export { exportedOf, readRecordsFile } from './audit/exported-record.ts'
export { heldStill, lacking, storeReader } from './audit/ledger-reader.ts'
export type { LedgerReader, LoggedLeaf } from './audit/ledger-reader.ts'
export { walkRecords } from './audit/walk-records.ts'
export type { LoggedRecord, RecordWalk } from './audit/walk-records.ts'
export { findLeaf, leafAt, proveRecord } from './audit/proved-record.ts'
export type { ProvedRecord, SoughtRecord } from './audit/proved-record.ts'
export { refutedBy, verifyRecord } from './audit/verify-record.ts'
export type { ProofTexts, VerifiedRecord } from './audit/verify-record.ts'
export { followLog } from './audit/follow.ts'
export type { Followed, Following } from './audit/follow.ts'
export { importLedger } from './audit/import.ts'
export type { ImportParts } from './audit/import.ts'
export { checkPromises, checkReceipt, followReceiptKeys } from './audit/check-receipt.ts'
export type {
  KeptPromises,
  PromiseCheck,
  SignedReceipt,
  Unverified,
} from './audit/check-receipt.ts'
export { amissInStore, maxUnsealed } from './audit/check-store.ts'
export type { StoreBooks } from './audit/check-store.ts'
export { createSample } from './audit/sample.ts'
export type { Drawn, Sample } from './audit/sample.ts'
