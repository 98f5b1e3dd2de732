import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isList, type Json } from '@writ/domain'
import { compose, type Budget } from './compose.ts'
import { eventSource, offsetIn } from './offset.ts'
import { limits } from './limits.ts'
import { parseChunk } from './parse.ts'
import { plainPlaces } from './plain-places.ts'
import { readPlain } from './plain.ts'
import type { Dialect } from './scalars.ts'
import { chunkOf, chunksOf } from './stream.ts'

type Read = { readonly value: Json; readonly weight: Budget }

const runs = Number(process.env['RUNS'] ?? 20_000)
const dialects: readonly Dialect[] = ['kubernetes', 'github-workflow']
const whole = (text: string) => ({ text, from: 0, to: text.length })

function plainly(text: string, dialect: Dialect): Read | null {
  const weight = { values: 0, characters: 0 }
  const value = readPlain(whole(text), dialect, weight)
  return value === null ? null : { value, weight }
}

/** By the whole of YAML; null where it is none, or no one document. */
function fully(text: string, dialect: Dialect): Read | null {
  const { from, to } = whole(text)
  const parsed = parseChunk(chunkOf(text, { from, to, linesBefore: 0 }))
  if (parsed.status === 'mistaken') return null
  const weight = { values: 0, characters: 0 }
  const { chunk, events } = parsed
  const composition = compose(events, chunk.text, { dialect, budget: weight })
  if (composition.status === 'mistaken') return null
  const [value = null, ...others] = composition.documents
  return others.length > 0 ? null : { value, weight }
}

const lines = (...each: readonly string[]): string => `${each.join('\n')}\n`

const plain: readonly (readonly [string, string])[] = [
  ['a mapping in a mapping', lines('a:', '  b: c', '  d: 1', 'e: yes')],
  ['a list below its key, and one as far left as its key', lines('a:', '  - b', 'c:', '- d')],
  ['mappings in a list, and lists in a list', lines('- a: 1', '  b: 2', '- - c', '  - d', '-', '  e: f')],
  ['what has no value', lines('a:', 'b:', '  -', '  - c:', 'd: {}', 'e: []')],
  ['comments and empty lines', lines('# one', 'a: b # two', '', '  # three', 'c: # four', '  d: e#f')],
  ['a marker above', lines('--- # first', '', 'a: b')],
  ['words that look like something else', lines('a: :8080', 'b: -x', 'c: http://d', 'e: f:g', 'h: ?i', 'j: x # y')],
  ['words that go on below', lines('a: one', '  two', '    three ', 'b:', '  four', '  five', '- x'.slice(0, 0))],
  ['quotes', lines('a: "b: c # d"', "e: 'f \\ g'", '"h i": j', "'k': l", '"": m')],
  ['escapes', lines('a: "b\\n\\"c\\"\\\\"', '"d\\te": f', "'g''h': 'i''j'''", 'k: ["l\\"", "m"]')],
  ['quotes that go on below', lines("a: 'one  ", "  two ''three''", "    four' # five", 'b: "  six', '  seven "', '- x'.slice(0, 0))],
  ['escapes and empty lines in quotes that go on below', lines('a: "b\\n  ', '', '  c\\', '  \\ d\\\\"', "e: 'f", '', '', "  g\\'", 'h: "\\u2013\\ud83d\\ude00"')],
  ['brackets that go on below', lines('a: [b, # c', '  "d",', '', '  # e', '    f', '  ]', 'g: {', '  h: i,', "  j: [ 'k'", '  ] }', 'l:', '- [m,', '  n]')],
  ['folded texts', lines('a: >', '  b', '  c', '', '  d', '', '', 'e: >-', '', '   f', '   # g', 'h: >+', '  i', '', 'j:', '- >2-', '   k'.slice(1))],
  ['block texts that say how far they are indented', lines('a: |2-', '', '    b', '  c', 'd:', '  e: |1', '    f', '  g: |4+', '      h', '')],
  ['brackets', lines('a: [b, "c, d", 1, [e]]', 'f: { g: h, "i":  [], j: k:l }', 'm: [-1, n-o] # p')],
  ['literal texts', lines('a: |', '  b', '    c', '', '  # d', 'e: |-', '', '    f', '', 'g: |+', ' h', '', '', 'i:', '- |', '  j')],
  ['a text that ends without a line break', 'a: |\n  b\n  c'],
  ['numbers and words of the dialect', lines('a: 017', 'b: 1_000', 'c: 0x1F', 'd: on', 'e: ~', 'f: -0', 'g: 1e3', 'h: 1.', 'i: 2024-01-02')],
  ['keys that every object has', lines('valueOf: a', 'toString: b')],
  ['letters of other tongues', lines('a: größer — 日本 🟢')],
] // prettier-ignore

