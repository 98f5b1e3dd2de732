import { dialectOf } from './detect.ts'
import { dockerfileIn, dockerfileLine } from './dockerfile-file.ts'
import type { Place } from './entries.ts'
import { eventSource, offsetIn } from './offset.ts'
import { parseChunk } from './parse.ts'
import { plainPlaces } from './plain-places.ts'
import type { NamedBytes, Places } from './read.ts'
import { chunkOf, positionIn, type Chunk, type Position } from './stream.ts'
import { decode } from './text.ts'

/** Finds where in one file a finding stands: `index` is the document's, `pointer` an RFC 6901 pointer into its content. */
export type Locator = (index: number, pointer: string | null) => Position

/**
 * A locator for a file that `readDocuments` has read, with the places that it gave. It looks again only at the documents that
 * it is asked about, and parses one again only where it is not written plainly. A pointer that leads nowhere gives its nearest ancestor that exists; an index without a
 * document the file's first line.
 */
export function createLocator({ path, bytes }: NamedBytes, places: Places): Locator {
  const decoded = decode(bytes)
  const text = decoded.status === 'text' ? decoded.text : ''
  const dockerfile = dockerfileIn(path, text)
  if (dockerfile?.status !== 'document') return yamlLocator(text, places)
  return (_, pointer) => ({ line: dockerfileLine(dockerfile.content, pointer ?? ''), column: 1 })
}

type Source = {
  readonly chunk: Chunk
  readonly offsetOf: (number: number, pointer: string) => number
}

function yamlLocator(text: string, places: Places): Locator {
  const sources = new Map<number, Source>()
  return (index, pointer) => {
    const place = places.get(index)
    if (place === undefined) return { line: 1, column: 1 }
    const source = sources.get(place.from) ?? sourceOf(text, place)
    sources.set(place.from, source)
    const { chunk, offsetOf } = source
    return positionIn(chunk, offsetOf(place.number, place.pointer + (pointer ?? '')))
  }
}

function sourceOf(text: string, place: Place): Source {
  return place.isPlain ? plainSource(text, place) : eventsSource(text, place)
}

/** The events are made only where a pointer leads into brackets. */
function plainSource(text: string, place: Place): Source {
  const chunk = chunkOf(text, place)
  const whole = { text: chunk.text, from: 0, to: chunk.text.length }
  const places = plainPlaces(whole, dialectOf(place.format))
  let events: Source | null = null
  return {
    chunk,
    offsetOf: (number, pointer) => {
      const offset = places(pointer)
      if (offset !== null) return offset
      events ??= eventsSource(text, place)
      return events.offsetOf(number, pointer)
    },
  }
}

function eventsSource(text: string, place: Place): Source {
  const parsed = parseChunk(chunkOf(text, place))
  const { chunk } = parsed
  const events = parsed.status === 'parsed' ? parsed.events : []
  const source = eventSource(events, chunk.text, dialectOf(place.format))
  return { chunk, offsetOf: (number, pointer) => offsetIn(source, number, pointer) }
}
