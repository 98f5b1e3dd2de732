import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readValue } from './read.ts'
import { identityOf, textOf, type RegoValue } from './value.ts'

const { value } = fc.letrec<{ value: RegoValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<RegoValue>(null, true, false),
    fc.string({ unit: 'binary' }),
    fc
      .constantFrom('0', '-1', '1.5', '12345678901234567890', '1e400', '-2.5E-7')
      .map((number): RegoValue => ({ number })),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(tie('value'), { maxLength: 4 }).map((set): RegoValue => ({ set })),
    fc
      .array(fc.tuple(tie('value'), tie('value')), { maxLength: 3 })
      .map((members): RegoValue => ({ members })),
  ),
}))

test('what is written is read back as it was', () => {
  fc.assert(
    fc.property(value, (given) => {
      expect(readValue(textOf(given))).toEqual(given)
    }),
  )
})

test('a value is equal to itself with its sets and objects in another order', () => {
  fc.assert(fc.property(value, (given) => identityOf(given) === identityOf(reversed(given))))
})

function reversed(given: RegoValue): RegoValue {
  if (typeof given !== 'object' || given === null || 'number' in given) return given
  if ('set' in given) return { set: given.set.map(reversed).toReversed() }
  if ('members' in given)
    return {
      members: given.members
        .map(([key, member]) => [reversed(key), reversed(member)] as const)
        .toReversed(),
    }
  return given.map(reversed)
}

const read: readonly (readonly [string, RegoValue])[] = [
  ['null', null],
  ['[null, true,false]', [null, true, false]],
  ['set()', { set: [] }],
  ['{}', { members: [] }],
  ['{"a", 1}', { set: ['a', { number: '1' }] }],
  [
    '{1: {"x"}, [2]: null}',
    {
      members: [
        [{ number: '1' }, { set: ['x'] }],
        [[{ number: '2' }], null],
      ],
    },
  ],
  [String.raw`"a \"quoted\" \u00e9\n"`, 'a "quoted" é\n'],
  ['5.', { number: '5.' }],
  ['.5', { number: '0.5' }],
  ['-.5e3', { number: '-0.5e3' }],
]

test.each(read)('%s is read', (text, expected) => {
  expect(readValue(text)).toEqual(expected)
})

test.each(['', '[1', '{1:2', '{1 2}', '"a', 'nil', '1 2', '[1,]', '{,}', '--1'])(
  '%j is no value',
  (text) => {
    expect(() => readValue(text)).toThrow(SyntaxError)
  },
)

const pairs: readonly (readonly [string, string, boolean])[] = [
  ['1', '1.0', true],
  ['100', '1e2', true],
  ['-0', '0', true],
  ['0.1', '1e-1', true],
  ['12345678901234567890', '12345678901234567891', false],
  ['1', '-1', false],
  ['1', '"1"', false],
  ['{1, 1.0}', '{1}', true],
  ['{1}', '[1]', false],
  ['set()', '{}', false],
  ['{"a": 1, "b": 2}', '{"b": 2, "a": 1}', true],
]

test.each(pairs)('%s and %s: equal is %s', (left, right, isEqual) => {
  expect(identityOf(readValue(left)) === identityOf(readValue(right))).toBe(isEqual)
})
