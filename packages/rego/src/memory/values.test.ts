import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cases } from '../fixtures/cases.ts'
import { createHost, type Host } from '../host.ts'
import { judged } from '../input.ts'
import { jsonOf } from '../values/json.ts'
import { readValue } from '../values/read.ts'
import { textOf, type RegoValue } from '../values/value.ts'
import { hasKnownLayout } from './layout.ts'
import type { ValuesInMemory } from './values.ts'

const host = createHost(cases, { initial: 32, maximum: 4096 })
const { abi } = host
const values = inMemory(host)
const start = abi.module.opa_heap_ptr_get()

function inMemory(of: Host): ValuesInMemory {
  if (of.values === null) throw new Error('the layout of the module is not known')
  return of.values
}

function begin(fuel = 10_000_000): void {
  abi.module.opa_heap_ptr_set(start)
  host.begin({ fuel, now: 0n, seed: 0n, strict: false })
}

/** What the module prints of the value that it reads itself, in the order in which it lies. */
function theirs(json: Uint8Array): string {
  begin()
  const text = judged(new Uint8Array(json).buffer) ?? new Uint8Array()
  return dumped(abi.module.opa_json_parse(abi.place(text), text.byteLength))
}

/** The same of the value that is read for it; null where that is left to the module. */
function ours(text: Uint8Array): string | null {
  begin()
  const value = values.read(text)
  return value === 0 ? null : dumped(value)
}

function dumped(value: number): string {
  return abi.textAt(abi.module.opa_value_dump(value))
}

function written(text: string): string | null {
  begin()
  const bytes = Buffer.from(text)
  const address = values.write(abi.module.opa_value_parse(abi.place(bytes), bytes.byteLength))
  return address === 0 ? null : abi.textAt(address)
}

const spaces = fc.constantFrom('', ' ', '\n', '\t\r ')
const number = fc.constantFrom('0', '-0', '7', '-12.50', '1e3', '2E-7', '12345678901234567890123')
const string = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => JSON.stringify(text)),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => JSON.stringify(text)),
  fc.constantFrom(String.raw`"\u00e9\/\b\f\n\r\t\"\\"`, String.raw`"a\uD83d\ude00b"`, '"\x7f"'),
)

const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc
    .tuple(
      spaces,
      fc.oneof(
        { maxDepth: 5, withCrossShrink: true },
        fc.constantFrom('null', 'true', 'false'),
        number,
        string,
        fc.array(tie('json'), { maxLength: 14 }).map((items) => `[${items.join(',')}]`),
        fc
          .uniqueArray(fc.tuple(string, tie('json')), {
            maxLength: 14,
            selector: ([key]) => String(JSON.parse(key)),
          })
          .map((members) => `{${members.map(([key, value]) => `${key} :${value}`).join(',')}}`),
      ),
      spaces,
    )
    .map((parts) => parts.join('')),
}))

test('JSON is read to what the module reads it to, in the same place of every set of buckets', () => {
  fc.assert(
    fc.property(json, (text) => {
      const bytes = Buffer.from(text)
      expect(ours(bytes)).toBe(theirs(bytes))
    }),
    { numRuns: 300 },
  )
})

test('whatever is changed in a text, it is read only if it is JSON in UTF-8', () => {
  const mark = fc.constantFrom(...Buffer.from('"\\{}[],:0-.eu \0\xff'))
  const change = fc.tuple(fc.nat(), fc.oneof(mark, fc.nat({ max: 255 })))
  let [read, refused] = [0, 0]
  fc.assert(
    fc.property(json, fc.array(change, { minLength: 1, maxLength: 3 }), (text, changes) => {
      const bytes = Buffer.from(text)
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte
      const isJson = judged(new Uint8Array(bytes).buffer) !== null
      const given = ours(bytes)
      if (isJson) read += 1
      else refused += 1
      if (given !== null) expect([isJson, given]).toEqual([true, theirs(bytes)])
      return given === null ? !isJson || isLeft(bytes.toString()) : isJson
    }),
    { numRuns: 2000 },
  )
  expect(Math.min(read, refused)).toBeGreaterThan(5)
})

/** Whether a text is left to the module: it has an object with a key twice, or half a surrogate pair. */
function isLeft(text: string): boolean {
  const keys = text.match(/"(?:[^"\\]|\\.)*"\s*:/g) ?? []
  return /\\u[dD][89a-fA-F]/.test(text) || new Set(keys.map(String)).size < keys.length
}

test.each([
  ['a key twice', '{"a":1,"a":2}'],
  ['a key twice, spelt otherwise', String.raw`{"a":1,"\u0061":2}`],
  ['half a surrogate pair', String.raw`"\ud800"`],
  ['the other half', String.raw`"\udc00\ud800"`],
  ['300 lists in each other', '['.repeat(300) + ']'.repeat(300)],
])('%s is left to the module', (_, text) => {
  expect(ours(Buffer.from(text))).toBeNull()
})

const manyMembers = `{${Array.from({ length: 3000 }, (_, at) => `"key ${at}":${at}`).join(',')}}`

test.each([
  ['250 lists in each other', '['.repeat(250) + ']'.repeat(250)],
  ['a long list', JSON.stringify(Array.from({ length: 50_000 }, (_, at) => at))],
  ['a long text', JSON.stringify('é\n'.repeat(50_000))],
  ['an object of many members', manyMembers],
])('%s is read', (_, text) => {
  expect(ours(Buffer.from(text))).toBe(theirs(Buffer.from(text)))
})

