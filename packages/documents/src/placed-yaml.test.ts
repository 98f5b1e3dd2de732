import { expect, test } from 'vitest'
import { readPlacedYaml } from './placed-yaml.ts'

const read = (text: string) => readPlacedYaml(new TextEncoder().encode(text))

test('gives each value the line of its key', () => {
  const found = read('# what is known\nenvironment: production\nignore:\n  - a\n  - b\n')
  if (found.status !== 'read') throw new Error(found.mistake.message)
  expect(found.value).toEqual({ environment: 'production', ignore: ['a', 'b'] })
  expect(['/environment', '/ignore', '/ignore/1', '/ignore/9'].map(found.lineOf)).toEqual([
    2, 3, 5, 3,
  ])
})

test.each([
  ['on: push', { on: 'push' }],
  ['{"a": 1}', { a: 1 }],
  ['\ufeffa: 1', { a: 1 }],
  ['', null],
  ['# nothing yet\n', null],
  ['---\na: 1\n', { a: 1 }],
])('%j is %j', (text, value) => {
  expect(read(text)).toMatchObject({ status: 'read', value })
})

test.each([
  ['a: 1\n---\nb: 2\n', 3, 'a second document begins here'],
  ['a: 1\na: 2\n', 2, 'stands twice'],
  ['a:\n\t- b\n', 2, 'a tab is used to indent'],
  ['a: [1\n', 2, 'never closed'],
  ['a: \u0000', 1, 'binary'],
])('%j is wrong in line %i: %s', (text, line, message) => {
  const found = read(text)
  expect(found).toMatchObject({
    status: 'broken',
    mistake: { line, message: expect.stringContaining(message) },
  })
})
