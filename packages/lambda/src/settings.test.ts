import { expect, test } from 'vitest'
import { aList, aSecret, aText, isKeptWarm, readSettings } from './settings.ts'

const known = { WRIT_TENANT: aText, WRIT_HOSTS: aList, WRIT_CURSOR_KEY: aSecret }
const right = {
  WRIT_TENANT: 'acme',
  WRIT_HOSTS: 'a.example,b.example',
  WRIT_CURSOR_KEY: '0f'.repeat(32),
}

test('an environment that is right is read, and what is not Writ’s is left alone', () => {
  const { WRIT_TENANT, WRIT_HOSTS, WRIT_CURSOR_KEY } = readSettings({ ...right, HOME: '/' }, known)
  expect([WRIT_TENANT, WRIT_HOSTS]).toEqual(['acme', ['a.example', 'b.example']])
  expect([...WRIT_CURSOR_KEY]).toEqual(Array.from({ length: 32 }, () => 15))
})

test.each([
  ['a missing one', { WRIT_TENANT: undefined }, 'WRIT_TENANT is missing'],
  ['an empty one', { WRIT_TENANT: '' }, 'WRIT_TENANT must not be empty'],
  ['an unknown one', { WRIT_TENNANT: 'acme' }, 'WRIT_TENNANT is not a variable of this function'],
  ['a list with spaces', { WRIT_HOSTS: 'a, b' }, 'WRIT_HOSTS must be one or more names with commas and no spaces between them'],
  ['a short secret', { WRIT_CURSOR_KEY: '0f' }, 'WRIT_CURSOR_KEY must be at least 32 bytes in lower-case hexadecimal'],
])('%s is refused by its name', (_, change, mistake) => {
  expect(() => readSettings({ ...right, ...change }, known)).toThrow(
    `The environment of this function is not right: ${mistake}`,
  )
}) // prettier-ignore

test('all mistakes are named at once, and no value is', () => {
  const env = { WRIT_CURSOR_KEY: 'hunter2', WRIT_OTHER: 'hunter2' }
  expect(() => readSettings(env, known)).toThrow(
    /WRIT_TENANT.*WRIT_HOSTS.*WRIT_CURSOR_KEY.*WRIT_OTHER/,
  )
  expect(() => readSettings(env, known)).not.toThrow(/hunter2/)
})

test.each([
  ['provisioned-concurrency', true],
  ['on-demand', false],
  [undefined, false],
])('started as %s, it is kept warm: %s', (type, isWarm) => {
  expect(isKeptWarm({ AWS_LAMBDA_INITIALIZATION_TYPE: type })).toBe(isWarm)
})
