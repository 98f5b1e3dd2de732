import type { Json } from '@writ/domain'
import { compose } from './compose.ts'
import { eventSource, offsetIn } from './offset.ts'
import { parseChunk, placed, type PlacedMistake } from './parse.ts'
import { chunkOf, positionIn, type Chunk } from './stream.ts'
import { decode } from './text.ts'

/** A file that somebody wrote for Writ itself; a pointer that leads nowhere gives its nearest ancestor that exists. */
export type PlacedYaml =
  | {
      readonly status: 'read'
      readonly value: Json
      readonly lineOf: (pointer: string) => number
    }
  | { readonly status: 'broken'; readonly mistake: PlacedMistake }

const dialect = 'github-workflow'

/** One document of YAML 1.2, with the line of everything in it. A file without a value is null. */
export function readPlacedYaml(bytes: Uint8Array): PlacedYaml {
  const decoded = decode(bytes)
  if (decoded.status === 'binary') return broken('the file is binary: write it as text', 1)
  if (decoded.status === 'refused') return broken(decoded.message, decoded.line)
  return readChunk(chunkOf(decoded.text, { from: 0, to: decoded.text.length, linesBefore: 0 }))
}

function readChunk(whole: Chunk): PlacedYaml {
  const parsed = parseChunk(whole)
  const { chunk } = parsed
  if (parsed.status === 'mistaken')
    return { status: 'broken', mistake: placed(chunk, parsed.mistake) }
  const { events } = parsed
  const budget = { values: 0, characters: 0 }
  const composition = compose(events, chunk.text, { dialect, budget })
  if (composition.status === 'mistaken')
    return { status: 'broken', mistake: placed(chunk, composition.mistake) }
  const [value = null, ...others] = composition.documents
  const source = eventSource(events, chunk.text, dialect)
  const lineAt = (number: number, pointer: string): number =>
    positionIn(chunk, offsetIn(source, number, pointer)).line
  if (others.length > 0)
    return broken('a second document begins here: write all into the first', lineAt(1, ''))
  return { status: 'read', value, lineOf: (pointer) => lineAt(0, pointer) }
}

function broken(message: string, line: number): PlacedYaml {
  return { status: 'broken', mistake: { message, line, column: 1, bound: false } }
}
