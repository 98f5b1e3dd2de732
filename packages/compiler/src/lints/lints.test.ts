import { describe, expect, test } from 'vitest'
import { lintRego, lintsOf, regoLints } from './lints.ts'

const lint = (body: string, path: string = 'deploy/x.rego'): readonly string[] =>
  lintRego({ path, text: `package deploy.x\n\n${body}` }).map(
    ({ pointer, message }) => `${pointer} ${message}`,
  )

const silentWords =
  'is undefined on bad input, and the rule would pass: call a function of lib/ that has an else branch'
const searchWords = 'searches for an empty text: say what it is to search for'

describe('what may not stand in a rule', () => {
  const cases: readonly [string, string][] = [
    ['x := sprintf("%d", [1])', 'sprintf may not be used: write a template string, $"… {value} …"'],
    [
      'x := $"{sprintf("%d", [1])}"',
      'sprintf may not be used: write a template string, $"… {value} …"',
    ],
    ['x := time.now_ns()', 'time.now_ns may not be used: a decision must replay: read input.now'],
    ['x if to_number(input.a) > 1', `to_number ${silentWords}`],
    ['x := input.a / 2', `/ ${silentWords}`],
    ['x if regex.match("a", input.a)', `regex.match ${silentWords}`],
    ['x := replace(input.a, "", "b")', `replace ${searchWords}`],
    ['x := replace(f(input.a, "b"), "", "b")', `replace ${searchWords}`],
    ['x := strings.replace_n({"a": "b", "": "c"}, "a")', `strings.replace_n ${searchWords}`],
  ]
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
    'x := strings.replace_n(patterns, "a")',
    'x := replace(input.a, input.b, "")',
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

const found = (body: string): readonly string[] =>
  lintsOf({ path: 'x.rego', text: `# METADATA\n# title: X\npackage x\n\n${body}` }, regoLints).map(
    ({ lint }) => lint,
  )

const table = (size: number, value: string = '1'): string =>
  `{${Array.from({ length: size }, (_, at) => `"${at}": ${value}`).join(', ')}}`
const family = (size: number): string =>
  Array.from({ length: size }, (_, at) => `a if input.x == "${at}"`).join('\n\n')

describe('what is said of any Rego, and what is not', () => {
  const rows: readonly [string, string, string | null][] = [
    ['a set in an order', 'x := concat(",", {"a", "b"})', 'hash-order'],
    ['a set that a rule gathers', 's contains y if some y in input.l\n\nx := concat(",", s)', 'hash-order'],
    ['a set that the rule itself gathers', 'x := y if {\n\ts := {z | some z in input.l}\n\ty := concat(",", s)\n}', 'hash-order'],
    ['a set that a function gives', 'f(l) := {z | some z in l}\n\nx := json.marshal(f(input.l))', 'hash-order'],
    ['an array made of an object’s keys', 'o := {"a": 1}\n\nx := concat(",", [k | some k, _ in o])', 'hash-order'],
    ['an array made of a partial object', 'o[k] := 1 if some k in input.l\n\nx := [v | v := o[_]][0]\n\ny := z[0]\n\nz := [k | some k, _ in o]', 'hash-order'],
    ['an array made by walk', 'x := concat(",", [v | walk(input, [_, v])])', 'hash-order'],
    ['the slice of keys', 'x := array.slice([k | some k in object.keys(input.o)], 0, 1)', 'hash-order'],
    ['a sorted set', 'x := concat(",", sort({"a", "b"}))', null],
    ['an array of an array', 'x := concat(",", [y | some y in input.l])', null],
    ['an array that is only gone through', 'x if {\n\tsome y in [z | some z in {"a"}]\n\ty == input.y\n}', null],
    ['a set that another name shadows', 's contains 1\n\nx := y if {\n\ts := ["a"]\n\ty := concat(",", s)\n}', null],
    ['an object that is empty', 'x := concat(",", {})', null],
    ['a whole object in a member', 'p contains {"it": d} if {\n\tsome d in input.docs\n\td.bad\n}', 'document-in-set'],
    ['a whole object in a comprehension', 'x := count({d | some d in input.docs; d.bad})', 'document-in-set'],
    ['what tells it apart', 'p contains d.id if {\n\tsome d in input.docs\n\td.bad\n}', null],
    ['what a function makes of it', 'p contains f(d) if {\n\tsome d in input.docs\n\td.bad\n}', null],
    ['what a template makes of it', 'p contains $"{d}" if {\n\tsome d in input.docs\n\td.bad\n}', null],
    ['a text', 'p contains d if {\n\tsome d in input.names\n\tstartswith(d, "a")\n}', null],
    ['more than fifty constants', `x := ${table(26)}[input.x]`, 'rebuilt-constant'],
    ['fifty constants', `x := ${table(25)}[input.x]`, null],
    ['a large table that is none of constants', `x := ${table(60, 'input.y')}[input.x]`, null],
    ['six rules alike', family(6), 'rules-as-data'],
    ['five rules alike', family(5), null],
  ] // prettier-ignore
  test.each(rows)('%s', (_, body, lint) => {
    expect(new Set(found(body))).toEqual(new Set(lint === null ? [] : [lint]))
  })
})
