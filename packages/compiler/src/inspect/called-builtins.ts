import { packageOf } from '../definitions.ts'
import { callsIn, rulesOf, sourceOf, textAt } from '../lints/lint.ts'
import type { RegoFile } from '../pack.ts'

/** The builtins that these files call by name: what is called and is neither a function of theirs nor an import’s. */
export function calledBuiltins(files: readonly RegoFile[]): readonly string[] {
  const sources = files.map(sourceOf)
  const packages = Map.groupBy(sources, ({ definitions }) => packageOf(definitions))
  const names = sources.flatMap((source) => {
    const beside = packages.get(packageOf(source.definitions)) ?? []
    const own = new Set(beside.flatMap(({ definitions }) => definitions.map(({ name }) => name)))
    const isForeign = (name: string): boolean =>
      source.isBuiltin(name) && !own.has(name) && !/^(?:data|input)\b/.test(name)
    return rulesOf(source).flatMap(({ tokens }) =>
      callsIn(tokens, isForeign).map((at) => textAt(tokens, at)),
    )
  })
  return [...new Set(names)].filter((name) => !words.has(name)).toSorted()
}

/** What may stand before a bracket and calls nothing. */
const words: ReadonlySet<string> = new Set(
  'if in else not some every with as contains default import package null true false'.split(' '),
)
