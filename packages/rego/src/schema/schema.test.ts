import { expect, test } from 'vitest'
import { RegoError } from '../rego-error.ts'
import { compileSchema } from './schema.ts'

const check = compileSchema({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    name: { type: ['string', 'null'], minLength: 1 },
    stage: { enum: ['a', 'b'] },
    at: { type: 'string', format: 'date-time' },
    digest: { type: 'string', pattern: '^sha256:' },
    count: { type: 'integer', minimum: 1 },
    tags: { type: 'array', items: { type: 'string' }, maxItems: 2, uniqueItems: true },
    inner: { type: 'object', properties: {}, additionalProperties: false },
  },
})

const mistakes: readonly (readonly [unknown, string, string])[] = [
  [[], '', 'must be an object'],
  [{ name: 1 }, '/name', 'must be a string or null'],
  [{ name: '' }, '/name', 'must have at least 1 character'],
  [{ stage: 'c' }, '/stage', 'must be one of "a", "b"'],
  [{ at: 'soon' }, '/at', 'must be written as an instant, such as 2026-03-01T09:30:00Z'],
  [{ digest: 'x' }, '/digest', 'must match ^sha256:'],
  [{ count: 0 }, '/count', 'must be at least 1'],
  [{ count: 1.5 }, '/count', 'must be an integer'],
  [{ tags: [true] }, '/tags/0', 'must be a string'],
  [{ tags: ['a', 'b', 'c'] }, '/tags', 'must have at most 2 items'],
  [{ tags: ['a', 'a'] }, '/tags', 'must not hold the same item twice, as at 0 and 1'],
  [{ inner: { 'a/b~': 1 } }, '/inner/a~1b~0', 'is not a field that is known here'],
]

test.each(mistakes)('%j: %s %s', (value, pointer, message) => {
  expect(check(value)).toEqual([{ pointer, message }])
})

test('all mistakes are named at once', () => {
  expect(check({ name: 1, stage: 2, count: 'x' }).map(({ pointer }) => pointer)).toEqual([
    '/name',
    '/stage',
    '/count',
  ])
})

test('a value without mistakes has none', () => {
  expect(check({ name: null, stage: 'a', tags: ['x'], extra: 1 })).toEqual([])
})

test('of very many mistakes a hundred are named, and the rest counted', () => {
  const many = check({ tags: Array.from({ length: 150 }, (_, place) => place) })
  expect(many).toHaveLength(101)
  expect(many.at(-1)).toEqual({ pointer: '', message: 'has 51 more mistakes' })
})

test('draft-07 is read where the schema says so', () => {
  const draft07 = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    items: [{ type: 'string' }],
    type: 'array',
    minItems: 1,
    additionalItems: false,
  }
  expect(compileSchema(draft07)([1])).toEqual([{ pointer: '/0', message: 'must be a string' }])
})

test.each([
  ['text'],
  [null],
  [[]],
  [{ type: 'strange' }],
  [{ unknownKeyword: 1 }],
  [{ $ref: '#/no' }],
])('the schema %j is refused', (schema) => {
  expect(() => compileSchema(schema)).toThrow(RegoError)
})
