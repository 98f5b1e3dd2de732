import { readValue, type GoBuiltins, type RegoValue } from '@writ/rego'
import fc from 'fast-check'
import { builtinsUnder, callsOf, compiledBuiltins, type Call } from './builtins.ts'
import { openJudge } from './judge.ts'
import { knownDifference } from './known.ts'
import { policies, textOf, type Policy } from './policies.ts'

export type Wanted = {
  /** The native twin of `tools/opa`. */
  readonly opa: string
  readonly go: GoBuiltins
  readonly seed: number
  readonly runs: number
}

export type Outcome = {
  readonly compared: number
  readonly skipped: number
  readonly faults: readonly string[]
}

/** Calls each builtin in a compiled policy and in Go. A disagreement is shrunk to its smallest operands. */
export function runBuiltins(wanted: Wanted & { readonly only: string | null }): Outcome {
  const { opa, go, seed, runs, only } = wanted
  const { builtins: all, call } = compiledBuiltins(opa, builtinsUnder(opa))(go)
  const builtins = all.filter(({ name }) => only === null || name === only)
  const each = Math.ceil(runs / builtins.length)
  const faults: string[] = []
  let [compared, skipped] = [0, 0]
  for (const builtin of builtins) {
    const property = fc.property(callsOf(builtin), (asked) => {
      if (knownDifference(asked) !== null) {
        skipped += 1
        return
      }
      compared += 1
      const [wanted, given] = [wantedOf(go, asked), call(asked)]
      if (given !== wanted) throw new Error(`OPA gives ${wanted}, the module ${given}`)
    })
    const checked = fc.check(property, { numRuns: each, seed })
    if (!checked.failed) continue
    const [{ name, operands } = { name: builtin.name, operands: '' }] = checked.counterexample ?? []
    faults.push(`${name}${operands}: ${String(checked.errorInstance)}`)
  }
  return { compared, skipped, faults }
}

/** As the compiled policy gives it: with the name of its type, since JSON has no sets. */
function wantedOf(go: GoBuiltins, { name, operands }: Call): string {
  go.begin(0n, 0n)
  const answer = go.call(name, operands)
  if (answer.status !== 'defined') return 'undefined'
  return printed(go, answer.text)
}

function printed(go: GoBuiltins, text: string): string {
  const json = go.call('json.marshal', `[${text}]`)
  if (json.status !== 'defined') throw new Error(`${text} is not to be printed`)
  return JSON.stringify([kindOf(readValue(text)), readValue(json.text)])
}

function kindOf(value: RegoValue): string {
  if (value === null) return 'null'
  if (typeof value !== 'object') return typeof value
  if (Array.isArray(value)) return 'array'
  if ('set' in value) return 'set'
  return 'number' in value ? 'number' : 'object'
}

const batchSize = 100

/** Evaluates policies in a module and by OPA’s own evaluator. What does not compile is skipped. */
export async function runPolicies({ opa, go, seed, runs }: Wanted): Promise<Outcome> {
  const judge = openJudge(opa, go)
  const faults: string[] = []
  let [compared, skipped] = [0, 0]
  for (let batch = 0; batch * batchSize < runs; batch += 1) {
    const drawn = fc.sample(policies, { numRuns: batchSize, seed: seed * 1_000_003 + batch })
    const answers = await judge.compare(drawn)
    compared += answers.filter((answer) => answer !== null).length
    skipped += answers.filter((answer) => answer === null).length
    const first = answers.find((answer) => answer !== null && answer.given !== answer.wanted)
    if (first === undefined || first === null) continue
    faults.push(await shrunk((asked) => judge.compare(asked), seed * 1_000_003 + batch))
    if (faults.length === 3) break // who mends one of them mends more
  }
  judge.close()
  return { compared, skipped, faults }
}

async function shrunk(
  compare: (
    drawn: readonly Policy[],
  ) => Promise<readonly ({ wanted: string; given: string } | null)[]>,
  seed: number,
): Promise<string> {
  const property = fc.asyncProperty(policies, async (policy) => {
    const [answer] = await compare([policy])
    if (answer !== undefined && answer !== null && answer.given !== answer.wanted)
      throw new Error(`OPA gives ${answer.wanted}, the module ${answer.given}`)
  })
  const checked = await fc.check(property, { numRuns: batchSize, seed })
  const [policy] = checked.counterexample ?? []
  const text =
    policy === undefined ? `seed ${seed}` : `${textOf(policy, 'p0')}\ninput: ${policy.input}`
  return `${text}\n${String(checked.errorInstance)}`
}
