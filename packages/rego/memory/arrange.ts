import { room, spend } from './blocks'
import { ARRAY, compareStrings, kindOf, OBJECT, SET, STRING } from './layout'
import { compareNumbers } from './number'
import { sort } from './sort'

/*
 * A value in order: a scalar is itself. All else is copied as a kind, a count at 4, and from 8 on the addresses of what is in
 * it, each arranged: of an object key and value in turn, by its keys; of a set its members in order.
 */

/** As deep as is read: what is deeper is left to the module's own printer, whose calls are counted. */
const DEEPEST = 256
let depth: i32 = 0

/** Whether there is something in the value that only the host can put in order. */
export let isForeign: bool = false

/** The value with every set and object in it in Rego's order. */
export function arrange(value: usize): usize {
  isForeign = false
  depth = 0
  return arranged(value)
}

function arranged(value: usize): usize {
  spend(1)
  const kind = kindOf(value)
  if (kind != ARRAY && kind != OBJECT && kind != SET) return value
  if (depth == DEEPEST) {
    isForeign = true
    return value
  }
  depth++
  const made = arrangedIn(kind, value)
  depth--
  return made
}

function arrangedIn(kind: u8, value: usize): usize {
  if (kind == ARRAY) return arrangedArray(value)
  return kind == OBJECT ? arrangedObject(value) : arrangedSet(value)
}

function node(kind: u8, count: i32, items: i32): usize {
  const made = room(8 + <usize>items * 4)
  store<u32>(made, kind)
  store<u32>(made, count, 4)
  return made
}

function arrangedArray(array: usize): usize {
  const count = load<i32>(array, 8)
  const elements: usize = load<u32>(array, 4)
  const made = node(ARRAY, count, count)
  for (let index = 0; index < count; index++)
    store<u32>(made + <usize>index * 4, <u32>arranged(load<u32>(elements + <usize>index * 8, 4)), 8)
  return made
}

function arrangedObject(object: usize): usize {
  const count = load<i32>(object, 12)
  const made = node(OBJECT, count, count * 2)
  let item = made + 8
  const end = load<u32>(object, 4) + load<u32>(object, 8) * 4
  for (let bucket = load<u32>(object, 4); bucket < end; bucket += 4)
    for (let member = load<u32>(bucket); member != 0; member = load<u32>(member, 8)) {
      const key = load<u32>(member)
      if (kindOf(key) != STRING) isForeign = true
      store<u32>(item, key)
      store<u32>(item, load<u32>(member, 4), 4)
      item += 8
    }
  if (isForeign) return made
  sort(made + 8, count, 8)
  for (let index = 0; index < count; index++) {
    const value = made + 12 + <usize>index * 8
    store<u32>(value, <u32>arranged(load<u32>(value)))
  }
  return made
}

function arrangedSet(set: usize): usize {
  const count = load<i32>(set, 12)
  const made = node(SET, count, count)
  let item = made + 8
  const end = load<u32>(set, 4) + load<u32>(set, 8) * 4
  for (let bucket = load<u32>(set, 4); bucket < end; bucket += 4)
    for (let member = load<u32>(bucket); member != 0; member = load<u32>(member, 4)) {
      store<u32>(item, <u32>arranged(load<u32>(member)))
      item += 4
    }
  if (!isForeign) sort(made + 8, count, 4)
  return made
}

/** Rego's order of two arranged values: by kind first. */
export function compare(left: usize, right: usize): i32 {
  if (left == right) return 0
  const kind = kindOf(left)
  const other = kindOf(right)
  if (kind != other) return <i32>kind - <i32>other
  if (kind == STRING) return compareStrings(left, right)
  if (kind >= ARRAY) return compareItems(left, right, kind == OBJECT ? 2 : 1)
  if (kind < 3) return kind == 1 ? 0 : <i32>load<u8>(left, 1) - <i32>load<u8>(right, 1)
  const order = compareNumbers(left, right)
  if (order == 2) isForeign = true
  return order
}

/** By the first item that differs; a member of an object is two items. */
function compareItems(left: usize, right: usize, items: i32): i32 {
  const count = load<i32>(left, 4)
  const other = load<i32>(right, 4)
  const end = <usize>(min(count, other) * items * 4)
  for (let at: usize = 8; at < end + 8; at += 4) {
    const order = compare(load<u32>(left + at), load<u32>(right + at))
    if (order != 0) return order
  }
  return count - other
}
