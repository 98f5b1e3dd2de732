import { issueAt } from '../place.ts'
import type { Token } from '../tokens.ts'
import { argumentsAt, callsIn, insideOf, partsOf, rulesOf, type Lint } from './lint.ts'

type Tokens = readonly Token[]

/** `replace(s, "", x)`, which nobody means, and which never ends in a module of the stock `opa build`. */
export const emptySearch: Lint = {
  name: 'empty-search',
  find: (source) =>
    rulesOf(source).flatMap(({ tokens }) =>
      callsIn(tokens, source.isBuiltin).flatMap((at) => {
        const token = tokens[at]
        if (token === undefined || !isEmpty(token.text, argumentsAt(tokens, at))) return []
        const message = `${token.text} searches for an empty text: say what it is to search for`
        return [issueAt(source.path, token, message)]
      }),
    ),
}

function isEmpty(builtin: string, [first = [], second = []]: readonly Tokens[]): boolean {
  if (builtin === 'replace') return second.length === 1 && isEmptyText(second[0])
  if (builtin !== 'strings.replace_n' || first[0]?.text !== '{') return false
  return partsOf(insideOf(first, 0), ',').some(([key]) => isEmptyText(key))
}

function isEmptyText(token: Token | undefined): boolean {
  return token?.type === 'string' && token.text === ''
}
