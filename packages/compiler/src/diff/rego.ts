import { definitionsOf } from '../definitions.ts'
import { calledBuiltins } from '../inspect/called-builtins.ts'
import type { RegoFile } from '../pack.ts'
import { entrypointsNamed, manifestOf } from '../trust/manifest.ts'
import { dataBetween } from './data.ts'
import { namesBetween, type Difference } from './difference.ts'

type Files = ReadonlyMap<string, Uint8Array>

/** What differs between two bundles of any Rego: their rules by package and name, whatever file they stand in. */
export function diffRego(before: Files, after: Files): Difference {
  const [left, right] = [sourcesIn(before), sourcesIn(after)]
  const [own, other] = [rulesIn(left), rulesIn(right)]
  const changed = [...own].filter(([name, text]) => other.has(name) && other.get(name) !== text)
  return {
    rules: {
      ...namesBetween([...own.keys()], [...other.keys()]),
      changed: changed.map(([rule]) => ({ rule, what: ['code'] })),
    },
    levels: [],
    data: dataBetween(before.get('data.json'), after.get('data.json')),
    builtins: namesBetween(calledBuiltins(left), calledBuiltins(right)),
    entrypoints: namesBetween(entrypointsOf(before), entrypointsOf(after)),
  }
}

function sourcesIn(files: Files): readonly RegoFile[] {
  const found = [...files].filter(([path]) => path.endsWith('.rego'))
  return found.map(([path, bytes]) => ({ path, text: Buffer.from(bytes).toString() }))
}

/** Each rule’s name with all of its definitions, without spaces and comments. */
function rulesIn(sources: readonly RegoFile[]): ReadonlyMap<string, string> {
  const found = new Map<string, string[]>()
  for (const { text } of sources) {
    const definitions = definitionsOf(text)
    const own = definitions.find(({ name }) => name === 'package')?.tokens.slice(1) ?? []
    const prefix = own.map((token) => token.text).join('')
    for (const { name, tokens } of definitions) {
      if (name === 'package' || name === 'import') continue
      const words = tokens.map((token) => JSON.stringify([token.type, token.text])).join(' ')
      found.set(`${prefix}.${name}`, [...(found.get(`${prefix}.${name}`) ?? []), words])
    }
  }
  return new Map([...found].map(([name, words]) => [name, words.toSorted().join('\n')]))
}

function entrypointsOf(files: Files): readonly string[] {
  return entrypointsNamed(manifestOf(files))
}
