import { readDecisionRequest, type WireEvaluation } from '@writ/contract'
import type { DecisionRequest, Json, JsonObject, RuleVerdict } from '@writ/domain'
import { evaluate, mistakesOf, type Bundle } from '@writ/service'
import { now } from './pack.ts'

/** What the product makes of a request: an evaluation, or its mistakes, which are a 422 and never an allow. */
export type Judged =
  | {
      readonly status: 'evaluated'
      readonly request: DecisionRequest
      readonly evaluation: WireEvaluation
      readonly verdicts: readonly RuleVerdict[]
    }
  | { readonly status: 'refused'; readonly mistakes: readonly string[] }

export function judge(bundle: Bundle, value: Json): Judged {
  const submitted = readDecisionRequest(value)
  const { request } = submitted
  const mistakes = mistakesOf(bundle, submitted)
  if (request === null || mistakes.length > 0)
    return {
      status: 'refused',
      mistakes: mistakes.map(({ pointer, message }) => `${pointer} ${message}`),
    }
  const evaluation = evaluate(bundle, request, now)
  return { status: 'evaluated', request, evaluation, verdicts: bundle.evaluate(request, now) }
}

/** The same, of a request that has no mistakes. */
export function judgeSound(bundle: Bundle, value: Json): Judged & { readonly status: 'evaluated' } {
  const judged = judge(bundle, value)
  if (judged.status === 'evaluated') return judged
  throw new Error(`the request is refused: ${judged.mistakes.join('; ')}`)
}

export function isAllowed(judged: Judged): boolean {
  return judged.status === 'evaluated' && judged.evaluation.decision
}

export function kindOf(request: JsonObject): string {
  const { kind } = request
  return typeof kind === 'string' ? kind : ''
}
