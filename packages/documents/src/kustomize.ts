import { isList, type Json, type JsonObject } from '@writ/domain'
import { compose } from './compose.ts'
import { isMapping } from './detect.ts'
import { parseChunk } from './parse.ts'
import type { NamedBytes } from './read.ts'
import { chunksOf } from './stream.ts'
import { decode } from './text.ts'

/**
 * The files that a kustomization names as patches and not as resources, as paths beside its own. Only with it can such a
 * file be told from an object: pass `isPatch` to `readDocuments` for these. Empty for every other file.
 */
export function kustomizePatches({ path, bytes }: NamedBytes): readonly string[] {
  if (!/(?:^|[\\/])kustomization(?:\.ya?ml)?$/i.test(path)) return []
  const decoded = decode(bytes)
  if (decoded.status !== 'text') return []
  const documents = [...chunksOf(decoded.text)].flatMap((chunk) => {
    const parsed = parseChunk(chunk)
    if (parsed.status === 'mistaken') return []
    const budget = { values: 0, characters: 0 }
    const composition = compose(parsed.events, parsed.chunk.text, { dialect: 'kubernetes', budget })
    return composition.status === 'composed' ? composition.documents.filter(isMapping) : []
  })
  const resources = documents.flatMap((document) => textsOf(document['resources']))
  const patches = documents.flatMap(patchesOf).filter((patch) => !resources.includes(patch))
  return [...new Set(patches.map((patch) => beside(path, patch)))]
}

function patchesOf(kustomization: JsonObject): readonly string[] {
  const { patches, patchesJson6902, patchesStrategicMerge } = kustomization
  const named = [...itemsOf(patches), ...itemsOf(patchesJson6902)].flatMap((patch) =>
    isMapping(patch) ? textsOf([patch['path'] ?? null]) : [],
  )
  // Here a patch may also be written out: that one has several lines.
  const merged = textsOf(patchesStrategicMerge).filter((patch) => !patch.includes('\n'))
  return [...named, ...merged]
}

/** A path relative to the folder of `file`, with its dots worked out. */
function beside(file: string, path: string): string {
  const steps: string[] = []
  for (const step of [...file.replaceAll('\\', '/').split('/').slice(0, -1), ...path.split('/')]) {
    const isUp = step === '..' && steps.length > 0 && steps.at(-1) !== '..' && steps.at(-1) !== ''
    if (isUp) steps.pop()
    else if (step !== '.' && (step !== '' || steps.length === 0)) steps.push(step)
  }
  return steps.join('/')
}

function itemsOf(value: Json | undefined): readonly Json[] {
  return value !== undefined && isList(value) ? value : []
}

function textsOf(value: Json | undefined): readonly string[] {
  return itemsOf(value).flatMap((item) => (typeof item === 'string' ? item : []))
}