const notPlain: readonly (readonly [string, string])[] = [
  ['an anchor', lines('a: &b c')],
  ['an alias', lines('a: *b')],
  ['a tag', lines('a: !!str 1')],
  ['a merge', lines('<<: {a: b}')],
  ['an escape that JSON does not know', lines('a: "b\\x41"')],
  ['a quote that goes on as far left as its key', lines('a: "b', 'c"')],
  ['a folded text with a line that is indented further', lines('a: >', '  b', '    c')],
  ['a block text that says twice how it ends', lines('a: |-+', '  b')],
  ['a block text that says how it ends before how far it is indented', lines('a: |-2', '  b')],
  ['a block text with a word behind its mark', lines('a: | # b', '  c')],
  ['an escaped end of a line above an empty one', lines('a: "b\\', '', '  c"')],
  ['an escaped blank at the end of a line', lines('a: "b\\ ', '  c"')],
  ['half a character as an escape', lines('a: "\\ud83d"')],
  ['a bracket that goes on as far left as its key', lines('a: [b,', 'c]')],
  ['a bracket that never closes', lines('a: [b,', '  c', 'd: e')],
  ['a word in brackets that goes on below', lines('a: [b', '  c]')],
  ['a quote in brackets that goes on below', lines('a: ["b', '  c"]')],
  ['a key that is a number to the dialect', lines('1: a')],
  ['the key of a prototype', lines('__proto__: a')],
  ['a key that stands twice', lines('a: 1', 'a: 2')],
  ['a tab', lines('a:\tb')],
  ['a carriage return', 'a: b\r\n'],
  ['a character that does not print', lines('a: \u0007')],
  ['half a character', lines('a: \ud800')],
  ['a directive', lines('%YAML 1.2', '---', 'a: b')],
  ['an end marker', lines('a: b', '...')],
  ['a document of one word', lines('a')],
  ['a document of a literal text', lines('|', 'a')],
  ['a document of nothing', lines('# a')],
  ['a mistake of indentation', lines('a: b', '  c: d')],
  ['a colon in a word', lines('a: b: c')],
  ['a comment within words', lines('a: b', '  # c', '  d')],
  ['a blank line within words', lines('a: b', '', '  c')],
  ['a line of blanks in a literal text', lines('a: |', '  b', ' ', '  c')],
  ['infinity', lines('a: .inf')],
]

