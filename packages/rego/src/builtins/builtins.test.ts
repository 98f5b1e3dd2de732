import { expect, test } from 'vitest'
import { readValue } from '../values/read.ts'
import { textOf } from '../values/value.ts'
import { builtins } from './table.ts'

/** Builtin, its arguments and its result in Rego's notation, as OPA 1.22.2 gives it; undefined where OPA gives none. */
const cases: readonly (readonly [string, readonly string[], string | undefined])[] = [
  ['strings.any_prefix_match', ['"abc"', '"ab"'], 'true'],
  ['strings.any_prefix_match', ['"abc"', '"b"'], 'false'],
  ['strings.any_prefix_match', ['["x", "abc"]', '{"q", "a"}'], 'true'],
  ['strings.any_prefix_match', ['set()', '"a"'], 'false'],
  ['strings.any_prefix_match', ['"a"', '[""]'], 'true'],
  ['strings.any_prefix_match', ['["a", 1]', '"a"'], undefined],
  ['strings.any_prefix_match', ['"a"', '{"a": 1}'], undefined],
  ['strings.any_suffix_match', ['"abc"', '["c", "d"]'], 'true'],
  ['strings.any_suffix_match', ['["abc"]', '"ab"'], 'false'],
  ['strings.any_suffix_match', ['null', '"a"'], undefined],
  ['strings.count', ['"cheese"', '"e"'], '3'],
  ['strings.count', ['"aaaa"', '"aa"'], '2'],
  ['strings.count', ['"a😀"', '""'], '3'],
  ['strings.count', ['""', '""'], '1'],
  ['strings.count', ['"a"', '1'], undefined],
  ['object.subset', ['{"a": 1, "b": {"c": 2, "d": 3}}', '{"b": {"c": 2}}'], 'true'],
  ['object.subset', ['{"a": 1}', '{"a": 1.0}'], 'true'],
  ['object.subset', ['{"a": 1}', '{"a": null}'], 'false'],
  ['object.subset', ['{"a": [1, 2, 3]}', '{"a": [2, 3]}'], 'true'],
  ['object.subset', ['{1: {"x", "y"}}', '{1: {"x"}}'], 'true'],
  ['object.subset', ['[1, 2, 1, 3]', '[1, 3]'], 'true'],
  ['object.subset', ['[1, 2, 3]', '[1, 3]'], 'false'],
  ['object.subset', ['[{"a": 1, "b": 2}]', '[{"a": 1}]'], 'false'],
  ['object.subset', ['[]', '[]'], 'true'],
  ['object.subset', ['{1, 2}', 'set()'], 'true'],
  ['object.subset', ['{1, 2}', '{3}'], 'false'],
  ['object.subset', ['[3, 1, 2]', '{1, 3}'], 'true'],
  ['object.subset', ['[1, 1]', '{1, 2}'], 'true'],
  ['object.subset', ['[]', 'set()'], 'false'],
  ['object.subset', ['{1}', '[1]'], undefined],
  ['object.subset', ['"a"', '"a"'], undefined],
  ['time.parse_rfc3339_ns', ['"1970-01-01T00:00:01Z"'], '1000000000'],
  ['time.parse_rfc3339_ns', ['"2026-03-01T09:30:00.123456789+02:00"'], '1772350200123456789'],
  ['time.parse_rfc3339_ns', ['"2026-03-01T09:30:00.1234567899Z"'], '1772357400123456789'],
  ['time.parse_rfc3339_ns', ['"2024-02-29T00:00:00Z"'], '1709164800000000000'],
  ['time.parse_rfc3339_ns', ['"2023-02-29T00:00:00Z"'], undefined],
  ['time.parse_rfc3339_ns', ['"2024-01-01T1:00:00Z"'], '1704070800000000000'],
  ['time.parse_rfc3339_ns', ['"2024-01-01T00:00:60Z"'], undefined],
  ['time.parse_rfc3339_ns', ['"2024-01-01T24:00:00Z"'], undefined],
  ['time.parse_rfc3339_ns', ['"2024-01-01t00:00:00z"'], undefined],
  ['time.parse_rfc3339_ns', ['"2024-01-01T00:00:00,5Z"'], '1704067200500000000'],
  ['time.parse_rfc3339_ns', ['"2024-01-01T00:00:00+24:60"'], '1703977200000000000'],
  ['time.parse_rfc3339_ns', ['"2024-01-01T00:00:00+25:00"'], undefined],
  ['time.parse_rfc3339_ns', ['"1677-01-01T00:00:00Z"'], undefined],
  ['time.parse_rfc3339_ns', ['"2262-04-12T00:00:00Z"'], undefined],
  ['time.parse_rfc3339_ns', ['"2024-01-01"'], undefined],
  ['time.parse_rfc3339_ns', ['1704067200'], undefined],
  ['time.now_ns', [], '1772357400000000000'],
]

test.each(cases)('%s %j: %s', (name, args, expected) => {
  const context = { now: 1772357400000000000n, charge: () => undefined }
  const result = builtins.get(name)?.(args.map(readValue), context)
  if (result === undefined) throw new Error('no such builtin')
  expect('value' in result ? textOf(result.value) : undefined).toBe(expected)
})
