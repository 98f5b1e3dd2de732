import { readValue, type GoBuiltins, type RegoValue } from '@writ/rego'
import fc from 'fast-check'
import { builtinsUnder, callsOf, compiledBuiltins, type Call } from './builtins.ts'
import { openJudge, type Compared, type Difference, type Judge } from './judge.ts'
import { knownDifference } from './known.ts'
import { policies, textOf, type Policy } from './policies.ts'

export type Wanted = {
  /** The native twin of `tools/opa`. */
  readonly opa: string
  readonly go: GoBuiltins
  readonly seed: number
  readonly runs: number
}

type WantedPolicies = Wanted & {
  /** Hears of disagreements as they are found, and now and then how far it is. */
  readonly hear?: (news: string) => void
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
/** Each takes a minute to shrink, and who mends one mends more. */
const mostShrunk = 3

/** So many batches are between two words of how far it is. */
const batchesUnheard = 10

type Count = { compared: number; skipped: number; inputs: number; differing: number }

/** Evaluates policies in a module and by OPA’s own evaluator. What does not compile is skipped. */
export async function runPolicies({ opa, go, seed, runs, hear }: WantedPolicies): Promise<Outcome> {
  const judge = openJudge(opa, go)
  const faults: string[] = []
  const count: Count = { compared: 0, skipped: 0, inputs: 0, differing: 0 }
  for (let batch = 0; batch * batchSize < runs; batch += 1) {
    const drawnFrom = { seed: seed * 1_000_003 + batch, numRuns: batchSize }
    const answers = await judge.compare(fc.sample(policies, drawnFrom))
    for (const path of countedIn(count, answers)) {
      faults.push(await shrunk(judge, { ...drawnFrom, path: String(path) }))
      hear?.(faults.at(-1) ?? '')
    }
    if ((batch + 1) % batchesUnheard === 0) hear?.(`so far ${JSON.stringify(count)}`)
  }
  judge.close()
  const { compared, skipped, differing } = count
  if (differing > mostShrunk) faults.push(`and ${differing - mostShrunk} more policies disagree`)
  return { compared, skipped, faults }
}

/** Adds what came of a batch, and gives which of its policies are to be shrunk. */
function countedIn(count: Count, answers: readonly Compared[]): readonly number[] {
  const differing = [...answers.keys()].filter((at) => answers[at]?.difference !== undefined)
  const compared = answers.filter((answer) => answer !== null)
  const shrunkBefore = Math.min(count.differing, mostShrunk)
  count.compared += compared.length
  count.skipped += answers.length - compared.length
  count.inputs += compared.reduce((sum, { inputs }) => sum + inputs, 0)
  count.differing += differing.length
  return differing.slice(0, mostShrunk - shrunkBefore)
}

/** The smallest policy that is found below the one at the path. */
async function shrunk(judge: Judge, from: fc.Parameters<[Policy]>): Promise<string> {
  const property = fc.asyncProperty(policies, async (policy) => {
    const [answer] = await judge.compare([policy])
    if (answer?.difference !== undefined) throw new Error(told(answer.difference))
  })
  const checked = await fc.check(property, from)
  const [policy] = checked.counterexample ?? []
  const text = policy === undefined ? JSON.stringify(from) : textOf(policy, 'p0')
  return `${text}\n${String(checked.errorInstance)}`
}

function told({ input, wanted, given }: Difference): string {
  return `of ${input} OPA makes ${wanted}, the module ${given}`
}
