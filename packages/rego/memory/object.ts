import { block } from './blocks'
import { compareStrings, OBJECT } from './layout'

/** OPA doubles the buckets of an object from eight on, before seven in ten of them would be full. */
function bucketsFor(count: i32): u32 {
  let buckets = 8
  while (<f64>count > <f64>buckets * 0.7) buckets *= 2
  return buckets
}

/** An object of members whose keys' and values' addresses stand at `members` in turn; 0 where it has a key twice. */
export function objectValue(members: usize, count: i32): usize {
  const value = block(16)
  const n = bucketsFor(count)
  const buckets = block(<usize>n * 4)
  memory.fill(buckets, 0, <usize>n * 4)
  for (let index = 0; index < count; index++) {
    const key = load<u32>(members + <usize>index * 8)
    const member = block(12)
    store<u32>(member, key)
    store<u32>(member, load<u32>(members + <usize>index * 8, 4), 4)
    if (!insert(buckets + <usize>(hashOf(key) & (n - 1)) * 4, member)) return 0
  }
  store<u32>(value, OBJECT)
  store<u32>(value, <u32>buckets, 4)
  store<u32>(value, n, 8)
  store<u32>(value, count, 12)
  return value
}

/** Puts a member where it belongs in the chain of its bucket, which is in order; false where its key is there. */
function insert(link: usize, member: usize): bool {
  while (true) {
    const other = load<u32>(link)
    const order = other == 0 ? -1 : compareStrings(load<u32>(member), load<u32>(other))
    if (order == 0) return false
    if (order < 0) {
      store<u32>(link, <u32>member)
      store<u32>(member, other, 8)
      return true
    }
    link = other + 8
  }
}

/** OPA's hash of a string: FNV-1. */
function hashOf(key: usize): u32 {
  let hash: u32 = 0x811c9dc5
  const end = load<u32>(key, 8) + load<u32>(key, 4)
  for (let at = load<u32>(key, 8); at < end; at++) hash = (hash * 0x01000193) ^ load<u8>(at)
  return hash
}
