import { deploymentsDecided } from './deployments-decided.ts'
import { historyOf, type FoldScope } from './history.ts'
import { nothingFailing } from './nothing-failing.ts'
import {
  ladder,
  type CheckResult,
  type CheckStatus,
  type Observation,
  type Scorecard,
  type ScorecardLevel,
} from './scorecard.ts'

/** Folds what was seen of an entity into its scorecard. Pure: neither the order of observations nor repeats matter. */
export function foldScorecard(scope: FoldScope, observations: readonly Observation[]): Scorecard {
  const history = historyOf(scope, observations)
  const checks = [deploymentsDecided(history), nothingFailing(history)]
  const level = levelOf(checks, ['pass', 'not_applicable', 'exempt'])
  const nextLevel = ladder[ladder.indexOf(level) + 1] ?? null
  const { records, newest, truncated } = history
  return {
    entity: scope.entity,
    level,
    levelWithoutExemptions: levelOf(checks, ['pass', 'not_applicable']),
    nextLevel,
    nextStep: checks.find(({ nextStep }) => nextStep !== null)?.nextStep ?? null,
    checks,
    from: { records, newest, truncated },
  }
}

/** The highest level whose checks, and those of all levels below it, have a status that satisfies. */
function levelOf(
  checks: readonly CheckResult[],
  satisfying: readonly CheckStatus[],
): ScorecardLevel {
  const unmet = checks
    .filter(({ status }) => !satisfying.includes(status))
    .map(({ level }) => ladder.indexOf(level))
  return ladder[Math.min(ladder.length, ...unmet) - 1] ?? 'none'
}
