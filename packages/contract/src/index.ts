export { answerOf, evaluationOf } from './answer.ts'
export { readAnswer } from './answer-read.ts'
export type { DecidedBy, WireAnswer, WireEvaluation, WireFinding } from './answer.ts'
export {
  checkDefaultExample,
  checkDefaultNames,
  checkDefaultsSchema,
  readCheckDefaults,
} from './check-defaults.ts'
export type { CheckDefaults } from './check-defaults.ts'
export { csvHead, csvRow } from './export-csv.ts'
export { ocsfEvent } from './export-ocsf.ts'
export { readExportedRecord, readExportManifest, writeExportManifest } from './exported.ts'
export type { ExportedRecord, ExportManifest } from './exported.ts'
export { readableFinding } from './finding-text.ts'
export { issuesOf, pointerOf } from './issues.ts'
export { maxJsonDepth, readJson } from './json.ts'
export { boundedList, decisionItemOf } from './list.ts'
export type { Listed, WireDecisionItem, WireDecisionList, WireList } from './list.ts'
export { goBuiltinsFile } from './bundle-files.ts'
export type { BundleFiles } from './bundle-files.ts'
export { enforcementSchema, manifestSchema } from './manifest.ts'
export type { Manifest, ManifestModule } from './manifest.ts'
export { readOutcomeReport, wireOutcomeOf } from './outcome.ts'
export type { OutcomeReport, WireOutcome } from './outcome.ts'
export { wirePoliciesOf } from './policies.ts'
export type { Published, WireLevel, WirePolicies, WireRule } from './policies.ts'
export { problemOf, problems } from './problems.ts'
export type { Problem, ProblemType } from './problems.ts'
export {
  decisionFilters,
  maxPage,
  readAsOfQuery,
  readDecideQuery,
  readDecisionsQuery,
  readNoQuery,
  readPageQuery,
  readPurpose,
  readReadingsQuery,
} from './query.ts'
export type { AsOf, DecisionFilter, DecisionsQuery, Parameters } from './query.ts'
export {
  readDecisionBody,
  readErasureBody,
  readOutcomeBody,
  readReadingBody,
  readWaiverBody,
  writeBody,
} from './record.ts'
export type { DecisionBody, OutcomeBody, ReadingBody, WaiverBody } from './record.ts'
export { readAnnouncedReading, wireReadingOf } from './reading.ts'
export type { AnnouncedReading, WireReading, WireReadingList } from './reading.ts'
export { readErasing, wireErasureOf } from './erasure.ts'
export type { WireErasure } from './erasure.ts'
export { readRecordedRequest } from './recorded-request.ts'
export { wireRecordOf } from './record-view.ts'
export type { Recorded, WireRecord, WireSeal } from './record-view.ts'
export {
  readDecisionList,
  readErasure,
  readOutcome,
  readPolicies,
  readProblem,
  readReading,
  readRecord,
  readScorecard,
  readWaiver,
  readWaiverList,
} from './reply-read.ts'
export type { ReadProblem } from './reply-read.ts'
export { maxDocuments, readDecisionRequest } from './request.ts'
export type { Submitted } from './request.ts'
export { wireScorecardOf } from './scorecard.ts'
export type { RecordLink, ScorecardFacts, WireScorecard } from './scorecard.ts'
export { readWaiverGrant, wireWaiverOf } from './waiver.ts'
export type { WaiverGrant, WireWaiver } from './waiver.ts'
export { once } from './once.ts'
