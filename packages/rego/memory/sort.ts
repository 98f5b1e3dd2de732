import { compare } from './arrange'
import { room } from './blocks'

/** Below so many, items are put in order one by one. */
const FEW: i32 = 8

/** Sorts items of so many bytes in place, by the value whose address is first in each. */
export function sort(items: usize, count: i32, bytes: usize): void {
  if (count <= FEW) return sortFew(items, count, bytes)
  const half = count >> 1
  sort(items, half, bytes)
  sort(items + <usize>half * bytes, count - half, bytes)
  merge(items, half, count, bytes)
}

function sortFew(items: usize, count: i32, bytes: usize): void {
  const end = items + <usize>count * bytes
  for (let next = items + bytes; next < end; next += bytes) {
    const item = load<u64>(next)
    let at = next
    for (; at > items && compare(load<u32>(at - bytes), <u32>item) > 0; at -= bytes)
      copy(at, at - bytes, bytes)
    put(at, item, bytes)
  }
}

/** Merges two sorted halves; the first is moved out of the way. */
function merge(items: usize, half: i32, count: i32, bytes: usize): void {
  let left = room(<usize>half * bytes)
  memory.copy(left, items, <usize>half * bytes)
  const leftEnd = left + <usize>half * bytes
  let right = items + <usize>half * bytes
  const end = items + <usize>count * bytes
  for (let at = items; left < leftEnd; at += bytes) {
    if (right < end && compare(load<u32>(right), load<u32>(left)) < 0) {
      copy(at, right, bytes)
      right += bytes
    } else {
      copy(at, left, bytes)
      left += bytes
    }
  }
}

function copy(to: usize, from: usize, bytes: usize): void {
  if (bytes == 8) store<u64>(to, load<u64>(from))
  else store<u32>(to, load<u32>(from))
}

function put(to: usize, item: u64, bytes: usize): void {
  if (bytes == 8) store<u64>(to, item)
  else store<u32>(to, <u32>item)
}
