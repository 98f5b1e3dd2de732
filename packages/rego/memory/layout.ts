/*
 * How OPA's modules lay values out in memory: `wasm/src/value.h` of OPA. The first byte of each is its kind; kinds are
 * numbered in Rego's order. Whether a module does so is tried when it is loaded.
 */
export const NULL: u8 = 1
/** The truth at 1. */
export const BOOLEAN: u8 = 2
/** Its form at 1; an integer of 64 bits at 8, or the address of its digits at 8 and their count at 12. */
export const NUMBER: u8 = 3
/** The count of its bytes at 4, their address at 8. */
export const STRING: u8 = 4
/** The address of its elements at 4, their count at 8: each the address of its index, then of its value. */
export const ARRAY: u8 = 5
/** The address of its buckets at 4, their count at 8, that of its members at 12: a member is key, value and next. */
export const OBJECT: u8 = 6
/** As an object, but a member is value and next. */
export const SET: u8 = 7
export const CONSTANT_STRING: u8 = 8
export const CONSTANT_BOOLEAN: u8 = 9

export const INTEGER: u8 = 1
export const REFERENCE: u8 = 2

/** The kind of a value; constants of a policy are of no kind of their own. */
export function kindOf(value: usize): u8 {
  const kind = load<u8>(value)
  return kind == CONSTANT_STRING ? STRING : kind == CONSTANT_BOOLEAN ? BOOLEAN : kind
}

/** The order of two strings, which is that of their bytes. */
export function compareStrings(left: usize, right: usize): i32 {
  const length = load<u32>(left, 4)
  const other = load<u32>(right, 4)
  const order = compareBytes(load<u32>(left, 8), load<u32>(right, 8), min(length, other))
  return order != 0 ? order : <i32>length - <i32>other
}

function compareBytes(left: usize, right: usize, count: usize): i32 {
  let at: usize = 0
  for (; at + 8 <= count; at += 8) {
    const word = load<u64>(left + at)
    const other = load<u64>(right + at)
    if (word != other) return bswap(word) < bswap(other) ? -1 : 1
  }
  for (; at < count; at++) {
    const order = <i32>load<u8>(left + at) - <i32>load<u8>(right + at)
    if (order != 0) return order
  }
  return 0
}
