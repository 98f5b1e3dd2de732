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
