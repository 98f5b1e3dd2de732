import * as opa from '@open-policy-agent/opa-wasm'
import { expect, test } from 'vitest'
import { compiled } from './fixtures/cases.ts'
import type { JsonValue } from './input.ts'
import { loadPolicy } from './sdk.ts'

/** The SDK's types name its functions as exports; its code has them on the default export only. */
const { loadPolicySync }: typeof opa = Reflect.get(opa, 'default')
const theirs = loadPolicySync(compiled('cases'), { initial: 300 })
const ours = loadPolicy(compiled('cases'))
for (const policy of [theirs, ours]) policy.setData({ greeting: 'Good day' })

const questions: readonly (readonly [string, JsonValue])[] = [
  ['echo', { a: [1, 'b', null, { c: true }] }],
  ['greeting', { name: 'Ada' }],
  ['members', { names: ['a'] }],
  ['figures', { number: 1.5 }],
  ['early', {}],
]

test.each(questions)('%s of %j is what the SDK gives', (rule, input) => {
  expect(ours.evaluate(input, `cases/${rule}`)).toEqual(theirs.evaluate(input, `cases/${rule}`))
})

test('an entrypoint may be given by its number, the same as in the SDK', () => {
  expect(ours.entrypoints).toEqual(theirs.entrypoints)
  const number = ours.entrypoints['cases/greeting'] ?? -1
  expect(ours.evaluate({ name: 'Ada' }, number)).toEqual([{ result: 'Good day, Ada' }])
})

test.each([null, false, 0, ''])('%j is an input, which the SDK takes for none', (input) => {
  expect(ours.evaluate(input, 'cases/echo')).toEqual([{ result: input }])
  expect(theirs.evaluate(input, 'cases/echo')).toEqual([])
})

test('bytes that are no JSON are thrown, where the SDK evaluates without an input', () => {
  const broken = new Uint8Array(Buffer.from('{"a"')).buffer
  expect(() => ours.evaluate(broken, 'cases/echo')).toThrow('not JSON')
  expect(theirs.evaluate(broken, 'cases/echo')).toEqual([])
})

test('no input at all is undefined, and no entrypoint is the first', () => {
  expect(ours.evaluate(undefined, 'cases/echo')).toEqual([])
  expect(() => ours.evaluate({}, 'cases/nothing')).toThrow('no entrypoint')
})
