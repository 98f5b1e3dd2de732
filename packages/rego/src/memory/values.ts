import type { Abi } from '../abi.ts'
import { memoryModule } from './module.ts'

/**
 * Reads and writes the values in an instance's memory where they lie: the module's own parser and printer take several times
 * as long. Each gives 0 where it is for them to do it, and takes fuel by the length of what it reads and writes.
 */
export type ValuesInMemory = {
  /** The address of the value that a text of JSON means; 0 also where it is no JSON in UTF-8. */
  read(json: Uint8Array): number
  /** The address of the value that a module's result set holds under `result`; 0 where it is empty. */
  resultIn(results: number): number
  /** The address of the value as JSON, as OPA gives it out. */
  write(value: number): number
}

type Exports = {
  readonly place: (length: number) => number
  readonly read: (text: number, length: number) => number
  readonly resultIn: (results: number) => number
  readonly write: (value: number) => number
}

let compiled: WebAssembly.Module | null = null

export function valuesIn(memory: WebAssembly.Memory, abi: Abi): ValuesInMemory {
  compiled ??= new WebAssembly.Module(Buffer.from(memoryModule, 'base64'))
  const imports = { env: { memory }, opa: { malloc: abi.module.opa_malloc, fuel: abi.fuel } }
  const { exports } = new WebAssembly.Instance(compiled, imports)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the sources are in packages/rego/memory
  const { place, read, resultIn, write } = exports as Exports
  return {
    read: (json) => {
      const text = place(json.byteLength)
      abi.bytes().set(json, text)
      return read(text, json.byteLength)
    },
    resultIn,
    write,
  }
}
