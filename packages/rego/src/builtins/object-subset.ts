import {
  identityOf,
  isArray,
  isObject,
  isSet,
  type RegoArray,
  type RegoObject,
  type RegoSet,
  type RegoValue,
} from '../values/value.ts'
import type { Builtin } from './builtin.ts'

/**
 * object.subset(super, sub): objects by key and deeply, sets by members, an array as a run inside another; also a set
 * whose members all occur in an array.
 */
export const objectSubset: Builtin = ([whole = null, part = null], { charge }) => {
  if (isArray(whole) && isSet(part)) return { value: countsUp(whole, part) }
  const shape = shapeOf(whole)
  if (shape === null || shape !== shapeOf(part))
    return { failure: 'both operands must be objects, sets or arrays, or an array and a set' }
  return { value: containsDeeply(whole, part, charge) }
}

function shapeOf(value: RegoValue): 'object' | 'set' | 'array' | null {
  if (isArray(value)) return 'array'
  if (isSet(value)) return 'set'
  return isObject(value) ? 'object' : null
}

function containsDeeply(
  whole: RegoValue,
  part: RegoValue,
  charge: (units: number) => void,
): boolean {
  if (isObject(whole) && isObject(part)) return containsObject(whole, part, charge)
  if (isSet(whole) && isSet(part)) return containsSet(whole, part)
  if (isArray(whole) && isArray(part)) return containsRun(whole, part, charge)
  return identityOf(whole) === identityOf(part)
}

function containsObject(
  whole: RegoObject,
  part: RegoObject,
  charge: (units: number) => void,
): boolean {
  const byKey = new Map(whole.members.map(([key, member]) => [identityOf(key), member]))
  return part.members.every(([key, member]) => {
    const other = byKey.get(identityOf(key))
    return other !== undefined && containsDeeply(other, member, charge)
  })
}

function containsSet(whole: RegoSet, part: RegoSet): boolean {
  const identities = new Set(whole.set.map(identityOf))
  return part.set.every((value) => identities.has(identityOf(value)))
}

/**
 * OPA counts hits: an element that comes twice stands for two members, and an empty array has no subset at all. Whoever
 * wrote a policy against OPA gets the same here.
 */
function countsUp(whole: RegoArray, part: RegoSet): boolean {
  const wanted = new Set(part.set.map(identityOf))
  let unmatched = wanted.size
  return whole.some((element) => {
    if (wanted.has(identityOf(element))) unmatched -= 1
    return unmatched === 0
  })
}

/** Elements of a run are compared whole, not deeply: that is how OPA reads it. */
function containsRun(whole: RegoArray, part: RegoArray, charge: (units: number) => void): boolean {
  const [identities, wanted] = [whole.map(identityOf), part.map(identityOf)]
  charge(identities.length * wanted.length)
  return identities.some((_, start) => isRunAt(identities, wanted, start)) || wanted.length === 0
}

function isRunAt(identities: readonly string[], wanted: readonly string[], start: number): boolean {
  return wanted.every((identity, offset) => identities[start + offset] === identity)
}
