import { issueAt } from '../place.ts'
import type { Token } from '../tokens.ts'
import { argumentsAt, callsIn, insideOf, partsOf, rulesOf, type Lint } from './lint.ts'

type Tokens = readonly Token[]

/** `replace(s, "", x)` never ends in OPA’s stock WebAssembly, and means nothing elsewhere, so what is searched for must be seen not to be empty. */
export const emptySearch: Lint = {
  name: 'empty-search',
  find: ({ path, isBuiltin, ...rest }) =>
    rulesOf({ path, isBuiltin, ...rest }).flatMap(({ tokens }) =>
      callsIn(tokens, isBuiltin).flatMap((at) => {
        const token = tokens[at]
        if (token === undefined || isSafe(token.text, argumentsAt(tokens, at))) return []
        const message = `${token.text} never ends on an empty search: give it a literal text that is not empty`
        return [issueAt(path, token, message)]
      }),
    ),
}

function isSafe(builtin: string, [first = [], second = []]: readonly Tokens[]): boolean {
  if (builtin === 'replace') return second.length === 1 && isText(second[0])
  if (builtin !== 'strings.replace_n') return true
  if (first[0]?.text !== '{') return false
  return partsOf(insideOf(first, 0), ',').every(([key]) => isText(key))
}

function isText(token: Token | undefined): boolean {
  return token?.type === 'string' && token.text !== ''
}
