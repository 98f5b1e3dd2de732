import {
  isArray,
  isNumber,
  isObject,
  isSet,
  type RegoArray,
  type RegoObject,
  type RegoValue,
} from './value.ts'

/**
 * OPA's order of all values: by kind first (null, booleans, numbers, strings, arrays, objects, sets), numbers by what they
 * are worth, strings by code point. Zero exactly where Rego holds the two equal.
 */
export function compareValues(left: RegoValue, right: RegoValue): number {
  return compareArranged(arranged(left), arranged(right))
}

/** The members of a set or the values of a list in order, each arranged. */
export function sortedValues(values: readonly RegoValue[]): RegoArray {
  return values.map(arranged).sort(compareArranged)
}

/** The members of an object by the order of their keys. */
export function membersInOrder({ members }: RegoObject): RegoObject['members'] {
  return members
    .map(([key, member]) => [arranged(key), member] as const)
    .sort(([left], [right]) => compareArranged(left, right))
}

/** The same value with every set and object in it in order: what is compared often is sorted once. */
function arranged(value: RegoValue): RegoValue {
  if (typeof value !== 'object' || value === null || isNumber(value)) return value
  if (isArray(value)) return value.map(arranged)
  if (isSet(value)) return { set: sortedValues(value.set) }
  return {
    members: membersInOrder(value).map(([key, member]) => [key, arranged(member)] as const),
  }
}

/** Of values that are arranged. */
function compareArranged(left: RegoValue, right: RegoValue): number {
  const kind = rankOf(left)
  const other = rankOf(right)
  return kind === other ? comparers[kind](left, right) : kind - other
}

type Rank = keyof typeof comparers
type Compare = (left: RegoValue, right: RegoValue) => number

const comparers = {
  0: () => 0,
  1: (left, right) => Number(left) - Number(right),
  2: (left, right) => compareNumbers(numberIn(left), numberIn(right)),
  3: (left, right) => compareStrings(stringIn(left), stringIn(right)),
  4: (left, right) => compareLists(listIn(left), listIn(right)),
  5: (left, right) => compareMembers(membersIn(left), membersIn(right)),
  6: (left, right) => compareLists(listIn(left), listIn(right)),
} as const satisfies Record<number, Compare>

function rankOf(value: RegoValue): Rank {
  if (value === null) return 0
  if (typeof value === 'boolean') return 1
  if (typeof value === 'string') return 3
  if (isArray(value)) return 4
  if (isNumber(value)) return 2
  return isObject(value) ? 5 : 6
}

function stringIn(value: RegoValue): string {
  return typeof value === 'string' ? value : ''
}

function numberIn(value: RegoValue): string {
  return typeof value === 'object' && value !== null && isNumber(value) ? value.number : '0'
}

function listIn(value: RegoValue): readonly RegoValue[] {
  if (isArray(value)) return value
  return isSet(value) ? value.set : []
}

function membersIn(value: RegoValue): RegoObject['members'] {
  return isObject(value) ? value.members : []
}

function compareLists(left: readonly RegoValue[], right: readonly RegoValue[]): number {
  for (const [index, value] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    const order = compareArranged(value, other)
    if (order !== 0) return order
  }
  return left.length - right.length
}

/** By the first key that differs, or the first member under an equal key. */
function compareMembers(left: RegoObject['members'], right: RegoObject['members']): number {
  for (const [index, [key, member]] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    const order = compareArranged(key, other[0]) || compareArranged(member, other[1])
    if (order !== 0) return order
  }
  return left.length - right.length
}

/** By code point, as UTF-8 bytes would compare: UTF-16 puts surrogate pairs before what ends the plane below them. */
export function compareStrings(left: string, right: string): number {
  if (left === right) return 0
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at += 1) {
    const [unit, other] = [left.charCodeAt(at), right.charCodeAt(at)]
    if (unit !== other) return pointOf(unit) - pointOf(other)
  }
  return left.length - right.length
}

/** A surrogate stands for a code point beyond all that one unit can name. */
function pointOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

/** Exact at any size: a double decides only where both are short enough for it to hold every digit. */
function compareNumbers(left: string, right: string): number {
  if (left === right) return 0
  if (isShort(left) && isShort(right)) return Number(left) - Number(right)
  return compareDecimals(decimalOf(left), decimalOf(right))
}

function isShort(text: string): boolean {
  return text.length <= 15 && !text.includes('e') && !text.includes('E')
}

type Decimal = { readonly sign: number; readonly digits: string; readonly power: number }

/** 0.digits × 10^power, without zeros at either end. */
export function decimalOf(text: string): Decimal {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.replace(/^[-+]/, '').split('.')
  const all = whole + fraction
  const digits = all.replace(/^0+/, '').replace(/0+$/, '')
  if (digits === '') return { sign: 0, digits, power: 0 }
  const leading = all.length - all.replace(/^0+/, '').length
  const power = Number(exponent) + whole.length - leading
  return { sign: mantissa.startsWith('-') ? -1 : 1, digits, power }
}

function compareDecimals(left: Decimal, right: Decimal): number {
  if (left.sign !== right.sign) return left.sign - right.sign
  if (left.power !== right.power) return left.sign * (left.power - right.power)
  if (left.digits === right.digits) return 0
  return left.digits < right.digits ? -left.sign : left.sign
}
