import {
  appended,
  emptyFrontier,
  emptyRoot,
  isConsistent,
  isFrontier,
  isIncluded,
  leafHashOf,
  nodeHashOf,
  rootOf,
  type Consistency,
  type Hash,
  type Inclusion,
} from '@writ/ledger'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { memoryLog, type MemoryLog } from './log.ts'
import { base64, leaf, readVectors } from './vectors.ts'

const vectors = readVectors()
const maxSize = 70_000

let log: MemoryLog
beforeAll(async () => {
  log = memoryLog()
  // In steps that end on, before and after the borders of tiles.
  const steps = [1, 2, 3, 5, 6, 7, 8, 255, 256, 257, 65_535, 65_536, maxSize]
  for (const [place, to] of steps.entries()) await log.append(leaves(steps[place - 1] ?? 0, to))
})

function leaves(from: number, to: number): readonly Uint8Array[] {
  return Array.from({ length: to - from }, (_, place) => leaf(from + place))
}

function rootAt(size: number): Hash {
  return Buffer.from(vectors.roots[String(size)] ?? '', 'base64')
}

describe('as Go’s sumdb/tlog has it', () => {
  test.each(Object.entries(vectors.roots))('the root of %s leaves', async (size, root) => {
    expect(base64(await log.tree().rootAt(Number(size)))).toBe(root)
    const frontier = appended(emptyFrontier, leaves(0, Number(size)).map(leafHashOf))
    expect(isFrontier(frontier)).toBe(true)
    expect(base64(rootOf(frontier))).toBe(root)
  })

  test('every proof of inclusion', async () => {
    for (const { size, index, proof } of vectors.inclusions) {
      const found = await log.tree(size).inclusion(index)
      expect(found.map(base64)).toEqual(proof)
      const claim = { leafHash: leafHashOf(leaf(index)), index, size, proof: found, root: rootAt(size) } // prettier-ignore
      expect(isIncluded(claim)).toBe(true)
    }
  })

  test('every proof of consistency', async () => {
    for (const { size, earlier, proof } of vectors.consistencies) {
      const found = await log.tree(size).consistency(earlier)
      expect(found.map(base64)).toEqual(proof)
      const heads = {
        earlier: { size: earlier, root: rootAt(earlier) },
        later: { size, root: rootAt(size) },
      }
      expect(isConsistent({ ...heads, proof: found })).toBe(true)
    }
  })

  test('the frontier that tiles give goes on as the one that was kept', async () => {
    for (const size of [0, 1, 7, 256, 65_537 - 1, maxSize]) {
      const frontier = await log.tree(size).frontier()
      expect(isFrontier(frontier)).toBe(true)
      expect(base64(rootOf(frontier))).toBe(vectors.roots[size] ?? base64(emptyRoot))
    }
  })
})

test('a leaf and a node of the same bytes have different hashes, and an empty tree has the hash of nothing', () => {
  const [left, right] = [leafHashOf(leaf(0)), leafHashOf(leaf(1))]
  expect(nodeHashOf(left, right)).not.toEqual(leafHashOf(Buffer.concat([left, right])))
  expect(base64(emptyRoot)).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=')
})

/** Small trees, whole: every size up to 70, and every place in it. */
const small = 70
const place = fc.integer({ min: 0, max: small })
const flip = fc.record({
  /** Which hash of the proof; where it has none, the root. */
  step: fc.nat(12),
  byte: fc.nat(31),
  bit: fc.nat(7),
})

function flipped(hash: Hash, { byte, bit }: { readonly byte: number; readonly bit: number }): Hash {
  return hash.map((one, at) => (at === byte ? one ^ (1 << bit) : one))
}

async function smallRoot(size: number): Promise<Hash> {
  return rootOf(appended(emptyFrontier, leaves(0, size).map(leafHashOf)))
}

