import { createHost, type BuiltinError, type Host } from './host.ts'
import { isJsonInput, takeInput, type JsonInput } from './input.ts'
import { addressOf, unreadable } from './memory/input.ts'
import { resultsText, resultText } from './memory/result.ts'
import type { RegoModule } from './module.ts'
import { RegoError, wordsOf } from './rego-error.ts'
import { maxFuel } from './wasm/meter.ts'

export type InstanceOptions = {
  /** The JSON object that policies see as `data`. */
  readonly data: Uint8Array
  /** The most memory that the instance may ever have, in pages of 64 KiB. */
  readonly maxPages: number
}

export type EvaluationOptions = {
  /**
   * JSON in UTF-8, or what `takeInput` or `encodeInput` made of it: that is parsed once for any number of entrypoints that
   * are asked in a row. Null where `input` is to be undefined.
   */
  readonly input: Uint8Array | JsonInput | null
  /** One of the module's entrypoints, written `package/rule`. */
  readonly entrypoint: string
  /** How many turns of loops and calls it may take, parsing the input included. */
  readonly fuel: number
  /** The instant that the policy may see as now, in nanoseconds since 1970. */
  readonly now: bigint
  /** What `rand.intn`, `uuid.rfc4122` and the like draw from; 0 where none is given. The same one draws the same again. */
  readonly seed?: bigint
  /** Whether a host builtin that gives no value ends the evaluation, as `opa eval --strict-builtin-errors` does. */
  readonly strict?: boolean
}

export type FailureReason =
  | 'input_invalid'
  | 'entrypoint_unknown'
  | 'builtin_error'
  | 'builtin_halted'
  | 'out_of_fuel'
  | 'out_of_memory'
  | 'too_deep'
  | 'aborted'
  | 'trapped'

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
  /**
   * Every answer to the query that the module was compiled from, as Go's `rego.Compile` does, as a JSON array of their
   * bindings, which may be empty.
   */
  query(options: Omit<EvaluationOptions, 'entrypoint'>): Evaluated
}

/** An instance with its data, and the input that it parsed last. */
type Live = {
  readonly host: Host
  readonly data: number
  /** Where the heap ends behind the data. */
  readonly end: number
  readonly loadedBytes: number
  parsed: Parsed | null
}

/** Where an input stands in memory, where the heap ends behind it, and what fuel it took to parse. */
type Parsed = {
  readonly input: JsonInput
  readonly address: number
  readonly end: number
  readonly fuel: number
}

/** An instance keeps so much memory beyond its data between evaluations; one that grew further is made anew. */
const keptBytes = 32 * 1024 * 1024

/** Instantiates the module and loads its data. Throws a RegoError where either cannot be. */
export function createInstance(module: RegoModule, options: InstanceOptions): RegoInstance {
  const data = dataOf(options.data)
  const pages = pagesFor(module, options.maxPages)
  const start = (): Live => startLive(module, pages, data)
  let live: Live | null = start()
  const ask = (asked: EvaluationOptions, read: Read): Evaluated => {
    if (!module.entrypoints.includes(asked.entrypoint))
      return refused('entrypoint_unknown', `the module has no entrypoint ${asked.entrypoint}`)
    try {
      live ??= start()
    } catch (cause) {
      return refused('out_of_memory', `no new instance could be made: ${wordsOf(cause)}`)
    }
    const evaluated = run(live, { ...asked, input: inputOf(asked.input), read })
    if (isSpoilt(evaluated) || hasGrown(live)) live = null
    return evaluated
  }
  return {
    evaluate: (asked) => ask(asked, resultText),
    query: (asked) => ask({ ...asked, entrypoint: module.entrypoints[0] ?? '' }, resultsText),
  }
}

/** The answer in a module's result set, as a text; undefined where it has none. */
type Read = (host: Host, results: number) => string | undefined

function inputOf(given: EvaluationOptions['input']): JsonInput | null {
  if (given === null || isJsonInput(given)) return given
  return takeInput(given)
}

/** Whether the memory is in no known state afterwards. */
function isSpoilt(evaluated: Evaluated): boolean {
  return evaluated.status === 'failed' && evaluated.reason !== 'input_invalid'
}

const openBrace = 0x7b
const spaces: readonly number[] = [0x20, 0x0a, 0x0d, 0x09]

