export { foldScorecard } from './fold.ts'
export { maxObservations } from './history.ts'
export type { FoldScope } from './history.ts'
export { isScorecard } from './is-scorecard.ts'
export { ladder } from './scorecard.ts'
export type {
  CheckResult,
  CheckStatus,
  DecisionObserved,
  DeploymentObserved,
  Observation,
  Scorecard,
  ScorecardLevel,
} from './scorecard.ts'
