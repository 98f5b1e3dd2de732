import { gunzipSync } from 'node:zlib'
import { readBundle } from '@writ/rego'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packArchive } from './archive.ts'

const step = fc.string({
  unit: fc.constantFrom('a', 'b', 'é', '-', '_', '.'),
  minLength: 1,
  maxLength: 60,
})
const name = fc
  .array(step, { minLength: 1, maxLength: 4 })
  .map((steps) => steps.join('/'))
  .filter((path) => !path.split('/').some((part) => /^\.+$/.test(part)))
const files = fc.dictionary(name, fc.uint8Array({ maxLength: 1200 }), { maxKeys: 5 })

test('what is packed is read back, names of any length included', () => {
  fc.assert(
    fc.property(files, (given) => {
      const read = readBundle(packArchive(new Map(Object.entries(given))))
      expect(Object.fromEntries([...read].map(([path, bytes]) => [path, [...bytes]]))).toEqual(
        Object.fromEntries(Object.entries(given).map(([path, bytes]) => [path, [...bytes]])),
      )
    }),
  )
})

test('the order in which files come makes no difference to the archive', () => {
  const [a, b] = [Buffer.from('a'), Buffer.from('b')]
  const one = packArchive(new Map([['x', a], ['y', b]])) // prettier-ignore
  const other = packArchive(new Map([['y', b], ['x', a]])) // prettier-ignore
  expect(gunzipSync(one).equals(gunzipSync(other))).toBe(true)
})
