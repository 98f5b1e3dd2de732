import { Fault, type Json } from '@writ/domain'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJson } from './json.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function mistakes(text: string | Uint8Array): readonly string[] {
  try {
    readJson(typeof text === 'string' ? bytes(text) : text)
    return []
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown
    const issues = thrown.facts['issues'] as readonly { pointer: string; message: string }[]
    return issues.map(({ pointer, message }) => `${pointer} ${message}`)
  }
}

const refused: readonly [what: string, text: string, ...mistakes: string[]][] = [
  ['nothing', '', ' is empty: send a JSON value'],
  ['only space', ' \n\t', ' is empty: send a JSON value'],
  ['an end too early', '{"a": [1, 2', '/a/1 expected "," or "]", found the end, at 1:12'],
  ['a trailing comma in an object', '{"a": 1,}', ' expected a name, found "}", at 1:9'],
  ['a trailing comma in a list', '[1,]', '/1 expected a value, found "]", at 1:4'],
  ['a comment', '{} // no', ' expected nothing after the value, found "/", at 1:4'],
  ['two values', '1 2', ' expected nothing after the value, found "2", at 1:3'],
  ['single quotes', "{'a': 1}", ' expected a name or "}", found "\'", at 1:2'],
  ['no colon', '{"a" 1}', '/a expected ":", found "1", at 1:6'],
  ['a bare word', '{\n  "a": yes\n}', '/a expected a value, found "y", at 2:8'],
  ['NaN', '[NaN]', '/0 expected a value, found "N", at 1:2'],
  ['a leading zero', '[01]', '/0 expected "," or "]", found "1", at 1:3'],
  ['a leading plus', '[+1]', '/0 expected a value, found "+", at 1:2'],
  ['a minus alone', '[-]', '/0 expected a number, found "-", at 1:2'],
  ['a point without digits', '[1.]', '/0 expected "," or "]", found ".", at 1:3'],
  ['hexadecimal', '[0x10]', '/0 expected "," or "]", found "x", at 1:3'],
  [
    'a raw line break in a string',
    '["a\nb"]',
    '/0 expected the end of a string (a control character is written as an escape), found "\\n", at 1:4',
  ],
  [
    'an escape that JSON lacks',
    '["\\x41"]',
    '/0 expected an escape that JSON knows (\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000), found "\\\\", at 1:3',
  ],
  ['a name twice', '{"a": 1, "a": 2}', '/a stands twice in its object: remove one, at 1:10'],
  [
    'a name twice, once in escapes',
    '{"b": {"a": 1, "\\u0061": 2}}',
    '/b/a stands twice in its object: remove one, at 1:16',
  ],
  [
    '__proto__',
    '{"__proto__": {"x": 1}}',
    '/__proto__ is a name that Writ does not take: rename it, at 1:2',
  ],
  [
    '__proto__ in escapes',
    '{"\\u005f_proto__": 1}',
    '/__proto__ is a name that Writ does not take: rename it, at 1:2',
  ],
  [
    'a lone surrogate',
    '{"a": "\\ud800"}',
    '/a holds half of a surrogate pair: send whole characters, at 1:7',
  ],
  [
    'a lone surrogate in a name',
    '{"\\udc00x": 1}',
    ' holds half of a surrogate pair: send whole characters, at 1:2',
  ],
  ['a number too large', '[1e400]', '/0 is a number too large to keep: send a string, at 1:2'],
  [
    'a number too small',
    '[1e-400]',
    '/0 is a number that would become zero: send a string, at 1:2',
  ],
  [
    'an integer beyond 2^53',
    '{"id": 9007199254740993}',
    '/id is an integer that would be rounded: send a string, at 1:8',
  ],
  [
    'several at once',
    '{"a": 1e999,\n "a": "\\ud800",\n "b": [-9007199254740992]',
    '/a is a number too large to keep: send a string, at 1:7',
    '/a stands twice in its object: remove one, at 2:2',
    '/a holds half of a surrogate pair: send whole characters, at 2:7',
    '/b/0 is an integer that would be rounded: send a string, at 3:8',
    '/b expected "," or "}", found the end, at 3:26',
  ],
]

test.each(refused)('refuses %s', (_, text, ...expected) => {
  expect(mistakes(text)).toEqual(expected)
})

test('refuses bytes that are not UTF-8', () => {
  expect(mistakes(Uint8Array.of(0x22, 0xff, 0x22))).toEqual([
    ' is not UTF-8: send it in that encoding',
  ])
  expect(mistakes(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22))).toHaveLength(1)
})

describe('depth', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

  test('64 levels are read', () => {
    expect(mistakes(nested(64))).toEqual([])
  })

  test.each([65, 10_000, 1_000_000])(
    '%i levels are one mistake, at the first too deep',
    (depth) => {
      expect(mistakes(nested(depth))).toEqual([
        `${'/0'.repeat(64)} nests deeper than 64 levels: flatten it`,
      ])
    },
  )
})

test('a thousand mistakes are listed up to a bound, and the answer says so', () => {
  const found = mistakes(`[${Array.from({ length: 1000 }, () => '1e999').join(',')}]`)
  expect(found).toHaveLength(51)
  expect(found.at(-1)).toBe(' has more mistakes than are listed here')
})

test('a name as long as the body does not make the answer long', () => {
  const name = 'n'.repeat(100_000)
  expect(mistakes(`{"${name}": 1e999}`).join('').length).toBeLessThan(200)
})

const taken: readonly [what: string, text: string, value: Json][] = [
  [
    'the largest safe integers',
    '[9007199254740991, -9007199254740991]',
    [2 ** 53 - 1, 1 - 2 ** 53],
  ],
  ['a long fraction', '[0.12345678901234567890]', [0.12345678901234568]],
  ['a zero with an exponent', '[0e400, -0.0e-400]', [0, -0]],
  ['a large double with an exponent', '[1e300]', [1e300]],
  ['a surrogate pair in escapes', '["\\ud83d\\ude00"]', ['😀']],
  ['a byte order mark', '\ufeff{}', {}],
  [
    'names that only look dangerous',
    '{"constructor": 1, "prototype": 2}',
    { constructor: 1, prototype: 2 },
  ],
]

test.each(taken)('takes %s', (_, text, value) => {
  expect(readJson(bytes(text))).toEqual(value)
})

test('what JSON.stringify writes is read as JSON.parse reads it', () => {
  const isPlain = (text: string): boolean => text.isWellFormed() && !text.includes('__proto__')
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }).filter(isPlain), fc.boolean(), (compact, isSpaced) => {
      const parsed: Json = JSON.parse(compact)
      const text = isSpaced ? JSON.stringify(parsed, null, '\t') : compact
      if (text.includes('\\ud') || /[0-9]{16}|e/.test(text)) return
      expect(readJson(bytes(text))).toEqual(parsed)
    }),
  )
})

test('it takes nothing that JSON.parse refuses, and refuses nothing for its syntax that JSON.parse takes', () => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a"',
    '"b"',
    '1',
    '-',
    '0',
    '.5',
    'e1',
    'true',
    'null',
    ' ',
    '\\',
    '\n',
    '\\u00',
    'x',
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
      const text = parts.join('')
      const isSyntaxRefused = mistakes(text).some((mistake) => /expected|empty/.test(mistake))
      expect(isSyntaxRefused).toBe(!isParsed(text))
    }),
    { numRuns: 3000 },
  )
})

function isParsed(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
