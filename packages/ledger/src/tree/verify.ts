import { emptyRoot, hashLength, nodeHashOf, sameBytes, type Hash } from './hash.ts'
import { consistencySpans, inclusionSpans, type Span } from './paths.ts'

/** The claim that a leaf is at an index (from 0) of a tree, with the audit path of RFC 6962, 2.1.1, from the leaf upwards. */
export type Inclusion = {
  readonly leafHash: Hash
  readonly index: number
  readonly size: number
  readonly proof: readonly Hash[]
  readonly root: Hash
}

/** True only when the leaf is at this index of the tree with this size and root. Anything malformed is false. */
export function isIncluded({ leafHash, index, size, proof, root }: Inclusion): boolean {
  if (!isSize(index) || !isSize(size) || index >= size) return false
  const spans = inclusionSpans(index, size)
  if (spans.length !== proof.length || ![leafHash, root, ...proof].every(isHash)) return false
  const reached = proof.reduce((hash, sibling, step) => {
    const isLeft = (spans[step]?.to ?? 0) <= index
    return isLeft ? nodeHashOf(sibling, hash) : nodeHashOf(hash, sibling)
  }, leafHash)
  return sameBytes(reached, root)
}

/** A tree, said in the fewest words: how many leaves, and the root over them. */
export type TreeHead = { readonly size: number; readonly root: Hash }

/** The claim that one tree begins with another, with the proof of RFC 6962, 2.1.2. */
export type Consistency = {
  readonly earlier: TreeHead
  readonly later: TreeHead
  readonly proof: readonly Hash[]
}

/**
 * True only when the later tree begins with all of the earlier one. Every tree begins with the empty one, and its root is
 * known. Anything malformed is false.
 */
export function isConsistent({ earlier, later, proof }: Consistency): boolean {
  if (!isTreeHead(earlier) || !isTreeHead(later) || earlier.size > later.size) return false
  const spans = consistencySpans(earlier.size, later.size)
  if (spans.length !== proof.length || !proof.every(isHash)) return false
  if (spans.length === 0) return earlier.size === 0 || sameBytes(earlier.root, later.root)
  const reached = rootsReached(earlier, spans, proof)
  return sameBytes(reached.earlier, earlier.root) && sameBytes(reached.later, later.root)
}

/** The roots of both trees that a proof leads to. */
function rootsReached(
  { size, root }: TreeHead,
  spans: readonly Span[],
  proof: readonly Hash[],
): { readonly earlier: Hash; readonly later: Hash } {
  const steps = proof.map((hash, place) => ({ hash, isLeft: (spans[place]?.to ?? 0) <= size }))
  // The largest subtree that ends where the earlier tree does is the first step, unless it is that whole tree.
  const isSeeded = spans[0]?.to === size
  const seed = (isSeeded ? proof[0] : undefined) ?? root
  return steps
    .slice(isSeeded ? 1 : 0)
    .reduce(
      ({ earlier, later }, { hash, isLeft }) =>
        isLeft
          ? { earlier: nodeHashOf(hash, earlier), later: nodeHashOf(hash, later) }
          : { earlier, later: nodeHashOf(later, hash) },
      { earlier: seed, later: seed },
    )
}

function isTreeHead({ size, root }: TreeHead): boolean {
  return isSize(size) && isHash(root) && (size > 0 || sameBytes(root, emptyRoot))
}

function isHash(hash: Hash): boolean {
  return hash.byteLength === hashLength
}

function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0
}
