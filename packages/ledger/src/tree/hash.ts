import { hash } from 'node:crypto'

/** SHA-256: thirty-two bytes. */
export type Hash = Uint8Array

export const hashLength = 32

const leafPrefix = Uint8Array.of(0)
/** A node's prefix, and room for its two hashes: trees are mostly this, and nothing waits between filling and hashing. */
const node = new Uint8Array(1 + 2 * hashLength).fill(1, 0, 1)

/** What an RFC 6962 tree of no leaves has for a root. */
export const emptyRoot: Hash = sha256([])

/** The hash of a leaf. Its prefix keeps it from passing for a node (RFC 6962, 2.1). */
export function leafHashOf(leaf: Uint8Array): Hash {
  return sha256([leafPrefix, leaf])
}

/** The hash of a node over its two children (RFC 6962, 2.1). Throws a RangeError on what is no hash. */
export function nodeHashOf(left: Hash, right: Hash): Hash {
  if (left.byteLength !== hashLength || right.byteLength !== hashLength)
    throw new RangeError('a node joins two hashes')
  node.set(left, 1)
  node.set(right, 1 + hashLength)
  return new Uint8Array(hash('sha256', node, 'buffer'))
}

export function sha256(parts: readonly Uint8Array[]): Hash {
  return new Uint8Array(hash('sha256', Buffer.concat(parts), 'buffer'))
}

/** True when both have the same bytes. Not in constant time: what is compared here is public. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0
}
