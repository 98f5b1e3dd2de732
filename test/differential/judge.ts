import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import {
  compareValues,
  createInstance,
  loadModule,
  meter,
  readValue,
  type Evaluated,
  type GoBuiltins,
  type RegoValue,
} from '@writ/rego'
import { textOf, type Policy } from './policies.ts'

type Answer = { readonly error?: string; readonly result: string | null }
type Verdict = { readonly refused?: string; readonly answers: readonly Answer[] | null }
type Judged = { readonly wasm: string | null; readonly verdicts: readonly Verdict[] }

/** What OPA's evaluator and this host make of one input. */
export type Difference = {
  readonly input: string
  readonly wanted: string
  readonly given: string
}

/** How many inputs of a policy were compared, and the first that they differ about; null where it does not compile. */
export type Compared = {
  readonly inputs: number
  readonly difference: Difference | undefined
} | null

export type Judge = {
  compare(policies: readonly Policy[]): Promise<readonly Compared[]>
  close(): void
}

/** So many policies by one process: what OPA keeps of each is let go with it. */
const policiesEach = 2_000

/** OPA's evaluator, in a process that is asked over and over. */
export function openJudge(opa: string, go: GoBuiltins): Judge {
  let judging = started(opa)
  let left = policiesEach
  const ask = async (asked: object, count: number): Promise<Judged> => {
    if (left < count) {
      judging.close()
      judging = started(opa)
      left = policiesEach
    }
    left -= count
    return judging.ask(asked)
  }
  return {
    compare: async (policies) => {
      const asked = {
        policies: policies.map((policy, index) => textOf(policy, `p${index}`)),
        inputs: policies.map(({ inputs }) => inputs),
      }
      const { wasm, verdicts } = await ask(asked, policies.length)
      const evaluate = wasm === null ? null : hostOf(wasm, go)
      return policies.map((policy, index) => {
        const answers = verdicts[index]?.answers ?? null
        if (answers === null || evaluate === null) return null
        return compared(policy, answers, (input) => evaluate(input, `p${index}/r`))
      })
    },
    close: () => judging.close(),
  }
}

function compared(
  { inputs }: Policy,
  answers: readonly Answer[],
  evaluate: (input: string) => string,
): Compared {
  const difference = inputs
    .map((input, at) => ({ input, wanted: wantedOf(answers[at]), given: evaluate(input) }))
    .find(({ wanted, given }) => !isSame(wanted, given))
  return { inputs: inputs.length, difference }
}

/**
 * OPA remembers what a function gave for equal operands, and 1e3 is equal to 1000: which of the two it gives out depends on
 * which it met first. So equal numbers count as the same.
 */
function isSame(wanted: string, given: string): boolean {
  if (wanted === given) return true
  const [left, right] = [wanted, given].map(valueOf)
  return left !== undefined && right !== undefined && compareValues(left, right) === 0
}

function valueOf(text: string): RegoValue | undefined {
  return text === 'undefined' || text === 'error' ? undefined : readValue(text)
}

type Judging = {
  readonly ask: (asked: object) => Promise<Judged>
  readonly close: () => void
}

/** Go collects garbage less often than it would, as long as there is room; some policies make a gigabyte, and it is kept to that. */
function started(opa: string): Judging {
  const child = spawn(opa, ['exact-judge'], {
    env: { ...process.env, GOGC: '400', GOMEMLIMIT: '1GiB' },
  })
  child.stderr.pipe(process.stderr)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    ask: async (asked) => {
      child.stdin.write(`${JSON.stringify(asked)}\n`)
      const answered = await lines.next()
      if (answered.done === true) throw new Error('the judge gave up')
      return JSON.parse(answered.value)
    },
    close: () => child.stdin.end(),
  }
}

function hostOf(wasm: string, go: GoBuiltins): (input: string, entrypoint: string) => string {
  const module = loadModule(meter(Buffer.from(wasm, 'base64')), { go: () => go })
  const instance = createInstance(module, { data: Buffer.from('{}'), maxPages: 4096 })
  return (input, entrypoint) =>
    givenOf(
      instance.evaluate({
        input: Buffer.from(input),
        entrypoint,
        fuel: 1_000_000_000,
        now: 0n,
      }),
    )
}

/** Words of errors are each engine's own. */
function wantedOf(answer: Answer | undefined): string {
  if (answer === undefined) throw new Error('the judge left an input out')
  if (answer.error !== undefined) return 'error'
  // Go escapes two separators of lines, which were none of JavaScript's strings once: the same text, written otherwise.
  return answer.result?.replace(/\\(?:u202[89]|.)/g, plainSeparator) ?? 'undefined'
}

function plainSeparator(escaped: string): string {
  return escaped.length === 2 ? escaped : JSON.parse(`"${escaped}"`)
}

function givenOf(evaluated: Evaluated): string {
  if (evaluated.status === 'defined') return evaluated.text
  return evaluated.status === 'undefined' ? 'undefined' : 'error'
}
