import { createHost, type BuiltinError, type Host } from './host.ts'
import { isJsonInput, readInput, type JsonInput } from './input.ts'
import type { RegoModule } from './module.ts'
import { RegoError, wordsOf } from './rego-error.ts'
import { policyOver, type LoadedPolicy } from './sdk.ts'
import { maxFuel } from './wasm/meter.ts'

export type InstanceOptions = {
  /** The JSON object that policies see as `data`. */
  readonly data: Uint8Array
  /** The most memory that the instance may ever have, in pages of 64 KiB. */
  readonly maxPages: number
}

export type EvaluationOptions = {
  /** JSON in UTF-8, or what `readInput` or `encodeInput` made of it. */
  readonly input: Uint8Array | JsonInput
  /** One of the module's entrypoints, written `package/rule`. */
  readonly entrypoint: string
  /** How many turns of loops and calls it may take, parsing the input included. */
  readonly fuel: number
  /** The instant that the policy may see as now, in nanoseconds since 1970. */
  readonly now: bigint
}

export type FailureReason =
  'input_invalid' | 'entrypoint_unknown' | 'out_of_fuel' | 'out_of_memory' | 'aborted' | 'trapped'

/** What came of one evaluation. The same module, data and options give the same, on every machine. */
export type Evaluated = {
  readonly fuelUsed: number
  /** Host builtins that gave no value, the first twenty. */
  readonly builtinErrors: readonly BuiltinError[]
} & (
  | { readonly status: 'defined'; readonly text: string }
  | { readonly status: 'undefined' }
  | { readonly status: 'failed'; readonly reason: FailureReason; readonly message: string }
)

/** A module with its data in a memory of its own. Not for two evaluations at once, which a single thread cannot ask for. */
export type RegoInstance = {
  /** The result as JSON text. It never throws for what a policy does or an input holds: that is `failed`. */
  evaluate(options: EvaluationOptions): Evaluated
}

type Live = { readonly host: Host; readonly policy: LoadedPolicy; readonly loadedBytes: number }

/** An instance keeps so much memory beyond its data between evaluations; one that grew further is made anew. */
const keptBytes = 32 * 1024 * 1024

/** Instantiates the module and loads its data. Throws a RegoError where either cannot be. */
export function createInstance(module: RegoModule, options: InstanceOptions): RegoInstance {
  const data = dataOf(options.data)
  const pages = pagesFor(module, options.maxPages)
  const start = (): Live => startLive(module, pages, data)
  let live: Live | null = start()
  return {
    evaluate: (asked) => {
      const input = isJsonInput(asked.input) ? asked.input : readInput(asked.input)
      if (input === null) return refused('input_invalid', 'the input is not JSON in UTF-8')
      if (!module.entrypoints.includes(asked.entrypoint))
        return refused('entrypoint_unknown', `the module has no entrypoint ${asked.entrypoint}`)
      try {
        live ??= start()
      } catch (cause) {
        return refused('out_of_memory', `no new instance could be made: ${wordsOf(cause)}`)
      }
      const evaluated = run(live, { ...asked, input })
      if (evaluated.status === 'failed' || hasGrown(live)) live = null // its memory is in no known state, or too large
      return evaluated
    },
  }
}

function dataOf(bytes: Uint8Array): JsonInput {
  const data = readInput(bytes)
  const isObject = data !== null && new TextDecoder().decode(data.json).trimStart().startsWith('{')
  if (data === null || !isObject)
    throw new RegoError('data_invalid', 'the data is not a JSON object in UTF-8')
  return data
}

function pagesFor({ pages }: RegoModule, maxPages: number): { initial: number; maximum: number } {
  if (pages.initial > maxPages)
    throw new RegoError(
      'module_unsupported',
      `the module needs ${pages.initial} pages of memory, and may have ${maxPages}`,
    )
  return { initial: pages.initial, maximum: Math.min(maxPages, pages.maximum ?? maxPages) }
}

function startLive(
  { compiled }: RegoModule,
  pages: { readonly initial: number; readonly maximum: number },
  data: JsonInput,
): Live {
  try {
    const host = createHost(compiled, pages)
    host.begin(maxFuel, 0n)
    const policy = policyOver(host)
    policy.setData(data.json)
    return { host, policy, loadedBytes: host.memory.buffer.byteLength }
  } catch (cause) {
    if (cause instanceof RegoError) throw cause
    throw new RegoError('data_invalid', `the data cannot be loaded: ${wordsOf(cause)}`, cause)
  }
}

function run(
  { host, policy }: Live,
  asked: EvaluationOptions & { readonly input: JsonInput },
): Evaluated {
  const fuel = Math.min(Math.max(Math.floor(asked.fuel), 0), maxFuel)
  host.begin(fuel, asked.now)
  const outcome = outcomeOf(host, () => policy.evaluate(asked.input.json, asked.entrypoint))
  const fuelUsed = fuel - Math.max(host.fuelLeft(), 0)
  return { fuelUsed, builtinErrors: host.builtinErrors(), ...outcome }
}

type Outcome =
  | { readonly status: 'defined'; readonly text: string }
  | { readonly status: 'undefined' }
  | { readonly status: 'failed'; readonly reason: FailureReason; readonly message: string }

function outcomeOf(host: Host, evaluate: () => unknown): Outcome {
  try {
    const results = evaluate()
    const [first]: readonly unknown[] = Array.isArray(results) ? results : []
    if (typeof first !== 'object' || first === null || !('result' in first))
      return { status: 'undefined' }
    return { status: 'defined', text: JSON.stringify(first.result) }
  } catch (thrown) {
    return { status: 'failed', ...failureOf(host, thrown) }
  }
}

/** Words that are the same on every machine: they end up in records that are replayed. */
function failureOf(
  host: Host,
  thrown: unknown,
): { readonly reason: FailureReason; readonly message: string } {
  const stop = host.stop()
  if (host.fuelLeft() < 0)
    return { reason: 'out_of_fuel', message: 'it did not end within its fuel' }
  if (stop?.reason === 'out_of_memory')
    return { reason: 'out_of_memory', message: 'it needed more memory than it may have' }
  if (stop !== null) return { reason: 'aborted', message: `it aborted: ${stop.message}` }
  if (thrown === 'failed to parse json value')
    return { reason: 'input_invalid', message: 'the module cannot read the input' }
  return { reason: 'trapped', message: 'it stopped at an instruction that cannot be carried out' }
}

function hasGrown({ host, loadedBytes }: Live): boolean {
  return host.memory.buffer.byteLength > loadedBytes + keptBytes
}

function refused(reason: FailureReason, message: string): Evaluated {
  return { fuelUsed: 0, builtinErrors: [], status: 'failed', reason, message }
}
