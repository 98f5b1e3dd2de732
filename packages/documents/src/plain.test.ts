import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '@writ/domain'
import { compose, type Budget } from './compose.ts'
import { parseChunk } from './parse.ts'
import { readPlain } from './plain.ts'
import type { Dialect } from './scalars.ts'
import { chunkOf, chunksOf } from './stream.ts'

type Read = { readonly value: Json; readonly weight: Budget }

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
  ['brackets', lines('a: [b, "c, d", 1, [e]]', 'f: { g: h, "i":  [], j: k:l }', 'm: [-1, n-o] # p')],
  ['literal texts', lines('a: |', '  b', '    c', '', '  # d', 'e: |-', '', '    f', '', 'g: |+', ' h', '', '', 'i:', '- |', '  j')],
  ['a text that ends without a line break', 'a: |\n  b\n  c'],
  ['numbers and words of the dialect', lines('a: 017', 'b: 1_000', 'c: 0x1F', 'd: on', 'e: ~', 'f: -0', 'g: 1e3', 'h: 1.', 'i: 2024-01-02')],
  ['keys that every object has', lines('valueOf: a', 'toString: b')],
  ['letters of other tongues', lines('a: größer — 日本')],
] // prettier-ignore

const notPlain: readonly (readonly [string, string])[] = [
  ['an anchor', lines('a: &b c')],
  ['an alias', lines('a: *b')],
  ['a tag', lines('a: !!str 1')],
  ['a merge', lines('<<: {a: b}')],
  ['a folded text', lines('a: >', '  b')],
  ['an escape that JSON does not know', lines('a: "b\\x41"')],
  ['an escape at the end of a line', lines('a: "b\\', '  c"')],
  ['an escape in a quote that goes on below', lines('a: "b\\n', '  c"')],
  ['a blank line in quotes', lines('a: "b', '', '  c"')],
  ['a quote that goes on as far left as its key', lines('a: "b', 'c"')],
  ['a bracket that goes on below', lines('a: [b,', '  c]')],
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
] // prettier-ignore

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
      { numRuns: Number(process.env['RUNS'] ?? 20_000) },
    )
  })
})

/** Pieces of YAML as they come: right ones, and what only looks like one. */
const pieces = ["''", '\\"', '\\n', '\\x41', 'a', 'b: ', 'c:', '- ', '-', 'd', ' ', '  ', '\n', '\n', '\n', '\n  ', '\n    ', '\n- ', '\n  - ', '"e"', "'f'", '# g', ' # h', '|', '|-', '|+', '\n\n', '[i, j]', '{k: l}', '[', ']', '{', '}', ',', ', ', ':', ': ', 'yes', '012', '~', '1', '.5', '...', '---', '&m', '*m', '!n', '<<', '>', '? ', '%', 'o:p', '"', "'", '\\', '__proto__', 'null', '\t', '\r\n', '–'] // prettier-ignore
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