describe('no forged proof of inclusion is taken', () => {
  const honest = async (index: number, size: number): Promise<Inclusion> => ({
    leafHash: leafHashOf(leaf(index)),
    index,
    size,
    proof: await log.tree(size).inclusion(index),
    root: await smallRoot(size),
  })
  const forgeries: readonly [string, fc.Arbitrary<(claim: Inclusion) => Inclusion>][] = [
    ['another index', fc.integer({ min: -1, max: small }).map((index) => (claim) => ({ ...claim, index }))],
    ['another size', place.map((size) => (claim) => ({ ...claim, size }))],
    ['another leaf', place.map((other) => (claim) => ({ ...claim, leafHash: leafHashOf(leaf(other)) }))],
    ['a hash with one bit turned', flip.map((bit) => (claim) => {
      const step = bit.step % (claim.proof.length + 1)
      if (step === claim.proof.length) return { ...claim, root: flipped(claim.root, bit) }
      return { ...claim, proof: claim.proof.map((hash, at) => (at === step ? flipped(hash, bit) : hash)) }
    })],
    ['a hash too few', fc.nat(12).map((step) => (claim) => ({ ...claim, proof: claim.proof.toSpliced(step, 1) }))],
    ['a hash too many', fc.nat(12).map((step) => (claim) => ({ ...claim, proof: claim.proof.toSpliced(step, 0, claim.root) }))],
    ['the other order', fc.constant((claim) => ({ ...claim, proof: claim.proof.toReversed() }))],
    ['a shorter hash', fc.constant((claim) => ({ ...claim, leafHash: claim.leafHash.subarray(1) }))],
    ['a part of an index', fc.constant((claim) => ({ ...claim, index: claim.index + 0.5 }))],
  ] // prettier-ignore
  test.each(forgeries)('%s', async (_, forgery) => {
    const drawn = fc.tuple(place, fc.integer({ min: 1, max: small }), forgery)
    await fc.assert(
      fc.asyncProperty(drawn, async ([at, size, forge]) => {
        const claim = await honest(at % size, size)
        expect(isIncluded(claim)).toBe(true)
        const forged = forge(claim)
        // Another size may ask for the very same steps only if it is the same tree.
        const isSame = JSON.stringify(forged) === JSON.stringify(claim)
        const isSameShape = forged.size !== claim.size && forged.root === claim.root
        if (!isSame && !isSameShape) expect(isIncluded(forged)).toBe(false)
      }),
      { numRuns: 150 },
    )
  })
})

describe('no forged proof of consistency is taken', () => {
  const honest = async (earlier: number, size: number): Promise<Consistency> => ({
    earlier: { size: earlier, root: await smallRoot(earlier) },
    later: { size, root: await smallRoot(size) },
    proof: await log.tree(size).consistency(earlier),
  })
  const forgeries: readonly [string, fc.Arbitrary<(claim: Consistency) => Consistency>][] = [
    ['another root of the earlier tree', flip.map((bit) => (claim) => ({ ...claim, earlier: { ...claim.earlier, root: flipped(claim.earlier.root, bit) } }))],
    ['another root of the later tree', flip.map((bit) => (claim) => ({ ...claim, later: { ...claim.later, root: flipped(claim.later.root, bit) } }))],
    ['a hash with one bit turned', flip.map((bit) => (claim) => ({ ...claim, proof: claim.proof.map((hash, at) => (at === bit.step % claim.proof.length ? flipped(hash, bit) : hash)) }))],
    ['a hash too few', fc.nat(12).map((step) => (claim) => ({ ...claim, proof: claim.proof.toSpliced(step, 1) }))],
    ['a hash too many', fc.nat(12).map((step) => (claim) => ({ ...claim, proof: claim.proof.toSpliced(step, 0, claim.later.root) }))],
    ['the trees the other way round', fc.constant((claim) => ({ ...claim, earlier: claim.later, later: claim.earlier }))],
  ] // prettier-ignore
  test.each(forgeries)('%s', async (_, forgery) => {
    const drawn = fc.tuple(place, fc.integer({ min: 1, max: small }), forgery)
    await fc.assert(
      fc.asyncProperty(drawn, async ([at, size, forge]) => {
        const claim = await honest(at % (size + 1), size)
        expect(isConsistent(claim)).toBe(true)
        const forged = forge(claim)
        // The empty tree is the beginning of every tree: of the later one nothing is claimed then.
        const claimsNothing = claim.earlier.size === 0 && forged.earlier === claim.earlier
        if (JSON.stringify(forged) === JSON.stringify(claim)) return
        if (claimsNothing && forged.proof.length === 0) return
        expect(isConsistent(forged)).toBe(false)
      }),
      { numRuns: 150 },
    )
  })

  const never: readonly [string, Consistency][] = [
    ['two roots of one size', { earlier: { size: 1, root: leafHashOf(leaf(0)) }, later: { size: 1, root: leafHashOf(leaf(1)) }, proof: [] }],
    ['an empty tree with a root of its own', { earlier: { size: 0, root: leafHashOf(leaf(0)) }, later: { size: 1, root: leafHashOf(leaf(0)) }, proof: [] }],
    ['an empty tree after an empty tree, with a root', { earlier: { size: 0, root: emptyRoot }, later: { size: 0, root: leafHashOf(leaf(0)) }, proof: [] }],
    ['a size that is no number', { earlier: { size: Number.NaN, root: emptyRoot }, later: { size: 1, root: emptyRoot }, proof: [] }],
  ] // prettier-ignore
  test.each(never)('%s', (_, claim) => {
    expect(isConsistent(claim)).toBe(false)
  })
})
