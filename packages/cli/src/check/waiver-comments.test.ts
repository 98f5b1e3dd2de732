import { expect, test } from 'vitest'
import { waiverCommentsIn } from './waiver-comments.ts'

const rangesIn = (text: string, format = 'kubernetes') =>
  waiverCommentsIn({ path: 'x', bytes: new TextEncoder().encode(text) }, format).map(
    ({ from, to }) => [from, to],
  )

const mark = '# writ:ignore a.b because'

const yaml: readonly [string, readonly string[], readonly [number, number]][] = [
  ['behind a value: that line', ['a: 1', `b: 2 ${mark}`, 'c: 3'], [2, 2]],
  ['behind a key: what the key holds', ['a: 1', `b: ${mark}`, '  c: 3', 'd: 4'], [2, 3]],
  ['above a key: the key and what it holds', ['a:', '  x: 1', `  ${mark}`, '  b:', '    c: 3', '', '    d: 4', '  e: 5'], [4, 7]],
  ['above a key whose list stands as far left', ['a:', `  ${mark}`, '  b:', '  - 1', '  - 2', '  c: 3'].toSpliced(1, 0, '  z: 1'), [4, 6]],
  ['above an item: the whole item', ['a: 1', 'b:', `  ${mark}`, '  - name: x', '    y: 1', '  - name: z'], [4, 5]],
  ['above the first line: the whole document', [mark, '# more', 'a: 1', 'b:', '  c: 1', '---', 'd: 1'], [3, 5]],
  ['above the first line of a later document', ['a: 1', '---', mark, 'b: 1', 'c: 1', '...'], [4, 5]],
  ['before the line of dashes', [mark, '---', 'a: 1', 'b: 1'], [3, 4]],
  ['the last line: itself', ['a: 1', mark], [2, 2]],
] // prettier-ignore

test.each(yaml)('in YAML, %s', (_, lines, range) => {
  expect(rangesIn(lines.join('\n'))).toEqual([range])
  expect(rangesIn(lines.join('\r\n'))).toEqual([range])
})

const dockerfile: readonly [string, readonly string[], readonly [number, number]][] = [
  ['above an instruction: all of its lines', ['FROM a', mark, 'RUN b \\', '  # more', '  c', 'USER d'], [3, 5]],
  ['inside an instruction: the rest of it', ['FROM a', 'RUN b \\', mark, '  c \\', '  d', 'USER e'], [4, 5]],
  ['above a text: to its end', ['FROM a', mark, 'RUN <<END', 'b', 'c', 'END', 'USER d'], [3, 6]],
  ['above the first instruction: that only', [mark, 'FROM a', 'USER d'], [2, 2]],
] // prettier-ignore

test.each(dockerfile)('in a Dockerfile, %s', (_, lines, range) => {
  expect(rangesIn(lines.join('\n'), 'dockerfile')).toEqual([range])
})

const words: readonly [string, string | null, string?][] = [
  ['# writ:ignore a.b because of this', 'a.b', 'because of this'],
  ['#writ:ignore   a.b\tbecause ', 'a.b', 'because'],
  ['# writ:ignore a.b', 'a.b', ''],
  ['# writ:ignore', '', ''],
  ['# writ:ignored a.b c', null],
  ['# writ:ignore-file a.b c', null],
  ['x#writ:ignore a.b c', null],
]

test.each(words)('%j names the rule %j', (text, rule, reason) => {
  const found = waiverCommentsIn(
    { path: 'x', bytes: new TextEncoder().encode(`a: 1\n${text}`) },
    'kubernetes',
  )
  expect(found.map((one) => [one.rule, one.reason])).toEqual(rule === null ? [] : [[rule, reason]])
})
