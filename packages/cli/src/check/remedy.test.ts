import { expect, test } from 'vitest'
import { remedyMarkdown, remedyParts } from './remedy.ts'

const cases: readonly (readonly [string, string, readonly (readonly ['words' | 'code', string])[]])[] = [
  ['a sentence', 'Remove it.', [['words', 'Remove it.']]],
  ['nothing', '', []],
  ['lines to write', 'Write:\n\n  a:\n    b: 1\n\nThen push.', [['words', 'Write:'], ['code', 'a:\n  b: 1'], ['words', 'Then push.']]],
  ['lines with an empty one among them', 'Write:\n\n  a: 1\n\n  b: 2', [['words', 'Write:'], ['code', 'a: 1\n\nb: 2']]],
  ['lines without an empty one before them', 'Remove the line\n  a: 1', [['words', 'Remove the line'], ['code', 'a: 1']]],
  ['two paragraphs', 'One.\n\nTwo,\nand more.', [['words', 'One.\n\nTwo, and more.']]],
] // prettier-ignore
test.each(cases)('%s', (_, text, parts) => {
  expect(remedyParts(text).map(({ kind, text: own }) => [kind, own])).toEqual(parts)
})

test('as Markdown, only the lines to write and what stands between backticks are markup', () => {
  const text = 'Write <b> and `a*b` for [x](y):\n\n  run: echo ``` `x`'
  expect(remedyMarkdown(text)).toBe(
    'Write &lt;b> and <code>a\\*b</code> for \\[x\\]\\(y\\):\n\n````\nrun: echo ``` `x`\n````',
  )
})
