import type { RegoValue } from './value.ts'

/** Reads a value in the notation that a module's value dump writes. Throws a SyntaxError on any other text. */
export function readValue(text: string): RegoValue {
  const source: Source = { text, at: 0 }
  const value = valueIn(source)
  skipSpace(source)
  if (source.at !== text.length) throw unexpected(source)
  return value
}

type Source = { readonly text: string; at: number }

const words: readonly (readonly [string, RegoValue])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['set()', { set: [] }],
]

function valueIn(source: Source): RegoValue {
  skipSpace(source)
  switch (source.text.charAt(source.at)) {
    case '"':
      return stringIn(source)
    case '[':
      return listIn(source)
    case '{':
      return bracedIn(source)
    default:
      return wordOrNumberIn(source)
  }
}

function stringIn(source: Source): string {
  const string = matched(source, /"(?:[^"\\]|\\.)*"/y)
  const value: unknown = string === null ? undefined : JSON.parse(string)
  if (typeof value !== 'string') throw unexpected(source)
  return value
}

function wordOrNumberIn(source: Source): RegoValue {
  const word = words.find(([name]) => source.text.startsWith(name, source.at))
  if (word === undefined) return numberIn(source)
  source.at += word[0].length
  return word[1]
}

function numberIn(source: Source): RegoValue {
  const number = matched(source, /-?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?/y)
  if (number === null) throw unexpected(source)
  return { number }
}

function listIn(source: Source): readonly RegoValue[] {
  source.at += 1
  if (took(source, ']')) return []
  const values = [valueIn(source)]
  while (took(source, ',')) values.push(valueIn(source))
  expect(source, ']')
  return values
}

/** An object if a colon follows the first value, else a set. `{}` is the empty object. */
function bracedIn(source: Source): RegoValue {
  source.at += 1
  if (took(source, '}')) return { members: [] }
  const first = valueIn(source)
  if (!took(source, ':')) return setIn(source, first)
  const members: [RegoValue, RegoValue][] = [[first, valueIn(source)]]
  while (took(source, ',')) {
    const key = valueIn(source)
    expect(source, ':')
    members.push([key, valueIn(source)])
  }
  expect(source, '}')
  return { members }
}

function setIn(source: Source, first: RegoValue): RegoValue {
  const set = [first]
  while (took(source, ',')) set.push(valueIn(source))
  expect(source, '}')
  return { set }
}

function took(source: Source, character: string): boolean {
  skipSpace(source)
  const isThere = source.text[source.at] === character
  if (isThere) source.at += 1
  return isThere
}

function expect(source: Source, character: string): void {
  if (!took(source, character)) throw unexpected(source)
}

function skipSpace(source: Source): void {
  matched(source, /[ \t\r\n]*/y)
}

function matched(source: Source, pattern: RegExp): string | null {
  pattern.lastIndex = source.at
  const found = pattern.exec(source.text)?.[0] ?? null
  source.at += found?.length ?? 0
  return found
}

function unexpected({ text, at }: Source): SyntaxError {
  return new SyntaxError(`no Rego value is written like this, at ${at}: ${text.slice(at, at + 20)}`)
}
