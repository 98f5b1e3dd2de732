import { describe, expect, test } from 'vitest'
import { limits, readDocuments, type FileReading } from './index.ts'

const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n'

function read(text: string, path = 'a.yaml'): FileReading {
  return readDocuments({ path, bytes: new TextEncoder().encode(text) })
}

function mistakeOf(reading: FileReading): string {
  if (reading.status !== 'broken') return reading.status
  return `${reading.line}:${reading.column} ${reading.message}`
}

describe('a recognised file that is wrong is broken, and says where and how to mend it', () => {
  const cases: readonly [string, string, string][] = [
    ['a bracket left open', `${pod}spec: [1\n`, '5:1 a bracket or brace is opened and never closed'],
    ['a tab', `${pod}spec:\n\tx: 1\n`, '5:1 a tab is used to indent: use spaces'],
    ['a quote left open', `${pod}x: "a\n`, '5:1 a quote is opened and never closed'],
    ['a list left open at the end', `${pod}x: [a,`, '4:7 a bracket or brace is opened and never closed'],
    ['a quote left open at the end', `${pod}x: "a`, '4:6 a quote is opened and never closed'],
    ['a torn indentation', `${pod}spec:\n    a: 1\n   b: 2\n`, '6:4 the indentation does not fit the lines above: align the key with its siblings, or quote the value'],
    ['a colon in a plain value', `${pod}x: a: b\n`, '4:5 the indentation does not fit the lines above: align the key with its siblings, or quote the value'],
    ['a line that is no pair', `${pod}spec\n`, '5:1 this line is no “key: value”: indent it under its key, or quote the text'],
    ['a key twice', `${pod}spec:\n  a: 1\n  a: 2\n`, '6:3 the key “a” stands twice in one mapping: keep one'],
    ['a list twice, though the same', `${pod}spec:\n  a: [1]\n  a: [1]\n`, '6:3 the key “a” stands twice in one mapping: keep one'],
    ['a key twice, once as a number', `${pod}spec: {1: a, "1": b}\n`, '4:15 the key “1” stands twice in one mapping: keep one'],
    ['a key twice, in JSON', '{"apiVersion": "v1", "kind": "Pod", "kind": "Job"}', '1:38 the key “kind” stands twice in one mapping: keep one'],
    ['a null key', `${pod}~: 1\n`, '4:1 a key is empty: give it a name, or quotes'],
    ['a list as a key', `${pod}[a]: 1\n`, '4:1 a key is a list or a mapping: a key must be a text'],
    ['an unknown alias', `${pod}x: *y\n`, '4:5 the alias *y has no anchor &y'],
    ['an alias of another document', `x: &x 1\n---\n${pod}y: *x\n`, '6:5 the alias *x has no anchor &x'],
    ['an alias inside its anchor', `${pod}x: &x [*x]\n`, '4:9 the alias *x stands inside its own anchor'],
    ['no number of JSON', `${pod}x: .inf\n`, '4:4 .inf is not a number that JSON can hold: use a finite one, or quotes'],
    ['half a character', `${pod}x: "\\ud800"\n`, '4:5 an escape stands for half a character: write both halves'],
    ['binary by tag', `${pod}x: !!binary aGk=\n`, '4:13 the tag !!binary does not fit “aGk=”: leave it out'],
    ['a set', `${pod}x: !!set {a, b}\n`, '4:10 the tag !!set is not read here: leave it out'],
    ['a tag of one\'s own making', `%TAG !e! tag:e,2000:\n---\n${pod}`, '1:1 a %TAG directive is not read: write each tag out'],
    ['a tag of a merge on something else', `${pod}!!merge a: b\n`, '4:9 the tag !!merge does not fit “a”: leave it out'],
    ['a merge of a text', `${pod}x: {<<: a}\n`, '4:5 << takes a mapping, or a list of mappings'],
    ['a merge of a list of texts', `${pod}x: {<<: [a]}\n`, '4:5 << takes a mapping, or a list of mappings'],
    ['a merge that kubectl reads otherwise', `${pod}x: &x {a: 1}\ny:\n  a: 2\n  <<: *x\n`, '7:3 << comes after “a”, which it sets too: put << first'],
    ['two merges', `${pod}x: &x {a: 1}\ny:\n  <<: *x\n  <<: *x\n`, '7:3 the key “<<” stands twice in one mapping: keep one'],
    ['a line break for some', `${pod}# a\u2028x: 1\n`, '4:4 some readers take this character (U+0085, U+2028 or U+2029) for a line break: write it as an escape'],
    ['a name that is no text', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: 123\n', '4:3 metadata.name is no text: put it in quotes'],
    ['metadata that is no mapping', 'apiVersion: v1\nkind: Pod\nmetadata: web\n', '3:1 metadata is no mapping'],
    ['in the second document', `${pod}---\n${pod}x: [\n`, '9:1 a bracket or brace is opened and never closed'],
    ['braces in quotes or comments do not make it a template', `${pod}a: "{{ x }}" # {{ y }}\nb: '{{ z }}'\n# {{ w }}\nx: *y\n`, '7:5 the alias *y has no anchor &y'],
    ['no key at all', `${pod}spec:\n  : 1\n`, '5:5 a key is empty: give it a name, or quotes'],
    ['with CRLF', `${pod}x: *y\n`.replaceAll('\n', '\r\n'), '4:5 the alias *y has no anchor &y'],
  ] // prettier-ignore
  test.each(cases)('%s', (_, text, expected) => expect(mistakeOf(read(text))).toBe(expected))

  test('every document that is wrong is named, and none is used', () => {
    const reading = read(`${pod}---\n${pod}x: *a\n---\n${pod}x: *b\n`)
    expect(reading).toMatchObject({ status: 'broken', line: 8, others: [{ line: 13 }] })
    expect(reading).not.toHaveProperty('documents')
  })

  test('standard input must be readable', () => {
    expect(read('a: [1\n', '-')).toMatchObject({ status: 'broken', format: null })
  })
})

describe('a file among the workflows is one, even when it is wrong', () => {
  const path = '.github/workflows/ci.yml'
  const cases: readonly [string, string, string][] = [
    ['no jobs', 'on: push\n', '1:1 a workflow needs the keys “on” and “jobs”, and “jobs” is a mapping'],
    ['a list', '- a\n', '1:1 a workflow needs the keys “on” and “jobs”, and “jobs” is a mapping'],
    ['broken', 'on: push\njobs: [\n', '3:1 a bracket or brace is opened and never closed'],
    ['braces do not make it a template', 'on: push\njobs: {{ x }}\n', '2:8 a key is a list or a mapping: a key must be a text'],
  ] // prettier-ignore
  test.each(cases)('%s', (_, text, expected) => expect(mistakeOf(read(text, path))).toBe(expected))

  test('binary', () => {
    const reading = readDocuments({ path, bytes: Uint8Array.of(0, 1, 2) })
    expect(mistakeOf(reading)).toBe('1:1 the file is binary: a workflow is a text')
  })
})

describe('a recognised file that is not UTF-8 says so', () => {
  test('UTF-16', () => {
    const wide = Uint8Array.from([0xff, 0xfe, ...Buffer.from(pod, 'utf16le')])
    const reading = readDocuments({ path: 'a.yaml', bytes: wide })
    expect(mistakeOf(reading)).toBe('1:1 the file is UTF-16; only UTF-8 is read: save it as UTF-8')
  })

  test('a torn byte', () => {
    const torn = Uint8Array.from([...Buffer.from(`${pod}x: `), 0xe9, 0x0a])
    const reading = readDocuments({ path: 'a.yaml', bytes: torn })
    expect(mistakeOf(reading)).toBe('4:1 the file is not UTF-8 from this line on: save it as UTF-8')
  })

  test('a picture is none of ours', () => {
    const wide = Uint8Array.from([0xff, 0xfe, 0x10, 0x20])
    expect(readDocuments({ path: 'a.yaml', bytes: wide }).status).toBe('unknown')
  })
})

describe('a bound that is met is named, at once, also in a file of no format', () => {
  const bomb = (last: string) =>
    [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...Array.from({ length: 9 }, (_, at) => {
        const [name, before] = ['bcdefghij'.charAt(at), 'abcdefghi'.charAt(at)]
        return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`
      }),
      last,
    ].join('\n')
  const mergeBomb = [
    'm0: &m0 {k0: 1}',
    ...Array.from(
      { length: 30 },
      (_, at) =>
        `m${at + 1}: &m${at + 1} {k${at + 1}: {<<: [*m${at}, *m${at}]}, j: *m${at}, l: *m${at}}`,
    ),
  ].join('\n')
  const long = `x: &x "${'x'.repeat(100_000)}"\n${Array.from({ length: 200 }, (_, at) => `y${at}: *x`).join('\n')}\n`
  const chain = `a0: &a0 [1]\n${Array.from({ length: 80 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}]`).join('\n')}\n`
  const cases: readonly [string, string, string][] = [
    ['a bomb of aliases', `${pod}${bomb('')}`, `more than ${limits.values} values`],
    ['a bomb without a format', bomb(''), `more than ${limits.values} values`],
    ['a bomb in a merge', bomb('z: {<<: {y: *j}}'), `more than ${limits.values} values`],
    ['a bomb of merges', mergeBomb, `more than ${limits.values} values`],
    ['a long text, many times', long, `more than ${limits.characters} characters`],
    ['lists in lists', `x: ${'['.repeat(10_000)}${']'.repeat(10_000)}`, `deeper than ${limits.depth} levels`],
    ['lists in lists, never closed', '['.repeat(500_000), `deeper than ${limits.depth} levels`],
    ['deep dashes', '- '.repeat(5_000), `deeper than ${limits.depth} levels`],
    ['deep by aliases', chain, `deeper than ${limits.depth} levels`],
    ['too many documents', `${pod}---\n`.repeat(limits.documents + 1), `more than ${limits.documents} documents`],
    ['too many values', `x: [${'1,'.repeat(limits.separators + 1)}]`, 'split it'],
  ] // prettier-ignore
  test.each(cases)('%s', (_, text, message) => {
    const reading = read(text)
    expect(mistakeOf(reading)).toContain(message)
    expect(reading).toMatchObject({ status: 'broken', bound: true })
  })

  test('a file of more than 8 MB, if it may be one of ours', () => {
    const filler = `# ${'x'.repeat(limits.fileBytes)}\n`
    expect(mistakeOf(read(filler + pod))).toBe('1:1 the file is larger than 8 MB: split it')
    const plan = `{"format_version": "1.2", "terraform_version": "1.9.0", "x": "${filler}"}`
    expect(mistakeOf(read(plan, 'plan.json'))).toBe(
      "1:1 the file is larger than 8 MB: judge what it changes alone, as `jq '{format_version, resource_changes}' PLAN` prints it",
    )
    expect(read(filler, 'a.txt').status).toBe('unknown')
    expect(read(`{"x": "${filler}"}`, 'data.json').status).toBe('unknown')
  })

  test('as deep as may be is read', () => {
    const depth = limits.depth - 1
    expect(read(`${pod}x: ${'['.repeat(depth)}${']'.repeat(depth)}\n`).status).toBe('documents')
    expect(read(`${pod}x: ${'['.repeat(depth)}1${']'.repeat(depth)}\n`).status).toBe('documents')
  })
})
