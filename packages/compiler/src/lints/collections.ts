import type { Definition } from '../definitions.ts'
import type { Token } from '../tokens.ts'
import { insideOf, partsOf, rulesOf, textAt, type Source } from './lint.ts'
import { allStatementsIn, assignedIn, iterationIn, statementsIn } from './statements.ts'

type Tokens = readonly Token[]

/** What is known of a value’s order: sets and objects have that of their hashes, and an array may have got it from one. */
export type Collection = 'set' | 'object' | 'array in hash order'

/** What the names of a place stand for. */
export type Scope = {
  readonly source: Source
  /** The definition that the place is in. */
  readonly tokens: Tokens
  /** Names that are being looked up, so that a circle ends. */
  readonly open: ReadonlySet<string>
}

const setBuiltins = new Set(['set', 'object.keys', 'union', 'intersection', 'graph.reachable'])

/** What these tokens are as a value, where that can be seen; null where it cannot. */
export function collectionOf(tokens: Tokens, scope: Scope): Collection | null {
  const [first] = tokens
  if (first === undefined) return null
  if (first.type === 'name')
    return tokens.length === 1 ? named(first.text, scope) : called(tokens, scope)
  const inside = insideOf(tokens, 0)
  if (inside.length !== tokens.length - 2) return null // an operator stands behind it
  if (first.text === '{') return braced(inside)
  return first.text === '[' && isUnordered(inside, scope) ? 'array in hash order' : null
}

function braced(inside: Tokens): Collection {
  if (inside.length === 0) return 'object'
  const depth = Math.min(...inside.map((token) => token.depth))
  const marks = inside.filter((token) => token.type === 'mark' && token.depth === depth)
  return marks.find(({ text }) => [':', ',', '|'].includes(text))?.text === ':' ? 'object' : 'set'
}

/** Whether a comprehension goes through a set, an object or by `walk`. */
function isUnordered(inside: Tokens, scope: Scope): boolean {
  const [, ...rest] = partsOf(inside, '|')
  if (rest.length === 0) return false
  const statements = statementsIn(rest.flat())
  return statements.some((statement) => {
    if (statement[0]?.text === 'walk' && scope.source.isBuiltin('walk')) return true
    const list = iterationIn(statement)?.list ?? listIn(assignedIn(statement)?.value ?? [])
    const found = collectionOf(list, scope)
    return found === 'set' || found === 'object' || found === 'array in hash order'
  })
}

/** The `list` of `list[_]`. */
function listIn(value: Tokens): Tokens {
  const isEach = value.length > 3 && value.at(-2)?.text === '_' && value.at(-3)?.text === '['
  return isEach ? value.slice(0, -3) : []
}

function named(name: string, scope: Scope): Collection | null {
  const { tokens, open } = scope
  if (open.has(name)) return null
  const next = { ...scope, open: new Set([...open, name]) }
  const values = allStatementsIn(tokens.slice(1)).flatMap((statement) => {
    const assigned = assignedIn(statement)
    return assigned?.name === name ? [assigned.value] : []
  })
  if (values.length > 0) return same(values.map((value) => collectionOf(value, next)))
  return given(name, scope)
}

function called(tokens: Tokens, scope: Scope): Collection | null {
  const name = textAt(tokens, 0)
  const isCall = textAt(tokens, 1) === '(' && insideOf(tokens, 1).length === tokens.length - 3
  if (!isCall || scope.open.has(name)) return null
  if (setBuiltins.has(name) && scope.source.isBuiltin(name)) return 'set'
  return given(name, scope)
}

/** What all definitions of a name give alike. */
function given(name: string, scope: Scope): Collection | null {
  const open = new Set([...scope.open, name])
  const found = defining(name, scope.source)
  return same(found.map((one) => definedBy(one, { ...scope, open, tokens: one.tokens })))
}

function defining(name: string, source: Source): readonly Definition[] {
  return rulesOf(source).filter((one) => one.name === name && !one.isDefault)
}

/** What a rule or function gives: `p contains x`, `p[k] := v`, `p := value if …`, `f(x) := value if …`. */
function definedBy({ tokens }: Definition, scope: Scope): Collection | null {
  const next = textAt(tokens, 1)
  if (next === 'contains') return 'set'
  const rest = tokens.slice(next === '(' ? insideOf(tokens, 1).length + 3 : 1)
  if (textAt(rest, 0) === '[') return 'object'
  const isAssigned = textAt(rest, 0) === ':' && textAt(rest, 1) === '='
  if (!isAssigned || tokens.some((token) => isWord(token, 'else'))) return null
  const end = rest.findIndex((token) => isWord(token, 'if') && token.depth === 0)
  return collectionOf(rest.slice(2, end < 0 ? rest.length : end), scope)
}

function isWord({ type, text }: Token, word: string): boolean {
  return type === 'name' && text === word
}

/** What all say alike; null where they do not, or where there is none. */
function same(found: readonly (Collection | null)[]): Collection | null {
  const [first = null] = found
  return found.every((one) => one === first) ? first : null
}
