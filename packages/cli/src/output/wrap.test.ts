import { expect, test } from 'vitest'
import { fitted, wrapped } from './wrap.ts'

const cases: readonly (readonly [string, string, string])[] = [
  ['what fits stays', '  One two', '  One two'],
  ['words go below where the text began', '  One two three four five', '  One two three\n  four five'],
  ['so they do behind a name', '  fix     Write one two', '  fix     Write\n          one two'],
  ['a word that fits nowhere stays whole', 'a /very/long/path/of/a/file b', 'a\n/very/long/path/of/a/file\nb'],
  ['the sentences of a fix are joined first', '    fix     a b\n            c d\n\n              x: 1\n\n            e\n            f\n    rule    a b c d e f', '    fix     a b c\n            d\n\n              x: 1\n\n            e f\n    rule    a b c\n            d e f'],
  ['other lines are not', '    asked   a\n            b', '    asked   a\n            b'],
  ['code stays whole', '              runAsNonRoot: true', '              runAsNonRoot: true'],
  ['a command stays whole', '   writ waiver grant --rule a.b.c --reason d', '   writ waiver grant --rule a.b.c --reason d'],
  ['colours take no room', '\u001b[31mOne two three\u001b[0m', '\u001b[31mOne two three\u001b[0m'],
  ['empty lines stay', 'a\n\nb', 'a\n\nb'],
] // prettier-ignore
test.each(cases)('%s', (_, text, lines) => {
  expect(wrapped(text, 17)).toBe(lines)
})

test('what goes to a file or a program stays as it is, and no line is wider than can be read', () => {
  const text = 'word '.repeat(100).trim()
  const widthOn = (desk: Parameters<typeof fitted>[1]) =>
    Math.max(
      ...fitted(text, desk)
        .split('\n')
        .map((line) => line.length),
    )
  expect(widthOn({ outIsTerminal: false })).toBe(text.length)
  expect(widthOn({ outIsTerminal: true, outColumns: 40 })).toBeLessThanOrEqual(40)
  expect(widthOn({ outIsTerminal: true, outColumns: 400 })).toBeLessThanOrEqual(120)
})
