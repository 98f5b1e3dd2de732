import { issueAt } from '../place.ts'
import type { Token } from '../tokens.ts'
import { insideOf, rulesOf, type Lint } from './lint.ts'

type Tokens = readonly Token[]

/** As many values as cost more to build than a rule costs that reads one of them. */
const most = 50

/** A table that stands in a rule: it is built anew at each evaluation, and in a function or a loop each time around. */
export const rebuiltConstant: Lint = {
  name: 'rebuilt-constant',
  find: (source) =>
    rulesOf(source).flatMap(({ tokens }) =>
      tablesIn(tokens).map(({ token, size }) =>
        issueAt(
          source.path,
          token,
          `a table of ${size} constants is built anew at each evaluation: put it in data, which is read once`,
        ),
      ),
    ),
}

type Table = { readonly token: Token; readonly size: number }

/** The outermost tables of constants. */
function tablesIn(tokens: Tokens): readonly Table[] {
  const tables: Table[] = []
  let end = 0
  for (const [at, token] of tokens.entries()) {
    if (at < end || token.type !== 'mark' || !'{['.includes(token.text)) continue
    const inside = insideOf(tokens, at)
    if (!inside.every(isConstant)) continue
    end = at + inside.length
    const size = inside.filter(isScalar).length
    if (size > most) tables.push({ token, size })
  }
  return tables
}

function isConstant(token: Token): boolean {
  return isScalar(token) || (token.type === 'mark' && /^[[\]{},:-]$/.test(token.text))
}

function isScalar({ type, text }: Token): boolean {
  if (type === 'string') return true
  return type === 'mark' ? /^[0-9]/.test(text) : ['true', 'false', 'null'].includes(text)
}