const plain = fc.oneof(
  fc.constantFrom<RegoValue>(null, true, false),
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary', maxLength: 3 })),
  fc
    .oneof(
      fc.constantFrom('0', '-1', '1.5', '1.50', '-0.75', '12', '123456789012345'),
      fc.integer().map(String),
    )
    .map((number): RegoValue => ({ number })),
)

function valueOf(scalar: fc.Arbitrary<RegoValue>, key: fc.Arbitrary<RegoValue>) {
  return fc.letrec<{ value: RegoValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      scalar,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(tie('value'), { maxLength: 30 }).map((set): RegoValue => ({ set })),
      fc
        .array(fc.tuple(key, tie('value')), { maxLength: 12 })
        .map((members): RegoValue => ({ members })),
    ),
  })).value
}

/** What the host itself makes of the value that the module read. */
function printed(text: string): string {
  begin()
  const bytes = Buffer.from(text)
  const value = abi.module.opa_value_parse(abi.place(bytes), bytes.byteLength)
  return jsonOf(readValue(dumped(value)))
}

test('a value is written as the host prints it: sets and objects in order, numbers with their digits', () => {
  const value = valueOf(plain, fc.string({ unit: 'binary', maxLength: 3 }))
  fc.assert(
    fc.property(value.map(textOf), (text) => {
      expect(written(text)).toBe(printed(text))
    }),
    { numRuns: 300 },
  )
})

test('what takes more to put in order is left to the host, and never written otherwise', () => {
  const long = fc
    .constantFrom('1e2', '100', '12345678901234567890', '12345678901234567891', '1e400')
    .map((number): RegoValue => ({ number }))
  const scalar = fc.oneof(plain, long)
  fc.assert(
    fc.property(valueOf(scalar, scalar).map(textOf), (text) => {
      const given = written(text)
      if (given !== null) expect(given).toBe(printed(text))
    }),
    { numRuns: 300 },
  )
})

test.each([
  [
    '{10, 9, -1, 2.5, "b", "a", null, true, false, [2], [1, 1], {"b": 1}, {"a": 2}, {1}}',
    '[null,false,true,-1,2.5,9,10,"a","b",[1,1],[2],{"a":2},{"b":1},[1]]',
  ],
  ['{"😀", "\uffff", "é", "z"}', '["z","é","\uffff","😀"]'],
  [String.raw`"\u0000\u001f\u007f\"\\\n\r\t\b\f/"`, '"\\u0000\\u001f\x7f\\"\\\\\\n\\r\\t\\b\\f/"'],
  ['['.repeat(200) + ']'.repeat(200), '['.repeat(200) + ']'.repeat(200)],
])('%s is written as %s', (text, expected) => {
  expect(written(text)).toBe(expected)
})

test('a policy may write a number as .5, which no JSON does', () => {
  begin()
  const value = values.read(Buffer.from('99.5'))
  abi.bytes().write('-.5', abi.bytes().readUInt32LE(value + 8) + 1)
  abi.bytes().writeUInt32LE(abi.bytes().readUInt32LE(value + 8) + 1, value + 8)
  abi.bytes().writeUInt32LE(3, value + 12)
  expect([dumped(value), abi.textAt(values.write(value))]).toEqual(['-.5', '-0.5'])
})

test.each(['{1: 2}', '{1e400, 2}', '[{[1]: {}}]'])('%s is left to the host', (text) => {
  expect(written(text)).toBeNull()
})

const callsOfTheAllocator = 20

test('what is read costs its length, what is written its length too, and neither goes on without fuel', () => {
  const text = Buffer.from(JSON.stringify({ a: 'b'.repeat(1000) }))
  begin(text.byteLength + callsOfTheAllocator)
  expect(values.read(text)).toBeGreaterThan(0)
  expect(host.fuelLeft()).toBeLessThan(callsOfTheAllocator)
  begin(text.byteLength - 1)
  expect(() => values.read(text)).toThrow(WebAssembly.RuntimeError)
  begin()
  const again = values.read(text)
  host.begin({ fuel: 100, now: 0n, seed: 0n, strict: false })
  expect(() => values.write(again)).toThrow(WebAssembly.RuntimeError)
  expect(host.fuelLeft()).toBeLessThan(0)
})

test('a value that is shared a million times in itself ends by its fuel', () => {
  begin()
  const made = Array.from({ length: 40 }).reduce<number>(
    (value) => {
      const array = values.read(Buffer.from('[0,0]'))
      const elements = abi.bytes().readUInt32LE(array + 4)
      abi.bytes().writeUInt32LE(value, elements + 4)
      abi.bytes().writeUInt32LE(value, elements + 12)
      return array
    },
    values.read(Buffer.from('0')),
  )
  host.begin({ fuel: 100_000, now: 0n, seed: 0n, strict: false })
  expect(() => values.write(made)).toThrow(WebAssembly.RuntimeError)
})

test('a module that lays values out otherwise is left to itself', () => {
  expect(hasKnownLayout(createHost(cases, { initial: 32, maximum: 4096 }))).toBe(true)
  const foreign = createHost(cases, { initial: 32, maximum: 4096 })
  const { opa_value_parse } = foreign.abi.module
  const moved = (text: number, length: number): number => opa_value_parse(text, length) + 4
  const other = { ...foreign.abi, module: { ...foreign.abi.module, opa_value_parse: moved } }
  expect(hasKnownLayout({ ...foreign, abi: other })).toBe(false)
})
