import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packed, unpacked } from './packing.ts'

const text = (count: number): Uint8Array => Buffer.from('{"rule":"deploy.approvals"}'.repeat(count))

test('any body comes back as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), (content) => {
      expect(unpacked(packed(content), content.length)).toEqual(content)
    }),
  )
})

test('what says the same words many times over takes a fraction of its size', () => {
  expect(packed(text(500)).length).toBeLessThan(text(500).length / 20)
})

test('what cannot be made smaller, or is large, lies as it is', () => {
  const noise = crypto.getRandomValues(new Uint8Array(1000))
  expect([packed(noise), packed(new Uint8Array(0))]).toEqual([noise, new Uint8Array(0)])
  const large = text(20_000)
  expect(packed(large)).toBe(large)
})

test('what another size is told of, or is no packed body, is damage: it never grows past its size', () => {
  const damage = /store is damaged: content/
  for (const size of [1, text(500).length - 1, text(500).length + 1])
    expect(() => unpacked(packed(text(500)), size), `${size}`).toThrow(damage)
  expect(() => unpacked(Buffer.from('no such thing'), 500)).toThrow(damage)
})
