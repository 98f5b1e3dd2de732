import { describe, expect, test } from 'vitest'
import { lintRego } from './lints.ts'

const lint = (body: string, path: string = 'deploy/x.rego'): readonly string[] =>
  lintRego({ path, text: `package deploy.x\n\n${body}` }).map(
    ({ pointer, message }) => `${pointer} ${message}`,
  )

const silentWords =
  'is undefined on bad input, and the rule would pass: call a function of lib/ that has an else branch'
const searchWords = 'never ends on an empty search: give it a literal text that is not empty'

describe('what may not stand in a rule', () => {
  const cases: readonly [string, string][] = [
    ['x := sprintf("%d", [1])', 'sprintf may not be used: write a template string, $"… {value} …"'],
    ['x := $"{sprintf("%d", [1])}"', 'sprintf may not be used: write a template string, $"… {value} …"'],
    ['x := time.now_ns()', 'time.now_ns may not be used: a decision must replay: read input.now'],
    ['x if to_number(input.a) > 1', `to_number ${silentWords}`],
    ['x := input.a / 2', `/ ${silentWords}`],
    ['x if regex.match("a", input.a)', `regex.match ${silentWords}`],
    ['x := replace(input.a, "", "b")', `replace ${searchWords}`],
    ['x := replace(input.a, input.b, "b")', `replace ${searchWords}`],
    ['x := replace(f(input.a, "b"), $"{input.b}", "b")', `replace ${searchWords}`],
    ['x := strings.replace_n({"a": "b", "": "c"}, "a")', `strings.replace_n ${searchWords}`],
    ['x := strings.replace_n(patterns, "a")', `strings.replace_n ${searchWords}`],
  ] // prettier-ignore
  test.each(cases)('%s', (body, expected) => {
    expect(lint(body)).toEqual([expect.stringContaining(expected)])
  })
})

describe('what may', () => {
  test.each([
    'x := "sprintf(" # sprintf(1)',
    'x := `to_number(` ',
    'x := $"sprintf( / {input.a}"',
    'x := replace(input.a, "a", "")',
    'x := replace(replace(input.a, "a", "b"), "c", input.d)',
    'x := strings.replace_n({"a": "", "b": "a, b"}, input.a)',
    'x := input.list[0].sprintf',
    'x := input.to_number',
    'import data.lib.regex\n\nx if regex.match(input.a)',
  ])('%s', (body) => {
    expect(lint(body)).toEqual([])
  })
})

describe('in lib/, what fails in silence needs a way out', () => {
  const cases: readonly [string, string, boolean][] = [
    ['none', 'number(x) := to_number(x)', false],
    ['an else branch', 'number(x) := to_number(x)\n\nelse := 0', true],
    ['an else branch behind a brace', 'number(x) := y if {\n\ty := to_number(x)\n} else := 0', true],
    ['a default', 'default number(_) := 0\n\nnumber(x) := to_number(x)', true],
    ['the else branch of another', 'number(x) := to_number(x)\n\nother(x) := 1 if x\n\nelse := 0', false],
  ] // prettier-ignore
  test.each(cases)('%s', (_, body, isRight) => {
    expect(lint(body, 'lib/x.rego').length === 0).toBe(isRight)
  })
})

test('a mistake is told at its line and column', () => {
  expect(lint('x if {\n\ty := time.now_ns()\n}')).toEqual([
    expect.stringMatching(/^deploy\/x\.rego:4:7 /),
  ])
})
