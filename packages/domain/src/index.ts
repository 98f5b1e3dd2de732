export { decide, isAllowed, outcomes } from './decide.ts'
export type { Outcome, RuleEffect, Ruling } from './decide.ts'
export { governedTypes, isAboveShadow, isMandatory, levelOf, levels } from './enforcement.ts'
export type { Enforcement, Level, LevelStep } from './enforcement.ts'
export { causesOf, Fault, faultCodes, faultOf } from './fault.ts'
export type { FaultCode, Issue } from './fault.ts'
export { scopeOf } from './finding.ts'
export type { Effect, Finding, Location } from './finding.ts'
export type { Levelled, Question } from './question.ts'
export {
  environmentOf,
  hasPath,
  inputOf,
  isList,
  kinds,
  operations,
  valueAt,
  wireRequestOf,
} from './request.ts'
export type {
  Action,
  DecisionRequest,
  Document,
  Entity,
  Instant,
  Json,
  JsonObject,
  Kind,
  Operation,
  Reference,
} from './request.ts'
export { severities, verdictOf } from './verdict.ts'
export type { Complaint, Found, Rule, RuleVerdict, Severity, Verdict } from './verdict.ts'
export { covers, isInForce, waiverCategories } from './waiver.ts'
export type { DocumentName, Waiver, WaiverCategory, WaiverScope } from './waiver.ts'
