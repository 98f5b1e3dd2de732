export { aQuestion, aVerdict } from './asking.ts'
export {
  aNow,
  longAgo,
  aBundle,
  aComplaint,
  aDocument,
  anEnforcement,
  aRequest,
  aRule,
} from './deciding.ts'
export type { BundleWish, EnforcementWish } from './deciding.ts'
export { anEntry, anInstant, aSalt, aScorecard, aWaiver, aWaiverEntry } from './books.ts'
export type { EntryWish } from './books.ts'
export { breaking, failing, failingAtRandom, retrying, seededNumbers } from './breaking.ts'
export type { Failure, Plan } from './breaking.ts'
export { logContract } from './log-contract.ts'
export { recordsContract } from './records-contract.ts'
export { scorecardsContract } from './scorecards-contract.ts'
export { httpFailingAtRandom, httpFailures, openHttpNetwork } from './http-network.ts'
export type { HttpFailure, HttpNetwork, HttpPlan } from './http-network.ts'
export { aLogSigner, aReceiptSigner, aSigning, signReceipt, steadily } from './signing.ts'
export { emptyStore } from './empty-store.ts'
export type { OpenStore } from './empty-store.ts'
export { waiversContract } from './waivers-contract.ts'
export { newestFirst, walk } from './walk.ts'
export type { Walk } from './walk.ts'
