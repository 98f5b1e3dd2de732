import { RegoError } from './rego-error.ts'
import { fuelExport } from './wasm/meter.ts'

/** The functions and the memory of an instance, as OPA's ABI lays them out. */
export type Abi = {
  /** Calls an exported function. Throws what the module throws. */
  call(name: string, ...args: readonly number[]): number
  /** The text at this address, up to its NUL. */
  textAt(address: number): string
  /** Writes a text where the module's parsers can read it. */
  place(text: string): { readonly address: number; readonly length: number }
  readFuel(): number
  setFuel(units: number): void
}

/** What every module must export for this host; ABI 1.2 and newer have all of it. */
export const neededExports: readonly string[] = [
  'builtins',
  'entrypoints',
  'eval',
  'opa_eval',
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
  'opa_wasm_abi_minor_version',
  'opa_wasm_abi_version',
]

export function abiOf(instance: WebAssembly.Instance, memory: WebAssembly.Memory): Abi {
  const fuel = globalOf(instance, fuelExport)
  const call = (name: string, ...args: readonly number[]): number => {
    const exported = instance.exports[name]
    if (typeof exported !== 'function')
      throw new RegoError('module_unsupported', `the module does not export the function ${name}`)
    return Number(Reflect.apply(exported, undefined, args))
  }
  return {
    call,
    textAt: (address) => textAt(memory, address),
    place: (text) => {
      const length = Buffer.byteLength(text)
      const address = call('opa_malloc', length)
      Buffer.from(memory.buffer).write(text, address)
      return { address, length }
    },
    readFuel: () => Number(fuel.value),
    setFuel: (units) => {
      fuel.value = units
    },
  }
}

export function textAt(memory: WebAssembly.Memory, address: number): string {
  const bytes = Buffer.from(memory.buffer)
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
