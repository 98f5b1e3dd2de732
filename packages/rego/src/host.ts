import { abiOf, textAt, type Abi } from './abi.ts'
import { builtins } from './builtins/table.ts'
import { readValue } from './values/read.ts'
import { textOf } from './values/value.ts'

/** A host builtin that gave no value, and why. To the policy that is undefined. */
export type BuiltinError = { readonly builtin: string; readonly message: string }

/** Why a module was stopped, in its own words or the host's. */
type Stop = {
  readonly reason: 'out_of_memory' | 'aborted' | 'builtin_error'
  readonly message: string
}

export type Pages = { readonly initial: number; readonly maximum: number }

/** What an evaluation may take, and how it is to end. */
type Terms = { readonly fuel: number; readonly now: bigint; readonly strict: boolean }

/** One instance of a module with what it imports. It serves one evaluation at a time. */
export type Host = {
  readonly instance: WebAssembly.Instance
  readonly memory: WebAssembly.Memory
  readonly abi: Abi
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
export function createHost(module: WebAssembly.Module, pages: Pages): Host {
  const memory = new WebAssembly.Memory(pages)
  const evaluation: Evaluation = { now: 0n, strict: false, stop: null, errors: [] }
  const callBuiltin: BuiltinCall = (id, ...args) => {
    const name = names.get(id) ?? `number ${id}`
    return resultAddress(abi, evaluation, { name, args })
  }
  const instance = new WebAssembly.Instance(module, importsOf(memory, evaluation, callBuiltin))
  const abi = abiOf(instance, memory)
  const names = namesById(abi, 'builtins')
  return {
    instance,
    memory,
    abi,
    entrypoints: new Map([...namesById(abi, 'entrypoints')].map(([id, name]) => [name, id])),
    builtins: [...names.values()],
    begin: ({ fuel, now, strict }) => {
      abi.setFuel(fuel)
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

type Called = { readonly name: string; readonly args: readonly number[] }

const undefinedAddress = 0

/** Arguments and results travel in Rego's notation: JSON has neither sets nor keys that are not strings. */
function resultAddress(abi: Abi, evaluation: Evaluation, { name, args }: Called): number {
  const charge = (units: number): void => {
    abi.setFuel(Math.max(abi.readFuel() - Math.ceil(units), -1))
    if (abi.readFuel() < 0) throw new Error('out of fuel in a builtin')
  }
  const texts = args.map((address) => abi.textAt(abi.module.opa_value_dump(address)))
  charge(texts.reduce((length, text) => length + text.length, 1))
  const result = builtins.get(name)?.(texts.map(readValue), { now: evaluation.now, charge }) ?? {
    failure: 'the host does not have it',
  }
  if ('failure' in result) {
    if (evaluation.errors.length < maxBuiltinErrors)
      evaluation.errors.push({ builtin: name, message: result.failure })
    if (evaluation.strict) {
      evaluation.stop = { reason: 'builtin_error', message: `${name}: ${result.failure}` }
      throw new Error(evaluation.stop.message)
    }
    return undefinedAddress
  }
  const text = textOf(result.value)
  charge(text.length)
  const bytes = Buffer.from(text)
  return abi.module.opa_value_parse(abi.place(bytes), bytes.byteLength)
}

/** What a module lists as `{name: id}`, in the order of the numbers. */
function namesById(abi: Abi, list: 'builtins' | 'entrypoints'): ReadonlyMap<number, string> {
  const listed: unknown = JSON.parse(abi.textAt(abi.module.opa_json_dump(abi.module[list]())))
  const byId = Object.entries(listed ?? {}).map(([name, id]) => [Number(id), name] as const)
  return new Map(byId.sort(([left], [right]) => left - right))
}
