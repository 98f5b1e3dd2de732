import { abiOf, textAt, type Abi } from './abi.ts'
import type { BuiltinContext } from './builtins/builtin.ts'
import { builtins } from './builtins/table.ts'
import { maxWork, workOf } from './go/work.ts'
import type { GoBuiltins } from './go/builtins.ts'
import { valuesIn, type ValuesInMemory } from './memory/values.ts'
import { RegoError } from './rego-error.ts'
import { readValue } from './values/read.ts'
import { textOf } from './values/value.ts'

/** A host builtin that gave no value, and why. To the policy that is undefined. */
export type BuiltinError = { readonly builtin: string; readonly message: string }

/** Why a module was stopped, in its own words or the host's. */
type Stop = {
  readonly reason: 'out_of_memory' | 'aborted' | 'builtin_error' | 'builtin_halted'
  readonly message: string
}

/** A module, and what answers the builtins that this host has no form of its own for. */
type Runnable = {
  readonly compiled: WebAssembly.Module
  readonly go: GoBuiltins | null
  readonly isLaidOut: boolean
}

export type Pages = { readonly initial: number; readonly maximum: number }

/** What an evaluation may take, and how it is to end. */
type Terms = {
  readonly fuel: number
  readonly now: bigint
  readonly seed: bigint
  readonly strict: boolean
}

/** One instance of a module with what it imports. It serves one evaluation at a time. */
export type Host = {
  readonly instance: WebAssembly.Instance
  readonly memory: WebAssembly.Memory
  readonly abi: Abi
  /** Null where the module lays its values out as this host does not know. */
  readonly values: ValuesInMemory | null
  /** The number of each entrypoint, by its name. */
  readonly entrypoints: ReadonlyMap<string, number>
  readonly builtins: readonly string[]
  begin(terms: Terms): void
  /** Below zero when the evaluation ran out of it. */
  fuelLeft(): number
  /** Takes fuel for what is not done again. False where there is too little of it. */
  charge(units: number): boolean
  stop(): Stop | null
  builtinErrors(): readonly BuiltinError[]
}

type Evaluation = { now: bigint; strict: boolean; stop: Stop | null; errors: BuiltinError[] }

/** A caller reads them to find an owner; the hundredth tells nothing that the first did not. */
const maxBuiltinErrors = 20
const outOfMemory = 'opa_malloc: failed'

/** Instantiates a module in a memory of its own. Throws what the module throws, and a RegoError on a foreign ABI. */
export function createHost({ compiled, go, isLaidOut }: Runnable, pages: Pages): Host {
  const memory = new WebAssembly.Memory(pages)
  const evaluation: Evaluation = { now: 0n, strict: false, stop: null, errors: [] }
  const callBuiltin: BuiltinCall = (id, ...args) => {
    const name = names.get(id) ?? `number ${id}`
    return resultAddress(abi, evaluation, { name, args, go })
  }
  const instance = new WebAssembly.Instance(compiled, importsOf(memory, evaluation, callBuiltin))
  const abi = abiOf(instance, memory)
  const names = namesById(abi, 'builtins')
  return {
    instance,
    memory,
    abi,
    values: isLaidOut ? valuesIn(memory, abi) : null,
    entrypoints: new Map([...namesById(abi, 'entrypoints')].map(([id, name]) => [name, id])),
    builtins: [...names.values()],
    begin: ({ fuel, now, seed, strict }) => {
      abi.setFuel(fuel)
      abi.freeStack()
      go?.begin(now, seed)
      Object.assign(evaluation, { now, strict, stop: null, errors: [] })
    },
    fuelLeft: () => abi.readFuel(),
    charge: (units) => {
      abi.setFuel(Math.max(abi.readFuel() - units, -1))
      return abi.readFuel() >= 0
    },
    stop: () => evaluation.stop,
    builtinErrors: () => evaluation.errors,
  }
}

type BuiltinCall = (id: number, ...args: readonly number[]) => number

