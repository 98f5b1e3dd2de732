import { issueAt } from '../place.ts'
import type { Token } from '../tokens.ts'
import { collectionOf, type Collection, type Scope } from './collections.ts'
import { argumentsAt, callsIn, rulesOf, type Lint } from './lint.ts'

/** Builtins whose result shows the order of the operand at this place. */
const showing: ReadonlyMap<string, number> = new Map([
  ['concat', 1],
  ['array.slice', 0],
  ['json.marshal', 0],
  ['json.marshal_with_options', 0],
  ['yaml.marshal', 0],
])

/** An order that was taken from a set or an object: in OPA’s stock WebAssembly it is that of hashes, elsewhere it is sorted. */
export const hashOrder: Lint = {
  name: 'hash-order',
  find: (source) =>
    rulesOf(source).flatMap(({ tokens }) => {
      const scope = { source, tokens, open: new Set<string>() }
      return [...shownIn(scope), ...pickedIn(scope)].map(([token, what]) =>
        issueAt(source.path, token, `${what}: give it sort(…), or the order is that of hashes`),
      )
    }),
}

type Found = readonly [token: Token, what: string]

function shownIn(scope: Scope): readonly Found[] {
  const { source, tokens } = scope
  const calls = callsIn(tokens, (name) => showing.has(name) && source.isBuiltin(name))
  return calls.flatMap((at): readonly Found[] => {
    const token = tokens[at]
    if (token === undefined) return []
    const operand = argumentsAt(tokens, at)[showing.get(token.text) ?? 0] ?? []
    const found = collectionOf(operand, scope)
    return found === 'set' || found === 'array in hash order'
      ? [[token, `${token.text} shows the order of ${wordsOf(found)}`]]
      : []
  })
}

/** `list[0]` of an array in hash order. */
function pickedIn(scope: Scope): readonly Found[] {
  return scope.tokens.flatMap((token, at): readonly Found[] => {
    const index = indexAt(scope.tokens, at)
    const isArray = index !== null && collectionOf([token], scope) === 'array in hash order'
    return isArray
      ? [[token, `${token.text}[${index}] picks by the order of a set or an object`]]
      : []
  })
}

/** The number in `name[number]`; null for all else. */
function indexAt(tokens: readonly Token[], at: number): string | null {
  if (tokens[at]?.type !== 'name' || tokens[at + 2]?.type !== 'mark') return null
  const [, index] = /^\[([0-9]+)\]$/.exec(textOf(tokens.slice(at + 1, at + 4))) ?? []
  return index ?? null
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join('')
}

function wordsOf(found: Collection): string {
  return found === 'set' ? 'a set' : 'a set or an object'
}
