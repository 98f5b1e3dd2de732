import type { Instant, RuleEffect } from '@writ/domain'

/** What can be said of a check. `exempt` keeps its raw result beside it: an exemption is never a pass. */
export type CheckStatus =
  'pass' | 'fail' | 'warn' | 'exempt' | 'not_applicable' | 'no_evidence' | 'error'

/** The ladder, from the bottom: a level is earned when its checks and all those below pass. */
export const ladder = ['none', 'governed', 'clean'] as const
export type ScorecardLevel = (typeof ladder)[number]

export type DecisionObserved = {
  readonly type: 'decision'
  readonly id: string
  readonly at: Instant
  readonly environment: string | null
  readonly allowed: boolean
  readonly artifactDigest: string | null
  readonly rules: readonly RuleEffect[]
}

export type DeploymentObserved = {
  readonly type: 'deployment'
  readonly id: string
  readonly at: Instant
  readonly environment: string
  readonly artifactDigest: string
  readonly finishedAt: Instant
}

/** What a scorecard is folded from: deploy decisions about a service and deployments reported of it, in any order. */
export type Observation = DecisionObserved | DeploymentObserved

export type CheckResult = {
  readonly check: string
  readonly title: string
  readonly status: CheckStatus
  /** The level that needs this check. */
  readonly level: ScorecardLevel
  /** What was found, in one sentence. */
  readonly message: string
  /** What to do next; null when there is nothing to do. */
  readonly nextStep: string | null
  /** The records that show it. */
  readonly records: readonly string[]
}

export type Scorecard = {
  readonly entity: string
  readonly level: ScorecardLevel
  /** The level if no waiver counted. */
  readonly levelWithoutExemptions: ScorecardLevel
  readonly nextLevel: ScorecardLevel | null
  readonly nextStep: string | null
  readonly checks: readonly CheckResult[]
  /** What it was folded from: how many records, the newest of them, and whether older ones were left out. */
  readonly from: {
    readonly records: number
    readonly newest: { readonly at: Instant; readonly id: string } | null
    readonly truncated: boolean
  }
}
