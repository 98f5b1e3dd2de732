import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keyedId, timedId } from './index.ts'

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** The 128 bits of an id, and the two that its last letter has left over. */
function bitsOf(id: string): { readonly bits: string; readonly rest: string } {
  const letters = id.slice(id.indexOf('_') + 1).split('')
  const all = letters
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return { bits: all.slice(0, 128), rest: all.slice(128) }
}

const numberIn = (bits: string, from: number, to: number): number =>
  parseInt(bits.slice(from, to), 2)

const milliseconds = fc.integer({ min: 0, max: 2 ** 48 - 1 })
const tenBytes = fc.uint8Array({ minLength: 10, maxLength: 10 })

describe('an id by time', () => {
  test('is this one', () => {
    const random = Uint8Array.from({ length: 10 }, (_, place) => 0xf0 + place)
    // UUIDv7 of RFC 9562, appendix A.6's instant: 017f22e2-79b0-7..., bytes f0 to f9 as chance.
    expect(timedId('dec', 0x017f22e279b0, random)).toBe('dec_05zj5rksp1rf3cqkyktzdxzrz4')
  })

  test('is a UUIDv7: 48 bits of time, the version, the variant, and the rest as given', () => {
    fc.assert(
      fc.property(milliseconds, tenBytes, (at, random) => {
        const { bits, rest } = bitsOf(timedId('dec', at, random))
        const given = [...random].map((byte) => byte.toString(2).padStart(8, '0')).join('')
        expect(numberIn(bits, 0, 48)).toBe(at)
        expect(bits.slice(48, 52)).toBe('0111')
        expect(bits.slice(52, 64)).toBe(given.slice(4, 16))
        expect(bits.slice(64, 66)).toBe('10')
        expect(bits.slice(66)).toBe(given.slice(18))
        expect(rest).toBe('00')
      }),
    )
  })

  test('orders as its milliseconds do', () => {
    fc.assert(
      fc.property(milliseconds, milliseconds, tenBytes, tenBytes, (one, other, r, s) => {
        const [left, right] = [timedId('dec', one, r), timedId('dec', other, s)]
        if (one !== other) expect(left < right).toBe(one < other)
      }),
    )
  })
})

describe('an id by key', () => {
  const attempt = { tenant: 'acme', principal: 'ci', key: 'k-1' }

  test('is this one, for ever', () => {
    expect(keyedId('dec', attempt)).toBe('dec_azytk2vr8034gv8zepba2mwqt0')
  })

  test('is 26 letters of the alphabet after its prefix, like one by time', () => {
    fc.assert(
      fc.property(fc.string(), milliseconds, tenBytes, (key, at, random) => {
        for (const id of [keyedId('dec', { ...attempt, key }), timedId('dec', at, random)])
          expect(id).toMatch(/^dec_[0-9abcdefghjkmnpqrstvwxyz]{26}$/)
      }),
    )
  })

  const apart: readonly [string, Partial<typeof attempt>, Partial<typeof attempt>][] = [
    ['another tenant', { tenant: 'other' }, {}],
    ['another principal', { principal: 'ada' }, {}],
    ['another key', { key: 'k-2' }, {}],
    ['a border that moved', { tenant: 'a', principal: 'bc' }, { tenant: 'ab', principal: 'c' }],
    [
      'a quote that would close a text',
      { principal: 'a","b', key: 'c' },
      { principal: 'a', key: 'b","c' },
    ],
    ['an empty text', { principal: '', key: 'x' }, { principal: 'x', key: '' }],
  ]
  test.each(apart)('is another for %s', (_, one, other) => {
    expect(keyedId('dec', { ...attempt, ...one })).not.toBe(
      keyedId('dec', { ...attempt, ...other }),
    )
  })

  test('is equal for equal attempts only', () => {
    const text = fc.constantFrom('', 'a', 'b', 'ab', ',', '"', '","', '\\', '\u0000')
    const drawn = fc.record({ tenant: text, principal: text, key: text })
    fc.assert(
      fc.property(drawn, drawn, (one, other) => {
        const same =
          one.tenant === other.tenant && one.principal === other.principal && one.key === other.key
        expect(keyedId('dec', one) === keyedId('dec', other)).toBe(same)
      }),
    )
  })
})
