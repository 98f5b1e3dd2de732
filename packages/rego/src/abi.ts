import { RegoError } from './rego-error.ts'
import { fuelExport, stackExport } from './wasm/meter.ts'

/** What every module must export for this host; ABI 1.2 and newer have all of it. */
export const neededExports = [
  'builtins',
  'entrypoints',
  'eval',
  'opa_eval_ctx_get_result',
  'opa_eval_ctx_new',
  'opa_eval_ctx_set_data',
  'opa_eval_ctx_set_entrypoint',
  'opa_eval_ctx_set_input',
  'opa_heap_ptr_get',
  'opa_heap_ptr_set',
  'opa_json_dump',
  'opa_json_parse',
  'opa_malloc',
  'opa_value_dump',
  'opa_value_parse',
] as const

type Exported = (...args: readonly number[]) => number

/** The functions and the memory of an instance, as OPA's ABI lays them out. */
export type Abi = {
  /** Its exported functions. They throw what the module throws. */
  readonly module: Readonly<Record<(typeof neededExports)[number], Exported>>
  /** The text at this address, up to its NUL. */
  readonly textAt: (address: number) => string
  /** All of the memory; the view is another one after it grew. */
  readonly bytes: () => Buffer
  /** What is left of the evaluation's fuel. */
  readonly fuel: WebAssembly.Global
  /** Writes bytes where the module's parsers can read them, and gives their address. */
  place(bytes: Uint8Array): number
  readFuel(): number
  setFuel(units: number): void
  /** Lets calls go as deep as they ever may. */
  freeStack(): void
  /** Whether calls went deeper. */
  isTooDeep(): boolean
}

export function abiOf(instance: WebAssembly.Instance, memory: WebAssembly.Memory): Abi {
  const fuel = globalOf(instance, fuelExport)
  const stack = globalOf(instance, stackExport)
  const allStack = Number(stack.value)
  const exported = (name: string): Exported => {
    const found = instance.exports[name]
    if (!isFunction(found)) throw lacking(name)
    return found
  }
  const entries = neededExports.map((name) => [name, exported(name)] as const)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one entry for each name, made two lines above
  const module = Object.fromEntries(entries) as Abi['module']
  const bytes = viewOf(memory)
  return {
    module,
    bytes,
    fuel,
    textAt: (address) => textIn(bytes(), address),
    place: (given) => {
      const address = module.opa_malloc(given.byteLength)
      bytes().set(given, address)
      return address
    },
    readFuel: () => Number(fuel.value),
    setFuel: (units) => {
      fuel.value = units
    },
    freeStack: () => {
      stack.value = allStack
    },
    isTooDeep: () => Number(stack.value) < 0,
  }
}

/** The ABI's functions take and give numbers only; a call that V8 sees through costs a tenth of one by reflection. */
function isFunction(value: unknown): value is Exported {
  return typeof value === 'function'
}

/** The bytes of a memory, which are others after it grew. */
function viewOf(memory: WebAssembly.Memory): () => Buffer {
  let view = Buffer.from(memory.buffer)
  return () => {
    if (view.buffer !== memory.buffer) view = Buffer.from(memory.buffer)
    return view
  }
}

export function textAt(memory: WebAssembly.Memory, address: number): string {
  return textIn(Buffer.from(memory.buffer), address)
}

function textIn(bytes: Buffer, address: number): string {
  return bytes.toString('utf8', address, bytes.indexOf(0, address))
}

/** The number that an exported global holds. */
export function numberOf(instance: WebAssembly.Instance, name: string): number {
  return Number(globalOf(instance, name).value)
}

function globalOf(instance: WebAssembly.Instance, name: string): WebAssembly.Global {
  const exported = instance.exports[name]
  if (exported instanceof WebAssembly.Global) return exported
  throw new RegoError('module_unsupported', `the module does not export the global ${name}`)
}

function lacking(name: string): RegoError {
  return new RegoError('module_unsupported', `the module does not export the function ${name}`)
}