/** Every pointer into a value, and for each value one that leads to nothing below it. */
function pointersInto(value: Json, pointer: string = ''): readonly string[] {
  const missing = `${pointer}/no such member`
  if (typeof value !== 'object' || value === null) return [pointer, missing]
  const members = isList(value)
    ? value.map((item, at) => [at, item] as const)
    : Object.entries(value)
  const below = members.flatMap(([step, member]) =>
    pointersInto(member, `${pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )
  return [pointer, missing, ...below]
}

/** Where each pointer into a text leads that is read at once, but for those that lead into brackets. */
function placesIn(text: string): readonly (readonly [string, number])[] {
  const value = plainly(text, 'kubernetes')?.value ?? null
  if (value === null) return []
  const places = plainPlaces(whole(text), 'kubernetes')
  return pointersInto(value).flatMap((pointer) => {
    const offset = places(pointer)
    return offset === null ? [] : [[pointer, offset] as const]
  })
}

/** Where such a pointer leads by the events of the whole of YAML. */
function offsetByEvents(text: string): (pointer: string) => number {
  const parsed = parseChunk(chunkOf(text, { ...whole(text), linesBefore: 0 }))
  const events = parsed.status === 'parsed' ? parsed.events : []
  const source = eventSource(events, parsed.chunk.text, 'kubernetes')
  return (pointer) => offsetIn(source, 0, pointer)
}

function expectSamePlaces(text: string): void {
  const places = placesIn(text)
  if (places.length === 0) return
  const offsetOf = offsetByEvents(text)
  expect(places).toStrictEqual(places.map(([pointer]) => [pointer, offsetOf(pointer)]))
}

describe.each(dialects)('%s', (dialect) => {
  test.each(plain)('%s: read at once, as by the whole of YAML', (_, text) => {
    expect(plainly(text, dialect)).not.toBeNull()
    expect(plainly(text, dialect)).toStrictEqual(fully(text, dialect))
  })

  test.each(notPlain)('%s: left to the whole of YAML', (name, text) => {
    const isKubernetes = dialect === 'kubernetes'
    if (name === 'a key that is a number to the dialect' && !isKubernetes) return
    expect(plainly(text, dialect)).toBeNull()
  })

  test('whatever is read at once is read so by the whole of YAML, and weighs the same', () => {
    fc.assert(
      fc.property(scribbled, (text) => {
        const read = plainly(text, dialect)
        if (read !== null) expect(read).toStrictEqual(fully(text, dialect))
      }),
      { numRuns: runs },
    )
  })
})

/** Pieces of YAML as they come: right ones, and what only looks like one. */
const pieces = ["''", '\\"', '\\n', '\\x41', 'a', 'b: ', 'c:', '- ', '-', 'd', ' ', '  ', '\n', '\n', '\n', '\n  ', '\n    ', '\n- ', '\n  - ', '"e"', "'f'", '# g', ' # h', '|', '|-', '|+', '|2-', '>-', '>1', '\\ ', '\\\n', '\\u2013', '\n\n', '[i, j]', '{k: l}', '[', ']', '{', '}', ',', ', ', ':', ': ', 'yes', '012', '~', '1', '.5', '...', '---', '&m', '*m', '!n', '<<', '>', '? ', '%', 'o:p', '"', "'", '\\', '__proto__', 'null', '\t', '\r\n', '–'] // prettier-ignore
const noise = fc.array(fc.constantFrom(...pieces), { maxLength: 24 }).map((each) => each.join(''))
const change = fc.record({
  at: fc.nat({ max: 80 }),
  cut: fc.nat({ max: 3 }),
  put: fc.constantFrom('', ...pieces),
})
const changed = fc
  .tuple(fc.constantFrom(...plain, ...notPlain), fc.array(change, { maxLength: 4 }))
  .map(([[, text], changes]) =>
    changes.reduce((now, { at, cut, put }) => now.slice(0, at) + put + now.slice(at + cut), text),
  )
const scribbled = fc.oneof(noise, changed)

describe('places', () => {
  test.each(plain)('%s: each pointer leads where the events lead', (_, text) => {
    expect(placesIn(text).length).toBeGreaterThan(2)
    expectSamePlaces(text)
  })

  test('into brackets the events must lead', () => {
    const places = plainPlaces(whole(lines('a: {b: c}', 'd: [e]')), 'kubernetes')
    expect(['/a', '/a/b', '/d/0', '/f'].map(places)).toStrictEqual([0, null, null, 0])
  })

  test('whatever is read at once, each pointer leads where the events lead', () => {
    fc.assert(fc.property(scribbled, expectSamePlaces), { numRuns: runs })
  })
})

test('a long text is read at once; one with more values than a document may have is left to the whole of YAML', () => {
  const reading = (text: string) =>
    readPlain(whole(text), 'kubernetes', { values: 0, characters: 0 })
  const long = 'x'.repeat(limits.separators + 1)
  expect(reading(`a: ${long}\n`)).toStrictEqual({ a: long })
  expect(reading(`a: [${'1,'.repeat(limits.separators)}1]\n`)).toBeNull()
})

test('a bound of the file is left to the whole of YAML, and nothing is counted', () => {
  const budget = { values: 999_999, characters: 0 }
  expect(readPlain(whole(lines('a: b')), 'kubernetes', budget)).toBeNull()
  expect(budget).toStrictEqual({ values: 999_999, characters: 0 })
})

test('a part of a text is read as if it stood alone', () => {
  const text = lines('a: |', '  b', '---', 'c:', '  - d', '---', 'e: f')
  const values = [...chunksOf(text)].map(({ from, to }) =>
    readPlain({ text, from, to }, 'kubernetes', { values: 0, characters: 0 }),
  )
  expect(values).toStrictEqual([{ a: 'b\n' }, { c: ['d'] }, { e: 'f' }])
})
