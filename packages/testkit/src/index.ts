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
