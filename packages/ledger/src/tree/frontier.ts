import { emptyRoot, nodeHashOf, type Hash } from './hash.ts'

/**
 * All that is needed of a tree to append to it: its size, and the roots of the full subtrees that it falls into, the largest
 * first (a compact range from 0).
 */
export type Frontier = { readonly size: number; readonly hashes: readonly Hash[] }

/** Of a tree without leaves: what every log begins with. */
export const emptyFrontier: Frontier = { size: 0, hashes: [] }

/** The frontier after these leaves. */
export function appended(frontier: Frontier, leafHashes: readonly Hash[]): Frontier {
  const hashes = [...frontier.hashes]
  let { size } = frontier
  for (const leafHash of leafHashes) {
    let hash = leafHash
    // Each trailing one of the size is a full subtree that now has its equal beside it.
    for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2))
      hash = nodeHashOf(hashes.pop() ?? emptyRoot, hash)
    hashes.push(hash)
    size += 1
  }
  return { size, hashes }
}

/** The root of the tree: the subtrees joined from the smallest on. */
export function rootOf({ hashes }: Frontier): Hash {
  return (
    hashes.reduceRight<Hash | null>(
      (right, left) => (right === null ? left : nodeHashOf(left, right)),
      null,
    ) ?? emptyRoot
  )
}

/** True when there are as many subtrees as a tree of this size falls into. */
export function isFrontier({ size, hashes }: Frontier): boolean {
  return Number.isSafeInteger(size) && size >= 0 && hashes.length === onesIn(size)
}

function onesIn(size: number): number {
  let ones = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  return ones
}
