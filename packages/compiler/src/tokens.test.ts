import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tokensOf } from './tokens.ts'

const texts = (rego: string): readonly string[] => tokensOf(rego).map(({ text }) => text)

const cases: readonly [string, string, readonly string[]][] = [
  ['a dotted path is one name', 'input.context.x', ['input.context.x']],
  ['a comment is left out', 'x # sprintf(1)\ny', ['x', 'y']],
  ['a text is one token', '"a(b" `c\\`', ['a(b', 'c\\']],
  ['an escaped quote does not end a text', '"a\\"b" c', ['a\\"b', 'c']],
  ['a # in a text is no comment', '"#" x', ['#', 'x']],
  ['expressions of a template are tokens, its text is not', '$"a {f(x)} b" y', ['$"', 'f', '(', 'x', ')', 'y']],
  ['a text in a template expression may hold a brace', '$"{f("}")}" y', ['$"', 'f', '(', '}', ')', 'y']],
  ['an escaped brace opens nothing', '$"\\{f(x)}" y', ['$"', 'y']],
  ['an object in a template expression', '$"{ {"a": 1} }" y', ['$"', '{', 'a', ':', '1', '}', 'y']],
  ['a number is one token', '1.5e3/2', ['1.5e3', '/', '2']],
] // prettier-ignore

test.each(cases)('%s', (_, rego, expected) => {
  expect(texts(rego)).toEqual(expected)
})

test('a token knows its place and the brackets around it', () => {
  expect(tokensOf('a(\n\tb)')).toEqual([
    { type: 'name', text: 'a', row: 1, column: 1, depth: 0 },
    { type: 'mark', text: '(', row: 1, column: 2, depth: 0 },
    { type: 'name', text: 'b', row: 2, column: 2, depth: 1 },
    { type: 'mark', text: ')', row: 2, column: 3, depth: 0 },
  ])
})

test('any text at all is scanned to its end, and places only go on', () => {
  const rego = fc.string({ unit: fc.constantFrom(...'ab.1"`$#{}()[]\\ \n/='.split('')) })
  fc.assert(
    fc.property(rego, (text) => {
      const places = tokensOf(text).map(({ row, column }) => row * 10_000 + column)
      expect(places).toEqual(places.toSorted((left, right) => left - right))
    }),
  )
})