function dataOf(bytes: Uint8Array): JsonInput {
  const first = bytes.find((byte) => !spaces.includes(byte))
  if (first !== openBrace) throw noObject()
  return takeInput(bytes)
}

function noObject(): RegoError {
  return new RegoError('data_invalid', 'the data is not a JSON object in UTF-8')
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
  module: RegoModule,
  pages: { readonly initial: number; readonly maximum: number },
  data: JsonInput,
): Live {
  try {
    const host = createHost(module, pages)
    host.begin({ fuel: fuelFor(data), now: 0n, seed: 0n, strict: false })
    const address = addressOf(host, data)
    const end = host.abi.module.opa_heap_ptr_get()
    const loadedBytes = host.memory.buffer.byteLength
    return { host, data: address, end, loadedBytes, parsed: null }
  } catch (cause) {
    if (cause instanceof RegoError) throw cause
    if (cause === unreadable) throw noObject()
    throw new RegoError('data_invalid', `the data cannot be loaded: ${wordsOf(cause)}`, { cause })
  }
}

/** To load data takes a few units a byte; a module that never ends it stops. */
function fuelFor({ json }: JsonInput): number {
  return Math.min(maxFuel, 2 ** 26 + 1_000 * json.byteLength)
}

type Question = EvaluationOptions & { readonly input: JsonInput | null; readonly read: Read }

function run(live: Live, asked: Question): Evaluated {
  const { host } = live
  const fuel = Math.min(Math.max(Math.floor(asked.fuel), 0), maxFuel)
  host.begin({ fuel, now: asked.now, seed: asked.seed ?? 0n, strict: asked.strict === true })
  const outcome = outcomeOf(host, () => asked.read(host, answer(live, asked)))
  const fuelUsed = fuel - Math.max(host.fuelLeft(), 0)
  return { fuelUsed, builtinErrors: host.builtinErrors(), ...outcome }
}

/** Where the module's result set stands: `{{"result": …}}`, or `set()`. */
function answer(live: Live, { input, entrypoint }: Question): number {
  const { host, data } = live
  const { module } = host.abi
  const parsed = input === null ? null : parse(live, input)
  module.opa_heap_ptr_set(parsed?.end ?? live.end)
  const context = module.opa_eval_ctx_new()
  module.opa_eval_ctx_set_data(context, data)
  if (parsed !== null) module.opa_eval_ctx_set_input(context, parsed.address)
  module.opa_eval_ctx_set_entrypoint(context, host.entrypoints.get(entrypoint) ?? 0)
  module.eval(context)
  return module.opa_eval_ctx_get_result(context)
}

/** Parses the input, unless the last question was about the same one: then it only costs the same. */
function parse(live: Live, input: JsonInput): Parsed {
  const { host } = live
  if (live.parsed?.input === input) {
    if (!host.charge(live.parsed.fuel)) throw new Error('out of fuel')
    return live.parsed
  }
  live.parsed = null
  host.abi.module.opa_heap_ptr_set(live.end)
  const before = host.fuelLeft()
  const address = addressOf(host, input)
  const fuel = before - host.fuelLeft()
  live.parsed = { input, address, end: host.abi.module.opa_heap_ptr_get(), fuel }
  return live.parsed
}

type Outcome =
  | { readonly status: 'defined'; readonly text: string }
  | { readonly status: 'undefined' }
  | { readonly status: 'failed'; readonly reason: FailureReason; readonly message: string }

function outcomeOf(host: Host, ask: () => string | undefined): Outcome {
  try {
    const text = ask()
    return text === undefined ? { status: 'undefined' } : { status: 'defined', text }
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
  if (host.abi.isTooDeep())
    return { reason: 'too_deep', message: 'its calls went deeper than they may' }
  if (stop?.reason === 'out_of_memory')
    return { reason: 'out_of_memory', message: 'it needed more memory than it may have' }
  if (stop?.reason === 'aborted')
    return { reason: 'aborted', message: `it aborted: ${stop.message}` }
  if (stop !== null) return stop
  if (thrown === unreadable) return { reason: 'input_invalid', message: unreadable.message }
  return { reason: 'trapped', message: 'it stopped at an instruction that cannot be carried out' }
}

function hasGrown({ host, loadedBytes }: Live): boolean {
  return host.memory.buffer.byteLength > loadedBytes + keptBytes
}

function refused(reason: FailureReason, message: string): Evaluated {
  return { fuelUsed: 0, builtinErrors: [], status: 'failed', reason, message }
}
