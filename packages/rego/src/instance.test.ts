import { isDeepStrictEqual } from 'node:util'
import * as sdk from '@open-policy-agent/opa-wasm'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { cases, casesData as data, casesInstance, compiled, now } from './fixtures/cases.ts'
import { encodeInput, type JsonValue } from './input.ts'
import { createInstance, type Evaluated } from './instance.ts'
import { loadModule } from './module.ts'
import { RegoError } from './rego-error.ts'
import { meter } from './wasm/meter.ts'

const instance = casesInstance()

function evaluate(rule: string, input: JsonValue, fuel = 5_000_000): Evaluated {
  return instance.evaluate({ input: encodeInput(input), entrypoint: `cases/${rule}`, fuel, now })
}

function valueOf(evaluated: Evaluated): unknown {
  return evaluated.status === 'defined' ? JSON.parse(evaluated.text) : evaluated.status
}

test('a module lists its entrypoints and what it asks of the host', () => {
  expect(cases.entrypoints).toContain('cases/greeting')
  expect([...cases.builtins].sort()).toEqual([
    'object.subset',
    'strings.any_prefix_match',
    'strings.any_suffix_match',
    'strings.count',
    'time.now_ns',
    'time.parse_rfc3339_ns',
  ])
})

const results: readonly (readonly [string, JsonValue, unknown])[] = [
  ['greeting', { name: 'Ada' }, 'Good day, Ada'],
  ['greeting', {}, 'Good day, <undefined>'],
  ['figures', { number: 3 }, [1.5, 1000, 3]],
  ['early', { instant: '2026-03-01T09:29:59Z' }, true],
  ['early', { instant: '2026-03-01T09:30:00Z' }, 'undefined'],
  ['prefixed', { search: ['ab', 'c'], base: 'a' }, true],
  ['prefixed_set', { search: ['ab', 'c'], base: ['x'] }, false],
  ['suffixed', { search: 'abc', base: ['c'] }, true],
  ['counted', { search: 'cheese', substring: 'e' }, 3],
  ['subset', { whole: { a: { b: 1, c: 2 } }, part: { a: { c: 2 } } }, true],
  ['subset_of_sets', { whole: [1, { a: 1 }], part: [{ a: 1 }] }, true],
]

test.each(results)('%s of %j is %j', (rule, input, expected) => {
  expect(valueOf(evaluate(rule, input))).toEqual(expected)
})

test('strictly, the first host builtin that gives no value ends the evaluation', () => {
  const asked = { input: encodeInput({ instant: 'yesterday' }), fuel: 10_000, now }
  expect(instance.evaluate({ ...asked, entrypoint: 'cases/instant', strict: true })).toMatchObject({
    status: 'failed',
    reason: 'builtin_error',
    message: 'time.parse_rfc3339_ns: the operand is not an instant as RFC 3339 writes it',
  })
  expect(instance.evaluate({ ...asked, entrypoint: 'cases/instant' }).status).toBe('undefined')
})

test('an entrypoint that the module lacks fails', () => {
  expect(evaluate('nothing', {})).toMatchObject({ status: 'failed', reason: 'entrypoint_unknown' })
})

const failures: readonly (readonly [string, JsonValue, string])[] = [
  ['endless', { text: 'abc' }, 'out_of_fuel'],
  ['large', { until: 1_000_000 }, 'out_of_memory'],
  ['conflict', { values: [1, 2] }, 'aborted'],
]

test.each(failures)('%s of %j fails: %s, and the instance goes on', (rule, input, reason) => {
  expect(evaluate(rule, input)).toMatchObject({ status: 'failed', reason })
  expect(valueOf(evaluate('greeting', { name: 'Ada' }))).toBe('Good day, Ada')
})

test('an endless module stops at the same turn each time', () => {
  const first = evaluate('endless', { text: 'abc' }, 100_000)
  expect(first).toMatchObject({ status: 'failed', reason: 'out_of_fuel', fuelUsed: 100_000 })
  expect(evaluate('endless', { text: 'abc' }, 100_000)).toEqual(first)
})

test('fuel that is just enough is enough, and one unit less is not', () => {
  const { fuelUsed } = evaluate('greeting', { name: 'Ada' })
  expect(evaluate('greeting', { name: 'Ada' }, fuelUsed)).toMatchObject({ status: 'defined' })
  expect(evaluate('greeting', { name: 'Ada' }, fuelUsed - 1)).toMatchObject({
    status: 'failed',
    reason: 'out_of_fuel',
  })
})

test('work that the host does costs fuel too', () => {
  const { fuelUsed } = evaluate('laborious', { until: 1000 })
  expect(evaluate('laborious', { until: 1000 }, fuelUsed)).toMatchObject({ status: 'defined' })
  expect(evaluate('laborious', { until: 1000 }, fuelUsed - 1000)).toMatchObject({
    reason: 'out_of_fuel',
  })
})

/** A decision is replayed by its fuel too: a change of these numbers is a change of what stands in records. */
const costs: readonly (readonly [string, number, JsonValue])[] = [
  ['greeting', 173, { name: 'Ada' }],
  ['members', 136, { names: ['a', 'b'] }],
  ['counted', 3155, { search: 'a'.repeat(1000), substring: 'b' }],
  ['laborious', 10_991, { until: 100 }],
]

