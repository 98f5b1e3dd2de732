import { describe, expect, test } from 'vitest'
import { keyOf, notJson, plainScalar, taggedScalar, type Scalar } from './scalars.ts'

describe('a plain word is what kubectl (go-yaml 2) and GitHub (YAML 1.2) make of it', () => {
  const cases: readonly [string, Scalar, Scalar][] = [
    ['', null, null],
    ['~', null, null],
    ['NULL', null, null],
    ['nUll', 'nUll', 'nUll'],
    ['true', true, true],
    ['FALSE', false, false],
    ['yes', true, 'yes'],
    ['on', true, 'on'],
    ['y', true, 'y'],
    ['Off', false, 'Off'],
    ['n', false, 'n'],
    ['oN', 'oN', 'oN'],
    ['0', 0, 0],
    ['-0', 0, 0],
    ['0755', 493, 755],
    ['08', 8, 8],
    ['0o17', 15, 15],
    ['0O17', 15, '0O17'],
    ['0x1F', 31, 31],
    ['-0x1f', -31, '-0x1f'],
    ['0b101', 5, '0b101'],
    ['1_000', 1000, '1_000'],
    ['1e3', 1000, 1000],
    ['-.5', -0.5, -0.5],
    ['5.', 5, 5],
    ['.e3', '.e3', '.e3'],
    ['-', '-', '-'],
    ['100m', '100m', '100m'],
    ['1.2.3', '1.2.3', '1.2.3'],
    ['22:22', '22:22', '22:22'],
    ['2001-12-14', '2001-12-14', '2001-12-14'],
    [
      '2001-12-14t21:59:43.10-05:00',
      '2001-12-14t21:59:43.10-05:00',
      '2001-12-14t21:59:43.10-05:00',
    ],
    ['.inf', notJson, notJson],
    ['-.INF', notJson, notJson],
    ['.NaN', notJson, notJson],
    ['.Nan', '.Nan', '.Nan'],
  ]
  test.each(cases)('%s: %s, %s', (text, kubernetes, github) => {
    expect(plainScalar(text, 'kubernetes')).toBe(kubernetes)
    expect(plainScalar(text, 'github-workflow')).toBe(github)
  })
})

describe('a number that would be rounded stays the text that it is', () => {
  const cases: readonly string[] = [
    '9007199254740993',
    '9223372036854775807',
    '-9223372036854775808',
    '18446744073709551616',
    '0xFFFFFFFFFFFFFFFF',
    '0777777777777777777777777777',
    '1e20',
    '1e400',
    '1e-400',
  ]
  test.each(cases)('%s', (text) => expect(plainScalar(text, 'kubernetes')).toBe(text))
})

describe('a tag says of which kind a word must be', () => {
  const cases: readonly [string, string, Scalar | undefined][] = [
    ['str', '1', '1'],
    ['int', '0x10', 16],
    ['int', 'x', undefined],
    ['float', '3', 3],
    ['bool', 'yes', true],
    ['bool', '1', undefined],
    ['null', '', null],
    ['null', 'x', undefined],
    ['timestamp', '2001-12-14', '2001-12-14'],
    ['binary', 'aGk=', undefined],
    ['toString', 'x', undefined],
  ]
  test.each(cases)('!!%s %s: %s', (tag, text, value) =>
    expect(taggedScalar(text, tag, 'kubernetes')).toBe(value),
  )
})

describe('a key is a text', () => {
  const cases: readonly [string, boolean, string | null, string | null][] = [
    ['on', true, 'true', 'on'],
    ['on', false, 'on', 'on'],
    ['0x10', true, '16', '0x10'],
    ['1.20', true, '1.2', '1.20'],
    ['~', true, null, '~'],
    ['', false, '', ''],
  ]
  test.each(cases)('%s, plain %s: %s, %s', (text, plain, kubernetes, github) => {
    expect(keyOf(text, plain, 'kubernetes')).toBe(kubernetes)
    expect(keyOf(text, plain, 'github-workflow')).toBe(github)
  })
})
