import { expect, test } from 'vitest'
import { casesInstance, now } from './fixtures/cases.ts'
import { encodeInput } from './input.ts'
import type { Evaluated } from './instance.ts'

const instance = casesInstance()

function valueOf(evaluated: Evaluated): unknown {
  return evaluated.status === 'defined' ? JSON.parse(evaluated.text) : evaluated.status
}

test.each(['null', 'false', 'true', '0', '""', '[]', '{}', '"\\ud83d\\ude00"'])(
  'the input %s arrives as itself',
  (json) => {
    const options = { entrypoint: 'cases/echo', fuel: 10_000, now }
    const evaluated = instance.evaluate({ ...options, input: Buffer.from(json) })
    expect(valueOf(evaluated)).toEqual(JSON.parse(json))
  },
)

test.each([
  '',
  ' ',
  '{',
  '[1 2]',
  '{} x',
  '01',
  '{"a":1,}',
  'undefined',
  '\u{feff}1',
  "{'a':1}",
  '[1]\0',
])('the input %j is refused: it is not JSON, and never undefined', (text) => {
  const options = { entrypoint: 'cases/echo', fuel: 10_000, now }
  const evaluated = instance.evaluate({ ...options, input: Buffer.from(text) })
  expect(evaluated).toMatchObject({ status: 'failed', reason: 'input_invalid' })
})

test('input that is not UTF-8 fails', () => {
  const options = { entrypoint: 'cases/echo', fuel: 10_000, now }
  const latin = instance.evaluate({ ...options, input: Buffer.from('"\xe9"', 'latin1') })
  expect(latin).toMatchObject({ status: 'failed', reason: 'input_invalid' })
})

test.each([
  [String.raw`"\ud800a\udc00"`, '"\ufffda\ufffd"'],
  [String.raw`["\ud92f\ude00", "\ud800"]`, '["\u{5be00}","\ufffd"]'],
  [String.raw`["\ud92f\ude00"]`, '["\u{5be00}"]'],
  [String.raw`{"\uD83D\uDE00": "\\ud800"}`, String.raw`{"😀":"\\ud800"}`],
])(
  '%s arrives as %s: half a surrogate pair is the replacement character, as in OPA',
  (json, text) => {
    const asked = { entrypoint: 'cases/echo', fuel: 10_000, now }
    expect(instance.evaluate({ ...asked, input: Buffer.from(json) })).toMatchObject({ text })
  },
)

/** As `opa eval` prints them, version 1.22.2. */
const printed: readonly (readonly [string, string, string])[] = [
  ['mixed', '{"number": 2.50}', '[null,true,2.50,3,"a","b",[2],{"k":[1,2]},[1]]'],
  ['members', '{"names": ["b", "", "a", "B", "ab", "a"]}', '["","B","a","ab","b"]'],
  ['members', '{"names": ["\uffff", "😀", "a"]}', '["a","\uffff","😀"]'],
  ['keyed', '{}', String.raw`{"1":"text","[\"\\u003c\"]":"list"}`],
  [
    'exact',
    '{"number": 12345678901234567890123}',
    '[12345678901234567890123,12345678901234567890124]',
  ],
  ['figures', '{"number": 5.0}', '[1.5,1e3,5.0]'],
  ['echo', '{"b": 1, "a": {"\ue000": 1, "😀": 2, "": 3}}', '{"a":{"":3,"\ue000":1,"😀":2},"b":1}'],
]

test.each(printed)('%s of %s is printed as OPA prints it', (rule, input, text) => {
  const asked = { entrypoint: `cases/${rule}`, fuel: 100_000, now }
  expect(instance.evaluate({ ...asked, input: Buffer.from(input) })).toMatchObject({ text })
})

test('without an input, input is undefined; null is an input', () => {
  const asked = { entrypoint: 'cases/echo', fuel: 10_000, now }
  expect(instance.evaluate({ ...asked, input: null })).toMatchObject({ status: 'undefined' })
  expect(instance.evaluate({ ...asked, input: Buffer.from('null') })).toMatchObject({
    text: 'null',
  })
})

test('an input that is asked about again gives the same, fuel and all, as one that is parsed anew', () => {
  const given = { name: 'Ada', names: ['b', 'a'], number: 3, values: [1, 2], text: 'a' }
  const input = encodeInput(given)
  const rules = ['greeting', 'members', 'conflict', 'figures', 'endless', 'mixed', 'greeting']
  for (const fuel of [50, 230, 100_000])
    for (const rule of rules) {
      const asked = { entrypoint: `cases/${rule}`, fuel, now }
      const again = instance.evaluate({ ...asked, input })
      const fresh = casesInstance()
      expect(again, `${rule} with ${fuel}`).toEqual(
        fresh.evaluate({ ...asked, input: encodeInput(given) }),
      )
    }
})

test('a look-alike of an input is not taken for one', () => {
  const forged = { json: Uint8Array.from(Buffer.from('{')).buffer, notation: 'json' } as const
  const evaluated = instance.evaluate({
    input: forged,
    entrypoint: 'cases/echo',
    fuel: 10_000,
    now,
  })
  expect(evaluated).toMatchObject({ status: 'failed', reason: 'input_invalid' })
})
