import type { Token } from '../tokens.ts'
import { insideOf, partsOf } from './lint.ts'

type Tokens = readonly Token[]

/**
 * The statements among these tokens: one ends where a line does, unless a bracket is open or an operator waits for more.
 * `some x in list` and `x := value` are statements, and so is every condition.
 */
export function statementsIn(tokens: Tokens): readonly Tokens[] {
  const depth = Math.min(...tokens.map((token) => token.depth))
  const statements: Token[][] = [[]]
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1]
    if (token.text === ';' && token.type === 'mark' && token.depth === depth) statements.push([])
    else {
      if (before !== undefined && begins(token, before, depth)) statements.push([])
      statements.at(-1)?.push(token)
    }
  }
  return statements.filter((statement) => statement.length > 0)
}

function begins(token: Token, before: Token, depth: number): boolean {
  const isNewLine = token.row > before.row && token.depth === depth && before.depth === depth
  const isOpen = before.type === 'mark' && !/[\])}"`0-9]$/.test(before.text)
  return isNewLine && !isOpen && !(token.type === 'mark' && /^[)\]}|&+*/=!<>,-]/.test(token.text))
}

/** Every statement that stands between brackets of these tokens, or between none. */
export function allStatementsIn(tokens: Tokens): readonly Tokens[] {
  const inner = tokens.flatMap((token, at) => {
    const isOpening = token.type === 'mark' && '{['.includes(token.text)
    if (!isOpening) return []
    const [head = [], ...rest] = partsOf(insideOf(tokens, at), '|')
    const body = rest.length > 0 ? rest.flat() : head
    return body.length === 0 ? [] : statementsIn(body)
  })
  return tokens.length === 0 ? [] : [...statementsIn(tokens), ...inner]
}

/** What `name := value` gives a name, as tokens; null for any other statement. */
export function assignedIn(
  statement: Tokens,
): { readonly name: string; readonly value: Tokens } | null {
  const [name, colon, equals, ...value] = statement
  const isAssignment = name?.type === 'name' && colon?.text === ':' && equals?.text === '='
  return isAssignment ? { name: name.text, value } : null
}

/** What `some x in list` or `some k, x in list` goes through, and the name of each member; null for any other statement. */
export function iterationIn(
  statement: Tokens,
): { readonly member: string; readonly list: Tokens } | null {
  const at = statement.findIndex(({ type, text }) => type === 'name' && text === 'in')
  const member = statement[at - 1]
  const isOne = at > 1 && statement[0]?.text === 'some' && member?.type === 'name'
  return isOne ? { member: member.text, list: statement.slice(at + 1) } : null
}
