import { createRequire } from 'node:module'
import {
  createInstance,
  loadModule,
  meter,
  readRegoInput,
  RegoError,
  takeInput,
  type Evaluated,
  type GoBuiltins,
} from '@writ/rego'
import type { Case } from './cases.ts'
import type { Answered } from './judge.ts'

/** Runs a compiled case. */
export type Host = (wanted: Case) => Answered

const now = 1_800_000_000_000_000_000n
const fuel = 200_000_000

/** The host of `packages/rego`, with OPA's own builtins behind it. */
export function ourHost(go: GoBuiltins): Host {
  return (wanted) => {
    try {
      const module = loadModule(meter(Buffer.from(wanted.wasm ?? '', 'base64')), { go: () => go })
      const options = { data: Buffer.from(wanted.data), maxPages: 4096 }
      const asked = { input: inputOf(wanted), fuel, now, seed: 7n }
      const answered = createInstance(module, options).query(asked)
      const strict = wanted.strict
        ? createInstance(module, options).query({ ...asked, strict: true })
        : null
      return { ...read(answered), strict: strict === null ? null : read(strict) }
    } catch (thrown) {
      if (!(thrown instanceof RegoError)) throw thrown
      return { results: null, error: null, strict: null, refused: thrown.message }
    }
  }
}

/** As JSON wherever it is some: that is how input comes. */
function inputOf({ input }: Case): ReturnType<typeof readRegoInput> {
  if (input === null) return null
  try {
    JSON.parse(input)
    return takeInput(Buffer.from(input))
  } catch {
    return readRegoInput(input)
  }
}

function read(evaluated: Evaluated): Pick<Answered, 'results' | 'error'> {
  if (evaluated.status === 'failed') return { results: null, error: evaluated.message }
  return { results: evaluated.status === 'defined' ? evaluated.text : '[]', error: null }
}

type Sdk = {
  loadPolicySync(
    bytes: Uint8Array,
    memory: { readonly initial: number },
  ): { setData(data: unknown): void; evaluate(input: unknown): unknown }
}

/** OPA's JavaScript SDK as its README shows it; input in Rego's notation that JSON cannot say is not for it. */
export function sdkHost(): Host {
  const sdk: Sdk = createRequire(import.meta.url)('@open-policy-agent/opa-wasm')
  return ({ wasm, data, input }) => {
    try {
      const policy = sdk.loadPolicySync(Buffer.from(wasm ?? '', 'base64'), { initial: 100 })
      policy.setData(JSON.parse(data))
      const results = policy.evaluate(input === null ? undefined : JSON.parse(input))
      return { results: JSON.stringify(results), error: null, strict: null }
    } catch (thrown) {
      return { results: null, error: String(thrown), strict: null }
    }
  }
}
