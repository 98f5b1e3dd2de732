import { isAboveShadow, type RuleEffect } from '@writ/domain'
import { decisionsAbout, type History } from './history.ts'
import type { CheckResult, DecisionObserved, DeploymentObserved } from './scorecard.ts'
import { decideCommand, explainCommand, listOf, reportHint, shortDigest } from './words.ts'

type Said = Pick<CheckResult, 'status' | 'message' | 'nextStep' | 'records'>
type Judged = { readonly deployment: DeploymentObserved; readonly decision: DecisionObserved }

/**
 * No unwaived failing rule above shadow in the last decision about what the last reported deployment brought there.
 * Later decisions about other artifacts say nothing of what is deployed: a denial is the control working.
 */
export function nothingFailing(history: History): CheckResult {
  return {
    check: 'nothing_failing',
    title: 'What is deployed breaks no rule',
    level: 'clean',
    ...judge(history),
  }
}

function judge(history: History): Said {
  const { environment } = history
  const deployment = history.deployments[0]
  if (deployment === undefined)
    return {
      status: 'no_evidence',
      message: `No deployment to ${environment} was reported, so nothing is known of what runs there.`,
      nextStep: reportHint,
      records: [],
    }
  const decision = decisionsAbout(history, deployment)[0]
  if (decision === undefined)
    return {
      status: 'no_evidence',
      message: `${shortDigest(deployment)} runs in ${environment}, and no decision about it is ${history.truncated ? 'among the newest records' : 'recorded'}.`,
      nextStep: `Ask about what is deployed: ${decideCommand(history, deployment)}.`,
      records: [deployment.id],
    }
  return verdictOn({ deployment, decision }, environment)
}

function verdictOn(judged: Judged, environment: string): Said {
  const { deployment, decision } = judged
  const records = [deployment.id, decision.id]
  const rules = decision.rules.filter(({ level }) => isAboveShadow(level))
  const where = `on ${shortDigest(deployment)}, which runs in ${environment}`
  const explain = explainCommand(decision.id)
  const failing = named(rules, ({ verdict, effect }) => verdict === 'fail' && effect !== 'waived')
  if (failing !== null)
    return {
      status: 'fail',
      message: `${failing} fails ${where}.`,
      nextStep: `Read what to mend (${explain}), mend it, and deploy the result.`,
      records,
    }
  const unjudged = named(rules, ({ verdict }) => verdict === 'error' || verdict === 'unknown')
  if (unjudged !== null)
    return {
      status: 'error',
      message: `${unjudged} could not be judged ${where}.`,
      nextStep: `Read what was missing (${explain}), and ask again with it.`,
      records,
    }
  const waived = named(rules, ({ effect }) => effect === 'waived')
  if (waived !== null)
    return {
      status: 'exempt',
      message: `${waived} fails ${where}; a waiver excuses it.`,
      nextStep: `Mend it before the waiver ends; ${explain} says how.`,
      records,
    }
  return passing({ where, records, isJudged: rules.some(({ verdict }) => verdict === 'pass') })
}

/** A decision in which nothing was judged found nothing wrong, and shows nothing. */
function passing(said: {
  readonly where: string
  readonly records: readonly string[]
  readonly isJudged: boolean
}): Said {
  const { where, records, isJudged } = said
  if (isJudged)
    return { status: 'pass', message: `No rule fails ${where}.`, nextStep: null, records }
  return {
    status: 'no_evidence',
    message: `No rule above shadow had anything to say ${where}.`,
    nextStep: 'Ask the owners of the policies which rule should judge this service.',
    records,
  }
}

function named(
  rules: readonly RuleEffect[],
  isMeant: (rule: RuleEffect) => boolean,
): string | null {
  const ids = rules.filter(isMeant).map(({ rule }) => rule)
  return ids.length === 0 ? null : listOf(ids.sort())
}
