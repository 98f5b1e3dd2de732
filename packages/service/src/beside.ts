import type { DecisionRequest, Document, Instant, RuleVerdict } from '@writ/domain'
import type { Bundle } from './ports.ts'

type Asked = {
  readonly request: DecisionRequest
  readonly now: Instant
  /** What a change leaves as it is, read when a rule complains that might be answered by it. */
  readonly readBeside: () => readonly Document[]
}

/**
 * The verdicts on what changes, without complaints that what did not change answers: a Deployment has its budget in another
 * file. It raises none, whatever the policies are: where a rule says anything new of it, what the rule said before stands.
 */
export function answeredBeside(
  bundle: Bundle,
  verdicts: readonly RuleVerdict[],
  { request, now, readBeside }: Asked,
): readonly RuleVerdict[] {
  if (!verdicts.some(isAnswerable)) return verdicts
  const beside = readBeside()
  if (beside.length === 0) return verdicts
  const whole = { ...request, documents: [...request.documents, ...beside] }
  const again = new Map(bundle.evaluate(whole, now).map((verdict) => [verdict.rule.id, verdict]))
  return verdicts.map((verdict) =>
    isAnswerable(verdict) ? answered(verdict, again.get(verdict.rule.id)) : verdict,
  )
}

function isAnswerable({ rule, verdict }: RuleVerdict): boolean {
  return rule.crossesDocuments && verdict === 'fail'
}

function answered(verdict: RuleVerdict, again: RuleVerdict | undefined): RuleVerdict {
  if (again?.verdict !== 'pass' && again?.verdict !== 'fail') return verdict
  const known = new Set(verdict.complaints.map((complaint) => JSON.stringify(complaint)))
  const { complaints } = again
  if (!complaints.every((complaint) => known.has(JSON.stringify(complaint)))) return verdict
  return { ...verdict, complaints, verdict: again.verdict }
}
