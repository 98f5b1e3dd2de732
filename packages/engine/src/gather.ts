import { isList, type Found, type Instant, type Json, type Rule } from '@writ/domain'
import { maxFuel, type Evaluated, type JsonInput } from '@writ/rego'
import type { LoadedModule } from './loaded-module.ts'
import type { Question } from './question.ts'
import { failed, foundIn } from './results.ts'

export type Findings = ReadonlyMap<string, Found>

type Gather = { readonly entrypoint: string; readonly rules: readonly Rule[] }

/** What came of rules of a module, evaluated at once by an entrypoint that gives them; null unless all went well. */
export function gathered(
  module: LoadedModule,
  { entrypoint, rules }: Gather,
  question: Question,
): Findings | null {
  const result = evaluated(module, entrypoint, question)
  if (result.status !== 'defined' || result.builtinErrors.length > 0) return null
  const results: Json = JSON.parse(result.text)
  if (typeof results !== 'object' || results === null || isList(results)) return null
  if (!rules.every(({ id }) => Object.hasOwn(results, id))) return null
  const { documents } = question.request
  return new Map(rules.map((rule) => [rule.id, foundIn(results[rule.id], { rule, documents })]))
}

type Alone = { readonly found: Found; readonly fuelUsed: number }

/** What came of one rule, evaluated by itself within so much fuel: a failure has an owner. */
export function foundAlone(
  module: LoadedModule,
  rule: Rule,
  { fuel, ...question }: Question & { readonly fuel: number },
): Alone {
  const entrypoint = module.plan.rules[rule.id] ?? ''
  const result = evaluated(module, entrypoint, { ...question, fuel })
  return { found: aloneFound(result, rule, question), fuelUsed: result.fuelUsed }
}

/** What a module may burn on an input. */
export function fuelFor({ plan: { fuel } }: LoadedModule, { json }: JsonInput): number {
  return Math.min(fuel.base + fuel.perByte * json.byteLength, maxFuel)
}

function evaluated(
  module: LoadedModule,
  entrypoint: string,
  { input, now, ...options }: Question & { readonly fuel?: number },
): Evaluated {
  const read = input()
  const { fuel = fuelFor(module, read) } = options
  return module.instance.evaluate({ input: read, entrypoint, fuel, now: nanosecondsOf(now) })
}

function aloneFound(result: Evaluated, rule: Rule, { request }: Question): Found {
  const [error] = result.builtinErrors
  if (result.status === 'failed') return failed(result.message)
  if (error !== undefined) return failed(`the builtin ${error.builtin} failed: ${error.message}`)
  if (result.status === 'undefined') return failed('it has no result')
  const value: Json = JSON.parse(result.text)
  return foundIn(value, { rule, documents: request.documents })
}

function nanosecondsOf(now: Instant): bigint {
  return BigInt(Date.parse(now)) * 1_000_000n
}
