import type { Issue } from '@writ/domain'
import { issueAt } from '../place.ts'
import type { Token } from '../tokens.ts'
import { insideOf, partsOf, rulesOf, type Lint } from './lint.ts'
import { iterationIn, statementsIn } from './statements.ts'

type Tokens = readonly Token[]

/** A whole object of the input as a member of a set, which hashes it to its depth. */
export const documentInSet: Lint = {
  name: 'document-in-set',
  find: ({ path, ...rest }) =>
    rulesOf({ path, ...rest }).flatMap(({ tokens }) =>
      membersIn(tokens).flatMap((member) => wholeIn(member).map((token) => told(path, token))),
    ),
}

function told(path: string, token: Token): Issue {
  return issueAt(
    path,
    token,
    `${token.text} is a whole object of the input, and a set hashes its members to their depth: put in what tells it apart, or gather in an array or an object`,
  )
}

/** What becomes a member of a set, and the statements that say what it is. */
type Member = { readonly value: Tokens; readonly body: readonly Tokens[] }

function membersIn(tokens: Tokens): readonly Member[] {
  const comprehensions = tokens.flatMap((token, at) => {
    if (token.type !== 'mark' || token.text !== '{') return []
    const [value = [], ...rest] = partsOf(insideOf(tokens, at), '|')
    const isSet = rest.length > 0 && partsOf(value, ':').length === 1
    return isSet ? [{ value, body: statementsIn(rest.flat()) }] : []
  })
  const rule = ruleMember(tokens)
  return rule === null ? comprehensions : [...comprehensions, rule]
}

/** `p contains value if { body }` or `p contains value if body`. */
function ruleMember(tokens: Tokens): Member | null {
  const at = tokens.findIndex(
    ({ type, text, depth }) => type === 'name' && text === 'if' && depth === 0,
  )
  if (tokens[1]?.text !== 'contains' || at < 0) return null
  const body = tokens[at + 1]?.text === '{' ? insideOf(tokens, at + 1) : tokens.slice(at + 1)
  return { value: tokens.slice(2, at), body: body.length === 0 ? [] : statementsIn(body) }
}

/** The names in a member that stand for what the input lists, and of which something is read besides: they are objects. */
function wholeIn({ value, body }: Member): readonly Token[] {
  const listed = body.flatMap((statement) => {
    const iteration = iterationIn(statement)
    return iteration !== null && isOfInput(iteration.list) ? [iteration.member] : []
  })
  const read = [...body.flat(), ...value].filter(({ type }) => type === 'name')
  return value.filter((token, at) => {
    const isValue = token.type === 'name' && !['(', '['].includes(value[at + 1]?.text ?? '')
    const isWhole = isValue && !isWithin(value, at) && listed.includes(token.text)
    return isWhole && read.some(({ text }) => text.startsWith(`${token.text}.`))
  })
}

function isOfInput([first]: Tokens): boolean {
  return first?.type === 'name' && /^input(?:\.|$)/.test(first.text)
}

/** Whether it is an operand of a call, or in a template: those make something else of it. */
function isWithin(value: Tokens, at: number): boolean {
  let least = value[at]?.depth ?? 0
  for (let before = at - 1; before >= 0; before -= 1) {
    const token = value[before]
    if (token === undefined || token.depth >= least) continue
    least = token.depth
    if (token.text.startsWith('$') || (token.text === '(' && value[before - 1]?.type === 'name'))
      return true
  }
  return false
}
