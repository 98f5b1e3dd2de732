import type { Json, JsonObject } from '@writ/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withhold } from './withhold.ts'

const request: JsonObject = {
  kind: 'deploy',
  subject: { id: 'ada', properties: { email: 'ada@example.com', 'a/b~c': 1 } },
  context: { approvals: [{ by: 'bob', note: 'x' }, { by: 'eve' }], none: null },
}
const m = '(masked)'

/** Each with what stands in the text of the request, and what is to stand there. */
const cases: readonly [string, readonly string[], string, string][] = [
  ['one member', ['/subject/properties/email'], '"ada@example.com"', '"(masked)"'],
  ['every member of a list', ['/context/approvals/*/by'], '[{"by":"bob","note":"x"},{"by":"eve"}]', '[{"by":"(masked)","note":"x"},{"by":"(masked)"}]'],
  ['one of a list', ['/context/approvals/1'], '{"by":"eve"}', '"(masked)"'],
  ['an escaped name', ['/subject/properties/a~1b~0c'], '"a/b~c":1', '"a/b~c":"(masked)"'],
  ['what is null', ['/context/none'], 'null', '"(masked)"'],
  ['several', ['/subject/id', '/context/approvals'], '"ada",', '"(masked)",'],
] // prettier-ignore
test.each(cases)('withholds %s, and tells which pointers led there', (_, pointers, from, to) => {
  const { request: recorded, masked } = withhold(request, pointers)
  const expected: JsonObject = JSON.parse(JSON.stringify(request).replace(from, to))
  const isSeveral = pointers.length > 1
  const whole = isSeveral ? { ...expected, context: { approvals: m, none: null } } : expected
  expect(recorded).toEqual(whole)
  expect(masked).toEqual(pointers)
})

test('what is not there is nothing to withhold', () => {
  for (const pointer of [
    '/subject/properties/phone',
    '/subject/id/x',
    '/context/approvals/7',
    '/*/nothing',
  ])
    expect(withhold(request, [pointer])).toEqual({ request, masked: [] })
})

test('where it fails, all but the kind is withheld, and there is a record all the same', () => {
  const hostile = { ...request }
  Object.defineProperty(hostile, 'subject', {
    enumerable: true,
    get: () => {
      throw new Error('not to be read')
    },
  })
  expect(withhold(hostile, ['/subject/id'])).toEqual({ request: { kind: 'deploy' }, masked: [''] })
})

test('whatever is masked is nowhere in what is recorded, and all else is as it was', () => {
  const secret = 'S3CR3T'
  fc.assert(
    fc.property(fc.object({ maxDepth: 3 }), fc.string(), (around, name) => {
      const asked = JSON.parse(
        JSON.stringify({ ...around, kind: 'access', [`${name}x`]: { deep: [secret] } }),
      ) as JsonObject
      const pointer = `/${`${name}x`.replaceAll('~', '~0').replaceAll('/', '~1')}/deep/*`
      const { request: recorded, masked } = withhold(asked, [pointer])
      expect(JSON.stringify(recorded)).not.toContain(secret)
      expect(masked).toEqual([pointer])
      const restored: Json = JSON.parse(JSON.stringify(recorded).replace(m, secret))
      expect(restored).toEqual(asked)
    }),
  )
})
