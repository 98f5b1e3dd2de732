import { decisionsAbout, type History } from './history.ts'
import type { CheckResult, DecisionObserved, DeploymentObserved } from './scorecard.ts'
import { decideCommand, reportHint, shareOf, shortDigest } from './words.ts'

/** The most records that a check names as its proof. */
const maxNamed = 20

type Said = Pick<CheckResult, 'status' | 'message' | 'nextStep' | 'records'>

/** How a deployment came to be: an allow that rests on a waiver is kept apart, or an exemption would raise a level. */
type Cover = 'allowed' | 'waived' | 'none'
type Covered = {
  readonly deployment: DeploymentObserved
  readonly decision: DecisionObserved | null
  readonly cover: Cover
}

/** Every reported deployment had an allowing decision for that artifact, made before it finished. */
export function deploymentsDecided(history: History): CheckResult {
  return {
    check: 'deployments_decided',
    title: `Every deployment to ${history.environment} was allowed first`,
    level: 'governed',
    ...judge(history),
  }
}

function judge(history: History): Said {
  const { deployments, environment } = history
  if (deployments.length === 0)
    return {
      status: 'no_evidence',
      message: `No deployment to ${environment} was reported.`,
      nextStep: reportHint,
      records: [],
    }
  const covered = deployments.map((deployment) => coverOf(history, deployment))
  const uncovered = covered.filter(({ cover }) => cover === 'none')
  const [latest] = uncovered
  if (latest !== undefined) return uncoveredSaid(history, uncovered, latest)
  const waived = covered.filter(({ cover }) => cover === 'waived')
  if (waived.length > 0) return waivedSaid(history, waived)
  const { subject, isOne } = shareOf(deployments.length, deployments.length)
  return {
    status: 'pass',
    message: `${subject} to ${environment} ${isOne ? 'was' : 'were'} allowed before finishing.`,
    nextStep: null,
    records: recordsOf(covered),
  }
}

function waivedSaid({ deployments, environment }: History, waived: readonly Covered[]): Said {
  const { subject, isOne } = shareOf(waived.length, deployments.length)
  return {
    status: 'exempt',
    message: `${subject} to ${environment} ${isOne ? 'was' : 'were'} allowed by a waiver only.`,
    nextStep: 'Mend what the waivers excuse, and deploy the result.',
    records: recordsOf(waived),
  }
}

function uncoveredSaid(history: History, uncovered: readonly Covered[], latest: Covered): Said {
  const { deployments, environment, truncated } = history
  const { subject, isOne } = shareOf(uncovered.length, deployments.length)
  const example = isOne ? 'it ' : 'the latest '
  const brought = `${example}brought ${shortDigest(latest.deployment)}`
  const said = {
    nextStep: `Ask before you deploy: ${decideCommand(history, null)}.`,
    records: recordsOf(uncovered),
  }
  if (truncated)
    return {
      ...said,
      status: 'no_evidence',
      message: `${subject} to ${environment} ${isOne ? 'has' : 'have'} no allowing decision among the newest records (${brought}); older ones were not read.`,
    }
  return {
    ...said,
    status: 'fail',
    message: `${subject} to ${environment} finished without an allowing decision for that artifact (${brought}).`,
  }
}

function coverOf(history: History, deployment: DeploymentObserved): Covered {
  // A report may name an instant that has not come: a decision made after the report is no permission either.
  const end = deployment.finishedAt < deployment.at ? deployment.finishedAt : deployment.at
  const allowing = decisionsAbout(history, deployment).filter(
    ({ allowed, at }) => allowed && at <= end,
  )
  const unaided = allowing.find(({ rules }) => rules.every(({ effect }) => effect !== 'waived'))
  if (unaided !== undefined) return { deployment, decision: unaided, cover: 'allowed' }
  const decision = allowing[0] ?? null
  return { deployment, decision, cover: decision === null ? 'none' : 'waived' }
}

function recordsOf(covered: readonly Covered[]): readonly string[] {
  const ids = covered.flatMap(({ deployment, decision }) =>
    decision === null ? [deployment.id] : [deployment.id, decision.id],
  )
  return [...new Set(ids)].slice(0, maxNamed)
}
