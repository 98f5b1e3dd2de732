import {
  inputOf,
  isList,
  verdictOf,
  type DecisionRequest,
  type Found,
  type Instant,
  type Json,
  type Rule,
  type RuleVerdict,
} from '@writ/domain'
import { encodeInput, maxFuel, type Evaluated, type JsonInput } from '@writ/rego'
import type { LoadableModule, LoadedModule } from './loaded-module.ts'
import { doesNotApply, failed, foundIn } from './results.ts'

/** Rules that are evaluated one by one may burn so many budgets of their module together. */
const budgetsAlone = 3

export type Findings = ReadonlyMap<string, Found>
export type ModuleQuestion = {
  readonly request: DecisionRequest
  readonly input: JsonInput
  readonly now: bigint
}

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
  const input = inputOf(request, now)
  const question = { request, input: encodeInput(input), now: nanosecondsOf(now) }
  const found = new Map(
    modules
      .filter(({ plan }) => isWorthwhile(plan, request))
      .flatMap(({ load }) => [...evaluateModule(load(), question)]),
  )
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
export function evaluateModule(module: LoadedModule, question: ModuleQuestion): Findings {
  const { plan, instance } = module
  const fuel = fuelFor(module, question.input)
  const { input, now } = question
  const gathered = instance.evaluate({ input, entrypoint: plan.gather, fuel, now })
  return gatheredFindings(module, question, gathered) ?? findingsAlone(module, question, fuel)
}

/** Null unless the gathering went well and names every rule of the module. */
function gatheredFindings(
  { rules }: LoadedModule,
  { request }: ModuleQuestion,
  gathered: Evaluated,
): Findings | null {
  if (gathered.status !== 'defined' || gathered.builtinErrors.length > 0) return null
  const results: Json = JSON.parse(gathered.text)
  if (typeof results !== 'object' || results === null || isList(results)) return null
  if (!rules.every(({ id }) => Object.hasOwn(results, id))) return null
  const { documents } = request
  return new Map(rules.map((rule) => [rule.id, foundIn(results[rule.id], { rule, documents })]))
}

function findingsAlone(module: LoadedModule, question: ModuleQuestion, fuel: number): Findings {
  let left = fuel * budgetsAlone
  const found = new Map<string, Found>()
  for (const rule of module.rules) {
    const evaluated =
      left > 0 ? evaluateAlone(module, rule, { ...question, fuel: Math.min(fuel, left) }) : null
    left -= evaluated?.fuelUsed ?? 0
    found.set(
      rule.id,
      evaluated === null ? failed(notReached) : aloneFound(evaluated, rule, question),
    )
  }
  return found
}

const notReached = 'it was not reached: the rules before it used up what one request may cost'

function evaluateAlone(
  { plan, instance }: LoadedModule,
  { id }: Rule,
  { input, now, fuel }: ModuleQuestion & { readonly fuel: number },
): Evaluated {
  return instance.evaluate({ input, entrypoint: plan.rules[id] ?? '', fuel, now })
}

function aloneFound(evaluated: Evaluated, rule: Rule, { request }: ModuleQuestion): Found {
  const [error] = evaluated.builtinErrors
  if (evaluated.status === 'failed') return failed(evaluated.message)
  if (error !== undefined) return failed(`the builtin ${error.builtin} failed: ${error.message}`)
  if (evaluated.status === 'undefined') return failed('it has no result')
  const result: Json = JSON.parse(evaluated.text)
  return foundIn(result, { rule, documents: request.documents })
}

function fuelFor({ plan: { fuel } }: LoadedModule, { json }: JsonInput): number {
  return Math.min(fuel.base + fuel.perByte * json.byteLength, maxFuel)
}

function nanosecondsOf(now: Instant): bigint {
  return BigInt(Date.parse(now)) * 1_000_000n
}
