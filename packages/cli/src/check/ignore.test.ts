import { expect, test } from 'vitest'
import { ignoring } from './ignore.ts'

const cases: readonly [pattern: string, matching: readonly string[], not: readonly string[]][] = [
  ['vendor', ['vendor', 'vendor/a/b'], ['a/vendor', 'vendors', 'a']],
  ['vendor/', ['vendor'], ['vendors']],
  ['vendor/**', ['vendor', 'vendor/a', 'vendor/a/b'], ['a/vendor/b']],
  ['**/vendor', ['vendor', 'a/vendor', 'a/b/vendor'], ['a/vendors']],
  ['**/*.yml', ['x.yml', '.github/workflows/x.yml'], ['x.yaml']],
  ['*.yaml', ['x.yaml', '.yaml'], ['a/x.yaml', 'x.yaml.j2']],
  ['charts/*/templates', ['charts/shop/templates'], ['charts/templates', 'charts/a/b/templates']],
  ['a/**/b/**/c', ['a/b/c', 'a/x/b/y/z/c', 'a/b/b/c', 'a/b/c/d'], ['a/c']],
  ['v?.yaml', ['v1.yaml', 'v+.yaml'], ['v.yaml', 'v10.yaml']],
  ['a.(b)+', ['a.(b)+'], ['aX(b)+', 'a.bb']],
  ['**', ['a', 'a/b'], ['']],
]
test.each(cases)('%s', (pattern, matching, not) => {
  const isIgnored = ignoring([pattern], '/home/shop')
  expect(matching.filter((path) => !isIgnored(`/home/shop/${path}`))).toEqual([])
  expect(not.filter((path) => isIgnored(`/home/shop/${path}`))).toEqual([])
})

test('nothing outside of the folder is left out, and nothing by no pattern', () => {
  expect(ignoring(['**'], '/home/shop')('/home/other/a.yaml')).toBe(false)
  expect(ignoring([], '/home/shop')('/home/shop/a.yaml')).toBe(false)
})

test('a pattern made to be slow is not', () => {
  const isIgnored = ignoring([`${'**/'.repeat(40)}${'*a'.repeat(60)}b`], '/')
  expect(isIgnored(`/${'x/'.repeat(200)}${'a'.repeat(250)}`)).toBe(false)
})
