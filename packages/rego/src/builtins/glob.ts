import { isArray, type RegoValue } from '../values/value.ts'
import type { Builtin, BuiltinContext } from './builtin.ts'
import { parseGlob, type GlobPart } from './glob-pattern.ts'

/**
 * glob.match(pattern, delimiters, match): between delimiters, the dot where an empty list is given, and across everything where
 * null is. A pattern that cannot be read is no match and no mismatch: it fails.
 */
export const globMatch: Builtin = ([pattern, delimiters, match], { charge }) => {
  const stops = stopsOf(delimiters)
  if (typeof pattern !== 'string' || typeof match !== 'string' || stops === null)
    return {
      failure: 'the operands must be a string, null or an array of characters, and a string',
    }
  charge(pattern.length)
  const parts = parseGlob(pattern)
  if (parts === null) return { failure: 'the pattern cannot be read' }
  const text = Array.from(match)
  return { value: ends(parts, new Set([0]), { text, stops, charge }).has(text.length) }
}

function stopsOf(delimiters: RegoValue = false): ReadonlySet<string> | null {
  if (delimiters === null) return new Set()
  if (typeof delimiters === 'boolean' || !isArray(delimiters)) return null
  const stops = delimiters.filter((one) => typeof one === 'string' && Array.from(one).length === 1)
  if (stops.length < delimiters.length) return null
  return new Set(stops.length === 0 ? ['.'] : stops.map(String))
}

type Matched = Pick<BuiltinContext, 'charge'> & {
  readonly text: readonly string[]
  readonly stops: ReadonlySet<string>
}

type Places = ReadonlySet<number>

/** Where in the text the parts may end, if they may begin at these places: all at once, so that nothing is tried twice. */
function ends(parts: readonly GlobPart[], starts: Places, matched: Matched): Places {
  let places = starts
  for (const part of parts) {
    if (places.size === 0) return places
    matched.charge(places.size)
    places = after(part, places, matched)
  }
  return places
}

function after(part: GlobPart, places: Places, matched: Matched): Places {
  const { text, stops, charge } = matched
  switch (part.kind) {
    case 'choice':
      return new Set(part.branches.flatMap((branch) => [...ends(branch, places, matched)]))
    case 'many': {
      const reached = reach(places, text, part.crosses ? null : stops)
      charge(reached.size)
      return reached
    }
    case 'text':
      charge(places.size * part.characters.length)
      return behind(part.characters, places, text)
    case 'any':
      return moved(places, text, (character) => !stops.has(character))
    case 'one':
      return moved(places, text, part.fits)
  }
}

function behind(characters: readonly string[], places: Places, text: readonly string[]): Places {
  const isAt = (place: number): boolean =>
    characters.every((character, at) => text[place + at] === character)
  return new Set([...places].filter(isAt).map((place) => place + characters.length))
}

function moved(
  places: Places,
  text: readonly string[],
  fits: (character: string) => boolean,
): Places {
  const next = new Set<number>()
  for (const place of places) {
    const character = text[place]
    if (character !== undefined && fits(character)) next.add(place + 1)
  }
  return next
}

function reach(places: Places, text: readonly string[], stops: ReadonlySet<string> | null): Places {
  const reached = new Set<number>()
  for (const place of places)
    for (let at = place; !reached.has(at); at += 1) {
      reached.add(at)
      const character = text[at]
      if (character === undefined || stops?.has(character) === true) break
    }
  return reached
}
