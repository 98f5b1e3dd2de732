import type { Instant } from '@writ/domain'
import type { DecisionObserved, DeploymentObserved, Observation } from './scorecard.ts'

/** The most observations that one fold takes in: the newest. */
export const maxObservations = 1000

/** What a fold is about, and whether records older than those handed in exist. */
export type FoldScope = {
  readonly entity: string
  /** The environment whose deployments are scored. */
  readonly environment: string
  readonly truncated: boolean
}

/** Observations in an order of their own, each once, of one environment: what order and repeats brought is gone. */
export type History = {
  readonly entity: string
  readonly environment: string
  /** Older records exist that are not in here, so the absence of a decision proves nothing. */
  readonly truncated: boolean
  /** Newest first. */
  readonly decisions: readonly DecisionObserved[]
  /** By the instant at which they finished, the latest first. */
  readonly deployments: readonly DeploymentObserved[]
  readonly records: number
  readonly newest: { readonly at: Instant; readonly id: string } | null
}

export function historyOf(scope: FoldScope, observations: readonly Observation[]): History {
  const { entity, environment } = scope
  const unique = [...new Map(observations.map((seen) => [seen.id, seen])).values()]
  const taken = unique.sort(newestFirst).slice(0, maxObservations)
  const scored = taken.filter((seen) => seen.environment === environment)
  const newest = taken[0]
  return {
    entity,
    environment,
    truncated: scope.truncated || taken.length < unique.length,
    decisions: scored.filter((seen) => seen.type === 'decision'),
    deployments: scored.filter((seen) => seen.type === 'deployment').sort(latestFirst),
    records: taken.length,
    newest: newest === undefined ? null : { at: newest.at, id: newest.id },
  }
}

/** The decisions about what a deployment brought there, newest first. */
export function decisionsAbout(
  { decisions }: History,
  { artifactDigest }: DeploymentObserved,
): readonly DecisionObserved[] {
  return decisions.filter((decision) => decision.artifactDigest === artifactDigest)
}

function newestFirst(left: Observation, right: Observation): number {
  return descending(left.at, right.at) || descending(left.id, right.id)
}

function latestFirst(left: DeploymentObserved, right: DeploymentObserved): number {
  return descending(left.finishedAt, right.finishedAt) || newestFirst(left, right)
}

function descending(left: string, right: string): number {
  return left < right ? 1 : -Number(left > right)
}
