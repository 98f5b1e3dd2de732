import type { Issue } from '@writ/domain'
import { aliasesOf, definitionsOf, type Definition } from '../definitions.ts'
import type { RegoFile } from '../pack.ts'
import type { Token } from '../tokens.ts'

/** What one lint looks for. Its page is `docs/reference/lints/<name>.md`: why, what it finds, and what to write instead. */
export type Lint = {
  readonly name: string
  readonly find: (source: Source) => readonly Issue[]
}

/** A file as lints read it. */
export type Source = RegoFile & {
  readonly definitions: readonly Definition[]
  /** Whether a name in it is a builtin's: not one that the file defines or imports. */
  readonly isBuiltin: (name: string) => boolean
}

export function sourceOf(file: RegoFile): Source {
  const definitions = definitionsOf(file.text)
  const own = new Set([...definitions.map(({ name }) => name), ...aliasesOf(definitions)])
  return {
    ...file,
    definitions,
    isBuiltin: (name) => !own.has(name) && !own.has(name.split('.')[0] ?? ''),
  }
}

/** The rules and functions of a file: all but its package and imports. */
export function rulesOf({ definitions }: Source): readonly Definition[] {
  return definitions.filter(({ name }) => name !== 'package' && name !== 'import')
}

/** Where the builtin of this name is called in these tokens, by the index of its name. */
export function callsIn(
  tokens: readonly Token[],
  isCalled: (name: string) => boolean,
): readonly number[] {
  return tokens.flatMap((token, at) => {
    const isCall = token.type === 'name' && tokens[at + 1]?.text === '(' && isCalled(token.text)
    return isCall && tokens[at - 1]?.text !== '.' ? [at] : []
  })
}

/** What stands between the bracket that opens at this token and the one that closes it. */
export function insideOf(tokens: readonly Token[], at: number): readonly Token[] {
  const depth = tokens[at]?.depth ?? 0
  const rest = tokens.slice(at + 1)
  const end = rest.findIndex((token) => token.depth <= depth)
  return end < 0 ? rest : rest.slice(0, end)
}

/** These tokens in parts, split at a mark that stands between no more brackets than the first of them. */
export function partsOf(tokens: readonly Token[], mark: string): readonly (readonly Token[])[] {
  const depth = Math.min(...tokens.map((token) => token.depth))
  const parts: Token[][] = [[]]
  for (const token of tokens)
    if (token.type === 'mark' && token.text === mark && token.depth === depth) parts.push([])
    else parts.at(-1)?.push(token)
  return parts
}

/** The arguments of the call whose name is at this token. */
export function argumentsAt(tokens: readonly Token[], at: number): readonly (readonly Token[])[] {
  return partsOf(insideOf(tokens, at + 1), ',')
}

/** What is written at this token; empty behind the last. */
export function textAt(tokens: readonly Token[], at: number): string {
  return tokens[at]?.text ?? ''
}
