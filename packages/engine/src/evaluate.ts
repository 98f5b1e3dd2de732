import {
  verdictOf,
  inputOf,
  type DecisionRequest,
  type Found,
  type Instant,
  type Rule,
  type RuleVerdict,
} from '@writ/domain'
import { gatheredInBatches } from './batches.ts'
import { foundAlone, fuelFor, gathered, type Findings } from './gather.ts'
import type { LoadableModule, LoadedModule } from './loaded-module.ts'
import { questionOf, type Question } from './question.ts'
import { doesNotApply, failed } from './results.ts'

/** Rules that are evaluated one by one may burn so many budgets of their module together. */
const budgetsAlone = 3

/**
 * A verdict for each rule of the request's kind: one that could not be evaluated is `error`. It throws only what says that
 * there is nothing to evaluate: the Fault of a module that cannot be loaded.
 */
export function evaluateRules(
  {
    modules,
    rules,
  }: { readonly modules: readonly LoadableModule[]; readonly rules: readonly Rule[] },
  request: DecisionRequest,
  now: Instant,
): readonly RuleVerdict[] {
  const question = questionOf(request, now)
  const found = new Map(
    modules
      .filter(({ plan }) => isWorthwhile(plan, request))
      .flatMap(({ load }) => [...evaluateModule(load(), question)]),
  )
  const input = inputOf(request, now)
  return rules
    .filter(({ kind }) => kind === request.kind)
    .map((rule) => verdictOf(rule, input, found.get(rule.id) ?? doesNotApply(rule)))
}

/** A module of config can only apply when a document is there that one of its rules reads. */
function isWorthwhile(plan: LoadedModule['plan'], { kind, documents }: DecisionRequest): boolean {
  if (plan.kind !== kind) return false
  return kind !== 'config' || documents.some(({ type }) => plan.documentTypes.includes(type))
}

/** What came of each rule of a module: all at once; where that fails, or a builtin of the host did, each rule alone, so that the failure has an owner. */
export function evaluateModule(module: LoadedModule, question: Question): Findings {
  return (
    gatheredInBatches(module, question) ??
    gathered(module, { entrypoint: module.plan.gather, rules: module.rules }, question) ??
    findingsAlone(module, question)
  )
}

function findingsAlone(module: LoadedModule, question: Question): Findings {
  const fuel = fuelFor(module, question.input())
  let left = fuel * budgetsAlone
  const findings = new Map<string, Found>()
  for (const rule of module.rules) {
    if (left <= 0) findings.set(rule.id, failed(notReached))
    else {
      const alone = foundAlone(module, rule, { ...question, fuel: Math.min(fuel, left) })
      left -= alone.fuelUsed
      findings.set(rule.id, alone.found)
    }
  }
  return findings
}

const notReached = 'it was not reached: the rules before it used up what one request may cost'