function importsOf(
  memory: WebAssembly.Memory,
  evaluation: Evaluation,
  call: BuiltinCall,
): WebAssembly.Imports {
  const builtin = (id: number, _context: number, ...args: readonly number[]): number =>
    call(id, ...args)
  const abort = (address: number): never => {
    const message = textAt(memory, address)
    evaluation.stop = { reason: message === outOfMemory ? 'out_of_memory' : 'aborted', message }
    throw new Error(message)
  }
  return {
    env: {
      memory,
      opa_abort: abort,
      opa_println: () => undefined, // what a policy prints belongs to nobody's console
      opa_builtin0: builtin,
      opa_builtin1: builtin,
      opa_builtin2: builtin,
      opa_builtin3: builtin,
      opa_builtin4: builtin,
    },
  }
}

type Called = {
  readonly name: string
  readonly args: readonly number[]
  readonly go: GoBuiltins | null
}

const undefinedAddress = 0

/** Arguments and results travel in Rego's notation: JSON has neither sets nor keys that are not strings. */
function resultAddress(abi: Abi, evaluation: Evaluation, called: Called): number {
  const charge = (units: number): void => {
    abi.setFuel(Math.max(abi.readFuel() - Math.ceil(units), -1))
    if (abi.readFuel() < 0) throw new Error('out of fuel in a builtin')
  }
  const texts = called.args.map((address) => abi.textAt(abi.module.opa_value_dump(address)))
  charge(texts.reduce((length, text) => length + text.length, 1))
  const result = resultText(called, texts, { now: evaluation.now, charge })
  if (result === null) return undefinedAddress
  if ('halted' in result)
    throw stopped(evaluation, {
      reason: 'builtin_halted',
      message: `${called.name}: ${result.halted}`,
    })
  if ('failure' in result) {
    const { failure } = result
    if (evaluation.errors.length < maxBuiltinErrors)
      evaluation.errors.push({ builtin: called.name, message: failure })
    if (evaluation.strict)
      throw stopped(evaluation, { reason: 'builtin_error', message: `${called.name}: ${failure}` })
    return undefinedAddress
  }
  charge(result.text.length)
  const bytes = Buffer.from(result.text)
  const address = abi.module.opa_value_parse(abi.place(bytes), bytes.byteLength)
  if (address !== undefinedAddress) return address
  // Handed on, it would be undefined to the policy: a rule that denies for it would then allow.
  const message = `${called.name}: the module cannot read what it gave`
  throw stopped(evaluation, { reason: 'builtin_halted', message })
}

type ResultText =
  { readonly text: string } | { readonly failure: string } | { readonly halted: string }

/** What this host answers itself, else what OPA's own builtin does. Null is undefined without a failure. */
function resultText(
  { name, go }: Called,
  texts: readonly string[],
  context: BuiltinContext,
): ResultText | null {
  const own = builtins.get(name)
  if (own !== undefined) {
    const result = own(texts.map(readValue), context)
    return 'failure' in result ? result : { text: textOf(result.value) }
  }
  if (go === null) return { failure: 'the host does not have it' }
  const work = workOf(name, texts)
  if (work > maxWork) return { halted: `it would make more than ${maxWork} values or characters` }
  context.charge(work)
  const answer = go.call(name, `[${texts.join(',')}]`)
  if (answer.status === 'undefined') return null
  if (answer.status === 'defined') return { text: answer.text }
  const { status, message } = answer
  return status === 'halted' ? { halted: message } : { failure: message }
}

function stopped(evaluation: Evaluation, stop: Stop): Error {
  evaluation.stop = stop
  return new Error(stop.message)
}

/** What a module lists as `{name: id}`, in the order of the numbers, of which no two are the same. */
function namesById(abi: Abi, list: 'builtins' | 'entrypoints'): ReadonlyMap<number, string> {
  const listed: unknown = JSON.parse(abi.textAt(abi.module.opa_json_dump(abi.module[list]())))
  const isObject = typeof listed === 'object' && listed !== null && !Array.isArray(listed)
  const members: readonly (readonly [string, unknown])[] = isObject ? Object.entries(listed) : []
  const byId = new Map<number, string>()
  for (const [name, id] of members) if (isId(id)) byId.set(id, name)
  if (!isObject || byId.size < members.length)
    throw new RegoError('module_invalid', `what the module gives as its ${list} is no list of them`)
  return new Map([...byId].sort(([left], [right]) => left - right))
}

function isId(id: unknown): id is number {
  return typeof id === 'number' && Number.isSafeInteger(id) && id >= 0
}
