import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { createInstance, loadModule, meter, type Evaluated, type GoBuiltins } from '@writ/rego'
import { textOf, type Policy } from './policies.ts'

type Verdict = {
  readonly refused?: string
  readonly error?: string
  readonly result: string | null
}
type Judged = { readonly wasm: string | null; readonly answers: readonly Verdict[] }

/** What OPA's evaluator and this host make of a policy; null where it does not compile. */
export type Compared = {
  readonly policy: Policy
  readonly wanted: string
  readonly given: string
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
        inputs: policies.map(({ input }) => input),
      }
      const { wasm, answers } = await ask(asked, policies.length)
      const evaluate = wasm === null ? null : hostOf(wasm, go)
      return policies.map((policy, index) => {
        const verdict = answers[index]
        if (verdict === undefined || verdict.refused !== undefined || evaluate === null) return null
        return { policy, wanted: wantedOf(verdict), given: evaluate(policy, `p${index}/r`) }
      })
    },
    close: () => judging.close(),
  }
}

type Judging = {
  readonly ask: (asked: object) => Promise<Judged>
  readonly close: () => void
}

/** Go lets its heap grow to twice what is alive, and some policies make a gigabyte: the limit keeps it to that. */
function started(opa: string): Judging {
  const child = spawn(opa, ['exact-judge'], { env: { ...process.env, GOMEMLIMIT: '1GiB' } })
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

function hostOf(wasm: string, go: GoBuiltins): (policy: Policy, entrypoint: string) => string {
  const module = loadModule(meter(Buffer.from(wasm, 'base64')), { go: () => go })
  const instance = createInstance(module, { data: Buffer.from('{}'), maxPages: 4096 })
  return ({ input }, entrypoint) =>
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
function wantedOf({ error, result }: Verdict): string {
  if (error !== undefined) return 'error'
  // Go escapes two separators of lines, which were none of JavaScript's strings once: the same text, written otherwise.
  return result?.replace(/\\u202[89]/g, (escaped) => JSON.parse(`"${escaped}"`)) ?? 'undefined'
}

function givenOf(evaluated: Evaluated): string {
  if (evaluated.status === 'defined') return evaluated.text
  return evaluated.status === 'undefined' ? 'undefined' : 'error'
}
