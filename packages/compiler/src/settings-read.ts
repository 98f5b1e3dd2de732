import { definitionsOf, packageOf, type Definition } from './definitions.ts'
import type { RegoFile } from './pack.ts'

type Part = {
  readonly imports: ReadonlyMap<string, string>
  readonly definitions: readonly Definition[]
}

/** The `data.settings.…` that a rule reads, itself or through what it uses of the library; without the word `data`. */
export function settingsRead(rule: RegoFile, library: readonly RegoFile[]): readonly string[] {
  const parts = new Map(library.map((file) => partOf(file)))
  const seen = new Set<Definition>()
  const found = new Set<string>()
  const visit = (part: Part, definition: Definition): void => {
    if (seen.has(definition)) return
    seen.add(definition)
    for (const { text } of definition.tokens.filter(({ type }) => type === 'name')) {
      const name = resolved(part, text)
      if (name.startsWith('data.settings.')) found.add(name.slice('data.'.length))
      const [owner, member] = ownerOf(part, parts, name)
      for (const used of owner.definitions.filter(({ name: own }) => own === member))
        visit(owner, used)
    }
  }
  const [, whole] = partOf(rule)
  for (const definition of whole.definitions) visit(whole, definition)
  const paths = [...found].toSorted()
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}.`)))
}

function partOf({ text }: RegoFile): readonly [name: string, part: Part] {
  const definitions = definitionsOf(text)
  const imports = definitions.filter(({ name }) => name === 'import').map(importOf)
  const own = definitions.filter(({ name }) => name !== 'import' && name !== 'package')
  return [packageOf(definitions) ?? '', { imports: new Map(imports), definitions: own }]
}

/** `import data.lib.text` and `import data.lib.text as words`: what the file calls it, and what it is. */
function importOf({ tokens }: Definition): readonly [alias: string, path: string] {
  const path = tokens[1]?.text ?? ''
  return [tokens.at(-1)?.text.split('.').at(-1) ?? '', path]
}

function resolved({ imports }: Part, name: string): string {
  const [first = '', ...rest] = name.split('.')
  const path = imports.get(first)
  return path === undefined ? name : [path, ...rest].join('.')
}

/** Whose a name is: of a package of the library by its path, else of the file itself. */
function ownerOf(
  part: Part,
  parts: ReadonlyMap<string, Part>,
  name: string,
): readonly [Part, string] {
  const steps = name.split('.')
  const owner = parts.get(steps.slice(1, 3).join('.'))
  if (steps[0] === 'data' && owner !== undefined) return [owner, steps[3] ?? '']
  return [part, steps[0] ?? '']
}
