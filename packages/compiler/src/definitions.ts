import { tokensOf, type Token } from './tokens.ts'

/** One rule or function of a file, `else` branches included, or its package or an import. */
export type Definition = {
  /** What it defines; for `package` and `import`, that word. */
  readonly name: string
  readonly isDefault: boolean
  readonly tokens: readonly Token[]
}

/** The top-level definitions of a file, in order. A definition begins at a line's first column, as `opa fmt` writes it. */
export function definitionsOf(text: string): readonly Definition[] {
  const groups: Token[][] = []
  for (const token of tokensOf(text)) {
    const begins =
      token.depth === 0 && token.column === 1 && token.type === 'name' && token.text !== 'else'
    if (begins || groups.length === 0) groups.push([token])
    else groups.at(-1)?.push(token)
  }
  return groups.map((tokens) => {
    const isDefault = tokens[0]?.text === 'default'
    return { name: tokens[isDefault ? 1 : 0]?.text ?? '', isDefault, tokens }
  })
}

/** The name of the file's package. */
export function packageOf(definitions: readonly Definition[]): string | null {
  const tokens = definitions.find(({ name }) => name === 'package')?.tokens
  return tokens?.[1]?.text ?? null
}

/** What the file's imports call things, beside the builtins: `import data.lib.text` gives `text`. */
export function aliasesOf(definitions: readonly Definition[]): ReadonlySet<string> {
  const imports = definitions.filter(({ name }) => name === 'import')
  return new Set(imports.map(({ tokens }) => tokens.at(-1)?.text.split('.').at(-1) ?? ''))
}

/** The library packages that a file names, such as `lib.workloads`. */
export function librariesIn(definitions: readonly Definition[]): ReadonlySet<string> {
  const named = definitions.flatMap(({ tokens }) => tokens.map(({ text }) => text))
  return new Set(
    named
      .filter((text) => text.startsWith('data.lib.'))
      .map((text) => text.split('.').slice(1, 3).join('.')),
  )
}