test.each(costs)('%s costs %i units of fuel, in every release', (rule, fuelUsed, input) => {
  expect(evaluate(rule, input).fuelUsed).toBe(fuelUsed)
})

test('a thousand failures wear nothing out', () => {
  for (let round = 0; round < 1000; round++) evaluate('conflict', { values: [1, 2] })
  expect(valueOf(evaluate('greeting', { name: 'Ada' }))).toBe('Good day, Ada')
})

test('a host builtin that fails is undefined to the policy, and named to the caller', () => {
  expect(evaluate('instant', { instant: 'yesterday' })).toMatchObject({
    status: 'undefined',
    builtinErrors: [
      {
        builtin: 'time.parse_rfc3339_ns',
        message: 'the operand is not an instant as RFC 3339 writes it',
      },
    ],
  })
  expect(evaluate('instant', { instant: '1970-01-01T00:00:00Z' }).builtinErrors).toEqual([])
})

const refusedData: readonly (readonly [string, string])[] = [
  ['not JSON', '{'],
  ['a list', '[]'],
  ['a text', '"{"'],
  ['null', 'null'],
]

test.each(refusedData)('data that is %s is refused', (_, text) => {
  expect(() => createInstance(cases, { data: Buffer.from(text), maxPages: 300 })).toThrow(RegoError)
})

test('data that does not fit into the memory, and a memory too small for the module, are refused', () => {
  const large = Buffer.from(JSON.stringify({ text: 'x'.repeat(1_000_000) }))
  expect(() => createInstance(cases, { data: large, maxPages: 8 })).toThrow(/data cannot be loaded/)
  expect(() => createInstance(cases, { data, maxPages: 1 })).toThrow(/needs 2 pages/)
})

test('a module that asks for what the host lacks does not load, and all of it is named', () => {
  expect(() => loadModule(meter(compiled('missing')))).toThrow(
    /opa\.runtime \(the machine .*\), units\.parse_bytes/,
  )
})

test('a module without fuel does not load', () => {
  expect(() => loadModule(compiled('cases'))).toThrow(
    expect.objectContaining({ code: 'not_metered' }),
  )
})

test.each([
  ['no module', Buffer.from('x')],
  ['an empty module', Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)],
])('%s does not load', (_, bytes) => {
  expect(() => loadModule(bytes)).toThrow(RegoError)
})

afterEach(() => {
  vi.restoreAllMocks()
})

test('nothing is written to the console', () => {
  const written = [vi.spyOn(console, 'log'), vi.spyOn(console, 'error')]
  evaluate('greeting', { name: 'Ada' })
  evaluate('conflict', { values: [1, 2] })
  for (const spy of written) expect(spy).not.toHaveBeenCalled()
})

test('with fuel a module gives what OPA’s own loader gets from it without', () => {
  const { loadPolicySync }: typeof sdk = Reflect.get(sdk, 'default')
  const plain = loadPolicySync(compiled('cases'), { initial: 300 })
  plain.setData(JSON.parse(data.toString()))
  const name = fc.string({ unit: 'grapheme', maxLength: 12 })
  const input = fc.record({
    name,
    names: fc.array(name, { maxLength: 8 }),
    number: fc.double({ noNaN: true, noDefaultInfinity: true }),
    values: fc.array(fc.constant(1), { maxLength: 3 }),
  })
  const rule = fc.constantFrom('echo', 'greeting', 'members', 'figures', 'conflict')
  fc.assert(
    fc.property(rule, input, (entrypoint, given) => {
      const [expected]: readonly { result: unknown }[] = plain.evaluate(
        given,
        `cases/${entrypoint}`,
      )
      const evaluated = evaluate(entrypoint, given)
      if (expected === undefined) return evaluated.status === 'undefined'
      if (evaluated.status !== 'defined') return false
      const alike = entrypoint === 'members' ? sameMembers : isDeepStrictEqual // the SDK has sets in the order of hashes
      return alike(JSON.parse(evaluated.text), expected.result)
    }),
  )
})

test('one instance after another, results do not depend on what was evaluated before', () => {
  const fresh = casesInstance
  const rules = fc.array(fc.constantFrom('greeting', 'conflict', 'endless', 'counted', 'large'), {
    maxLength: 5,
  })
  const input = { name: 'Ada', text: 'a', values: [1, 2], search: 'aa', substring: 'a', until: 9 }
  const asked = { input: encodeInput(input), fuel: 20_000, now }
  fc.assert(
    fc.property(rules, (before) => {
      for (const rule of before) instance.evaluate({ ...asked, entrypoint: `cases/${rule}` })
      const after = instance.evaluate({ ...asked, entrypoint: 'cases/greeting' })
      expect(after).toEqual(fresh().evaluate({ ...asked, entrypoint: 'cases/greeting' }))
    }),
    { numRuns: 20 },
  )
})

function sameMembers(left: unknown, right: unknown): boolean {
  if (!Array.isArray(left) || !Array.isArray(right)) return false
  return isDeepStrictEqual(new Set(left), new Set(right))
}
