import { json, type Malformed, type Sent } from './malformed.ts'

type Row = readonly [what: string, body: NonNullable<Sent['body']>, pointer: string]

const bytes = (...values: readonly number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values)
const nested = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)

const rows: readonly Row[] = [
  ['no body', '', ''],
  ['a body of spaces', '   ', ''],
  ['half an object', '{"kind": "deploy"', '/kind'],
  ['a trailing comma', '{"kind": "deploy",}', ''],
  ['single quotes', "{'kind': 'deploy'}", ''],
  ['a comment', '{} // hello', ''],
  ['two objects', '{}{}', ''],
  ['NaN', '{"context": {"a": NaN}}', '/context/a'],
  ['Infinity', '{"context": {"a": -Infinity}}', '/context/a'],
  ['hexadecimal', '{"a": 0x1}', '/a'],
  ['an unquoted name', '{kind: "deploy"}', ''],
  ['a raw line break in a string', '{"a": "\n"}', '/a'],
  ['a raw NUL in a string', '{"a": "\u0000"}', '/a'],
  ['an unknown escape', '{"a": "\\q"}', '/a'],
  ['half an escape', '{"a": "\\u12"}', '/a'],
  ['YAML', 'kind: deploy\n', ''],
  ['a form', 'kind=deploy', ''],
  ['XML', '<kind>deploy</kind>', ''],
  ['latin-1', bytes(0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d), ''],
  ['UTF-16', new Uint8Array(Buffer.from('\ufeff{}', 'utf16le')), ''],
  ['an overlong byte sequence', bytes(0x22, 0xc0, 0x80, 0x22), ''],
  ['a surrogate in UTF-8', bytes(0x22, 0xed, 0xa0, 0x80, 0x22), ''],
  ['gzip that does not say so', bytes(0x1f, 0x8b, 8, 0, 0, 0), ''],
  ['a lone high surrogate', '{"a": "\\ud83d"}', '/a'],
  ['a lone low surrogate', '{"a": "x\\ude00"}', '/a'],
  ['a lone surrogate in a name', '{"\\ud800": 1}', ''],
  ['a name twice', '{"kind": "deploy", "kind": "access"}', '/kind'],
  ['a name twice, once in escapes', '{"kind": 1, "\\u006bind": 2}', '/kind'],
  ['a name twice, deep', '{"context": {"a": [{"b": 1, "b": 1}]}}', '/context/a/0/b'],
  ['__proto__', '{"__proto__": {"kind": "deploy"}}', '/__proto__'],
  ['__proto__ in the context', '{"context": {"__proto__": {"a": 1}}}', '/context/__proto__'],
  ['__proto__ in escapes', '{"\\u005f\\u005fproto__": 1}', '/__proto__'],
  ['1e400', '{"context": {"a": 1e400}}', '/context/a'],
  ['-1e400', '[-1e400]', '/0'],
  ['1e-400', '[1e-400]', '/0'],
  ['2^53 + 1', '{"context": {"a": 9007199254740993}}', '/context/a'],
  ['a number of 400 digits', `[${'9'.repeat(400)}]`, '/0'],
  ['65 levels', nested(65), '/a'.repeat(64)],
  ['10,000 levels', nested(10_000), '/a'.repeat(64)],
  ['10,000 open lists', '['.repeat(10_000), '/0'.repeat(64)],
  ['a million open lists', '['.repeat(1_000_000), '/0'.repeat(64)],
]

/** Bodies that are not JSON, or not JSON that means one thing only. */
export const malformedJson: readonly Malformed[] = rows.map(([what, body, pointer]) => ({
  what,
  sent: { method: 'POST', path: '/v1/decisions', headers: json, body },
  status: 400,
  code: 'request-malformed',
  pointer,
}))
