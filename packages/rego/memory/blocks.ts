import { BOOLEAN, NULL, NUMBER, REFERENCE, STRING, INTEGER, ARRAY } from './layout'
import { fuel, malloc } from './opa'

/** Memory is asked for in pieces of so many bytes: a call for each value would take longer than to write it. */
const PIECE: usize = 16 * 1024
/** OPA's allocator keeps the size of a block and two links in front of it. */
const HEADER: usize = 12

let free: usize = 0
let end: usize = 0

/** Forgets what is left of the last piece: the heap has been set back. */
export function begin(): void {
  free = 0
  end = 0
}

/** Takes fuel, and traps where there is too little of it. */
export function spend(units: i32): void {
  fuel -= units
  if (fuel < 0) unreachable()
}

/** A block as OPA's allocator would hand it out, so that the module may free it, too. */
export function block(wanted: usize): usize {
  const size: usize =
    wanted <= 4 ? 4 : wanted <= 8 ? 8 : wanted <= 16 ? 16 : wanted <= 64 ? 64 : wanted
  if (size > PIECE) return malloc(size)
  if (free + HEADER + size > end) {
    free = malloc(PIECE + HEADER)
    end = free + PIECE + HEADER
  }
  const start = free
  free += HEADER + size
  store<u32>(start, <u32>size)
  store<u64>(start, 0, 4)
  return start + HEADER
}

/** Plain memory: nobody frees it, and it is gone with the evaluation. */
export function room(bytes: usize): usize {
  return bytes > PIECE ? malloc(bytes) : block(bytes)
}

export function nullValue(): usize {
  const value = block(1)
  store<u8>(value, NULL)
  return value
}

export function booleanValue(is: bool): usize {
  const value = block(2)
  store<u8>(value, BOOLEAN)
  store<u8>(value, is, 1)
  return value
}

/** A string whose bytes stand elsewhere. */
export function stringValue(bytes: usize, length: usize): usize {
  const value = block(12)
  store<u32>(value, STRING)
  store<u32>(value, <u32>length, 4)
  store<u32>(value, <u32>bytes, 8)
  return value
}

/** A number whose digits stand elsewhere. */
export function numberValue(digits: usize, length: usize): usize {
  const value = block(24)
  store<u16>(value, (<u16>NUMBER) | ((<u16>REFERENCE) << 8))
  store<u32>(value, <u32>digits, 8)
  store<u32>(value, <u32>length, 12)
  store<u8>(value, 0, 16)
  return value
}

function indexValue(index: i64): usize {
  const value = block(24)
  store<u16>(value, (<u16>NUMBER) | ((<u16>INTEGER) << 8))
  store<i64>(value, index, 8)
  return value
}

/** An array of the values whose addresses stand at `values`. */
export function arrayValue(values: usize, count: i32): usize {
  const value = block(16)
  const elements: usize = count == 0 ? 0 : block(<usize>count * 8)
  for (let index = 0; index < count; index++) {
    const element = elements + <usize>index * 8
    store<u32>(element, <u32>indexValue(index))
    store<u32>(element, load<u32>(values + <usize>index * 4), 4)
  }
  store<u32>(value, ARRAY)
  store<u32>(value, <u32>elements, 4)
  store<u32>(value, count, 8)
  store<u32>(value, count, 12)
  return value
}
