import type { Abi } from '../abi.ts'
import type { Host } from '../host.ts'
import { judged, type JsonInput } from '../input.ts'

/** Thrown for input that means no value. */
export const unreadable: Error = new Error('the input is not JSON in UTF-8')

/** The address of the value that an input means. Throws `unreadable` where it means none. */
export function addressOf({ abi, values }: Host, { json, notation }: JsonInput): number {
  const { opa_json_parse, opa_value_parse, opa_heap_ptr_get, opa_heap_ptr_set } = abi.module
  if (notation === 'rego') return parsed(abi, opa_value_parse, new Uint8Array(json))
  const start = opa_heap_ptr_get()
  const address = values?.read(new Uint8Array(json)) ?? 0
  if (address !== 0) return address
  opa_heap_ptr_set(start)
  return parsed(abi, opa_json_parse, judged(json))
}

function parsed(abi: Abi, parse: Abi['module']['opa_json_parse'], text: Uint8Array | null): number {
  const address = text === null ? 0 : parse(abi.place(text), text.byteLength)
  if (address === 0) throw unreadable
  return address
}
