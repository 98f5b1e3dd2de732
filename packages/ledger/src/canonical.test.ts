import type { Json } from '@writ/domain'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalBytes, canonicalText } from './index.ts'

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** A double from its bits, as RFC 8785, appendix B writes it. */
function fromBits(bits: string): number {
  return Buffer.from(bits, 'hex').readDoubleBE()
}

describe('RFC 8785, appendix B: numbers', () => {
  const cases: readonly [string, string][] = [
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ]
  test.each(cases)('%s is %s', (bits, text) => {
    expect(canonicalText(fromBits(bits))).toBe(text)
  })

  test.each(['7fffffffffffffff', '7ff0000000000000', 'fff0000000000000'])('%s has none', (bits) => {
    expect(() => canonicalText(fromBits(bits))).toThrow(TypeError)
  })
})

describe('RFC 8785, section 3.2: whole values', () => {
  test('the sample of 3.2.2 to 3.2.4, down to its bytes', () => {
    const sample: Json = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`)
    expect(hexOf(canonicalBytes(sample))).toBe(
      '7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333' +
        '332e333333333333332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c' +
        '75303030665c6e4127425c225c5c5c5c5c222f227d',
    )
  })

  test('members are sorted by UTF-16 code units, so a surrogate pair comes before U+FB33', () => {
    const sample: Json = JSON.parse(String.raw`{
      "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis"
    }`)
    const order = [...canonicalText(sample).matchAll(/:"([^"]*)"/g)].map(([, name]) => name)
    expect(order).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  const cases: readonly [string, string, string][] = [
    ['arrays keep their order, objects in them do not', '[56,{"d":true,"10":null,"1":[]}]', '[56,{"1":[],"10":null,"d":true}]'],
    ['objects within objects', '{"1":{"f":{"f":"hi","F":5},"\\n":56.0},"10":{},"":"empty","a":{},"111":[{"e":"yes","E":"no"}],"A":{}}', '{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}'],
    ['French names', '{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}', '{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}'],
    ['no normalization: A with a ring stays two code points', '{"Unnormalized Unicode":"A\\u030a"}', '{"Unnormalized Unicode":"A\u030a"}'],
    ['control characters, the short escapes first', '"\\u0000\\b\\t\\n\\f\\r\\u001f\\u007f"', '"\\u0000\\b\\t\\n\\f\\r\\u001f\u007f"'],
    ['line separators and slashes are not escaped', '"\\u2028\\u2029\\/"', '"\u2028\u2029/"'],
    ['a member called __proto__ is a member', '{"b":1,"__proto__":2}', '{"__proto__":2,"b":1}'],
  ] // prettier-ignore
  test.each(cases)('%s', (_, given, canonical) => {
    expect(canonicalText(JSON.parse(given))).toBe(canonical)
  })

  const lone: readonly [string, Json][] = [
    ['a text', '\ud800'],
    ['a name', { '\udc00': 1 }],
    ['a text deep down', [{ a: ['x\ud83dx'] }]],
  ]
  test.each(lone)('a lone surrogate has no canonical form: %s', (_, value) => {
    expect(() => canonicalText(value)).toThrow(TypeError)
  })
})

describe('properties', () => {
  const value = fc
    .jsonValue({ stringUnit: 'binary' })
    .map((drawn): Json => JSON.parse(JSON.stringify(drawn)))

  test('reading the canonical text gives the value', () => {
    fc.assert(
      fc.property(value, (drawn) => {
        expect(JSON.parse(canonicalText(drawn))).toEqual(drawn)
      }),
    )
  })

  test('the canonical text of what was read from it is itself', () => {
    fc.assert(
      fc.property(value, (drawn) => {
        const text = canonicalText(drawn)
        expect(canonicalText(JSON.parse(text))).toBe(text)
      }),
    )
  })

  test('equal values have equal text, in whatever order their members came', () => {
    fc.assert(
      fc.property(value, (drawn) => {
        expect(canonicalText(turned(drawn))).toBe(canonicalText(drawn))
      }),
    )
  })

  test('different values have different text', () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        expect(canonicalText(one) === canonicalText(other)).toBe(isEqual(one, other))
      }),
    )
  })
})

/** The same value, every object's members the other way round. */
function turned(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((member: Json) => turned(member))
  const members = Object.entries(value).toReversed()
  return Object.fromEntries(members.map(([name, member]) => [name, turned(member)]))
}

function isEqual(one: Json, other: Json): boolean {
  try {
    expect(one).toEqual(other)
    return true
  } catch {
    return false
  }
}
