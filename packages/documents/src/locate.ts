import type { Event } from 'js-yaml'
import { dialectOf } from './detect.ts'
import { dockerfileIn, dockerfileLine } from './dockerfile-file.ts'
import { entriesOf, type Entry, type Place } from './entries.ts'
import { eventSource, offsetIn, type EventSource } from './offset.ts'
import { parseChunk } from './parse.ts'
import type { NamedBytes } from './read.ts'
import { positionIn, type Chunk, type Position } from './stream.ts'
import { decode } from './text.ts'

/** Finds where in one file a finding stands: `index` is the document's, `pointer` an RFC 6901 pointer into its content. */
export type Locator = (index: number, pointer: string | null) => Position

/**
 * A locator for a file that `readDocuments` has read. It parses each document at most once, and only when asked.
 * A pointer that leads nowhere gives its nearest ancestor that exists; an index without a document the file's first line.
 */
export function createLocator({ path, bytes }: NamedBytes): Locator {
  const decoded = decode(bytes)
  const dockerfile = decoded.status === 'text' ? dockerfileIn(path, decoded.text) : null
  if (dockerfile?.status !== 'document') return yamlLocator({ path, bytes })
  return (_, pointer) => ({ line: dockerfileLine(dockerfile.content, pointer ?? ''), column: 1 })
}

function yamlLocator({ path, bytes }: NamedBytes): Locator {
  let entries: readonly Entry[] | null = null
  const sources = new Map<Chunk, EventSource>()
  return (index, pointer) => {
    entries ??= entriesIn({ path, bytes })
    const entry = entries[index]
    if (entry?.status !== 'document') return { line: 1, column: 1 }
    const { place } = entry
    const source = sources.get(place.chunk) ?? sourceOf(place)
    sources.set(place.chunk, source)
    return positionIn(place.chunk, offsetIn(source, place.number, place.pointer + (pointer ?? '')))
  }
}

/** The place of one finding; for many in one file, `createLocator` is quicker. */
export function locate(
  file: NamedBytes & { readonly index: number; readonly pointer: string | null },
): Position {
  return createLocator(file)(file.index, file.pointer)
}

function entriesIn({ path, bytes }: NamedBytes): readonly Entry[] {
  const decoded = decode(bytes)
  return decoded.status === 'text' ? entriesOf(path, decoded.text) : []
}

function sourceOf({ chunk, format }: Place): EventSource {
  const parsed = parseChunk(chunk)
  const events: readonly Event[] = parsed.status === 'parsed' ? parsed.events : []
  return eventSource(events, chunk.text, dialectOf(format))
}
