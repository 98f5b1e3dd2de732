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

/** OPA's evaluator as a process that is asked over and over. */
export function openJudge(opa: string, go: GoBuiltins): Judge {
  const child = spawn(opa, ['exact-judge'])
  child.stderr.pipe(process.stderr)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    compare: async (policies) => {
      const asked = {
        policies: policies.map((policy, index) => textOf(policy, `p${index}`)),
        inputs: policies.map(({ input }) => input),
      }
      child.stdin.write(`${JSON.stringify(asked)}\n`)
      const answered = await lines.next()
      if (answered.done === true) throw new Error('the judge gave up')
      const { wasm, answers }: Judged = JSON.parse(answered.value)
      const evaluate = wasm === null ? null : hostOf(wasm, go)
      return policies.map((policy, index) => {
        const verdict = answers[index]
        if (verdict === undefined || verdict.refused !== undefined || evaluate === null) return null
        return { policy, wanted: wantedOf(verdict), given: evaluate(policy, `p${index}/r`) }
      })
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
  return result ?? 'undefined'
}

function givenOf(evaluated: Evaluated): string {
  if (evaluated.status === 'defined') return evaluated.text
  return evaluated.status === 'undefined' ? 'undefined' : 'error'
}
