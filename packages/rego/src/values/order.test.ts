import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareValues } from './order.ts'
import { readValue } from './read.ts'
import { identityOf } from './value.ts'

/** Each before all that follow it. */
const ascending = [
  'null',
  'false',
  'true',
  '-1e400',
  '-12345678901234567891',
  '-12345678901234567890',
  '-1.5',
  '0',
  '1e-400',
  '0.333333333333333333',
  '0.33333333333333333334',
  '1',
  '9007199254740992',
  '9007199254740993',
  '12345678901234567890',
  '1e400',
  '""',
  '"A"',
  '"a"',
  '"aa"',
  '"b"',
  '"\\uffff"',
  '"\\ud83d\\ude00"',
  '[]',
  '[1]',
  '[1, 1]',
  '[2]',
  '{}',
  '{"a": 1}',
  '{"a": 1, "b": 0}',
  '{"a": 2}',
  '{"b": 0}',
  'set()',
  '{1}',
  '{1, 2}',
  '{2}',
]

test('values are ordered as OPA orders them', () => {
  const values = ascending.map(readValue)
  for (const [at, left] of values.entries())
    for (const [other, right] of values.entries())
      expect(
        Math.sign(compareValues(left, right)),
        `${ascending[at]} and ${ascending[other]}`,
      ).toBe(Math.sign(at - other))
})

test.each([
  ['1', '1.0'],
  ['100', '1e2'],
  ['-0', '0'],
  ['{1, 2}', '{2, 1}'],
  ['{"a": 1, "b": 2}', '{"b": 2, "a": 1}'],
])('%s and %s have one place', (left, right) => {
  expect(compareValues(readValue(left), readValue(right)) === 0).toBe(true)
})

const number = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: -25, max: 25 }))
  .map(([digits, power]) => ({ number: `${digits}e${power}` }))

test('a number has the place of its equal', () => {
  fc.assert(fc.property(number, (one) => compareValues(one, { ...one }) === 0))
})

test('numbers have one place exactly where they are equal', () => {
  fc.assert(
    fc.property(number, number, (left, right) => {
      expect(compareValues(left, right) === 0).toBe(identityOf(left) === identityOf(right))
      // Of equal ones both are 0, and their sum is; minus 0 is another value to toBe.
      expect(
        Math.sign(compareValues(left, right)) + Math.sign(compareValues(right, left)) === 0,
      ).toBe(true)
    }),
  )
})
