import { parseEvents, YAMLException, type Event } from 'js-yaml'
import { limits } from './limits.ts'
import { areQuoted, withQuotedLinesIndented } from './quoted-lines.ts'
import { separatorsIn } from './separators.ts'
import { indented, positionIn, type Chunk } from './stream.ts'
import type { Mistake } from './mistake.ts'

/** A mistake where it stands in the file; lines and columns count from 1. `bound`: a bound was met, the text may be right. */
export type PlacedMistake = {
  readonly message: string
  readonly line: number
  readonly column: number
  readonly bound: boolean
}

export type Parsed =
  { readonly status: 'parsed'; readonly chunk: Chunk; readonly events: readonly Event[] } | Unparsed

type Unparsed = {
  readonly status: 'mistaken'
  readonly chunk: Chunk
  readonly mistake: Mistake
  /** The line is wrong only by its indentation, in a place where indentation means nothing. */
  readonly isShallow?: boolean
}

/** go-yaml ends a line, and so a comment, at these; YAML 1.2 does not: what is judged might not be what runs. */
const unclearBreak = /[\u0085\u2028\u2029]/

/** A chunk's parser events: flat, with offsets into the text of the chunk that stands beside them. */
export function parseChunk(chunk: Chunk): Parsed {
  const unclear = chunk.text.search(unclearBreak)
  if (unclear !== -1)
    return mistaken(
      chunk,
      unclear,
      'some readers take this character (U+0085, U+2028 or U+2029) for a line break: write it as an escape',
    )
  if (separatorsIn(chunk.text) > limits.separators)
    return overBound(chunk, 0, `one document holds more than ${limits.separators} values: split it`)
  return parseLeniently(chunk)
}

/** kubectl and GitHub take a line inside brackets or quotes at any indentation; only this parser wants it indented. */
function parseLeniently(chunk: Chunk): Parsed {
  const strict = parseStrictly(chunk)
  if (!isShallow(strict)) return strict
  const guess = withQuotedLinesIndented(chunk)
  if (guess === null) return deepened(strict)
  const parsed = deepened(parseStrictly(guess))
  const isRight =
    parsed.status === 'parsed' && areQuoted(guess.indented, parsed.chunk.text, parsed.events)
  return isRight ? parsed : deepened(strict)
}

/** The same with one line after another indented, where each parse finds the next. */
function deepened(first: Parsed): Parsed {
  let parsed = first
  let work = 0
  while (isShallow(parsed)) {
    const deeper = indented(parsed.chunk, parsed.mistake.offset)
    work += parsed.chunk.text.length
    if (deeper === null || work > limits.reparsed) break
    parsed = parseStrictly(deeper)
  }
  return parsed
}

const isShallow = (parsed: Parsed): parsed is Unparsed =>
  parsed.status === 'mistaken' && parsed.isShallow === true

function parseStrictly(chunk: Chunk): Parsed {
  try {
    return {
      status: 'parsed',
      chunk,
      events: parseEvents(chunk.text, { maxDepth: limits.depth + 2 }),
    }
  } catch (cause) {
    // Whatever a foreign parser throws on a text is a fact about that text.
    if (!(cause instanceof YAMLException)) return mistaken(chunk, 0, 'the YAML cannot be read')
    return mistakenParse(chunk, cause)
  }
}

/** The mistake with its line and column in the whole file. */
export function placed(chunk: Chunk, { message, offset, bound }: Mistake): PlacedMistake {
  return { message, ...positionIn(chunk, offset), bound }
}

function mistaken(chunk: Chunk, offset: number, message: string): Unparsed {
  return { status: 'mistaken', chunk, mistake: { message, offset, bound: false } }
}

function overBound(chunk: Chunk, offset: number, message: string): Unparsed {
  return { status: 'mistaken', chunk, mistake: { message, offset, bound: true } }
}

const plainWords: readonly (readonly [RegExp, string])[] = [
  [/^tab characters/, 'a tab is used to indent: use spaces'],
  [/^bad indentation of a mapping entry/, 'the indentation does not fit the lines above: align the key with its siblings, or quote the value'],
  [/^bad indentation of a sequence entry/, 'the indentation does not fit the list above: align the dashes'],
  [/^expected ':' after a mapping key/, 'a key without a colon: write “key: value”, or quote the text'],
  [/multiline key may not be an implicit key/, 'this line is no “key: value”: indent it under its key, or quote the text'],
  [/^end of the stream or a document separator is expected/, 'the document ends before this: indent it, or put --- between two documents'],
  [/^unexpected end of the stream within a (single|double) quoted scalar/, 'a quote is opened and never closed'],
  [/^unexpected end of the document within a (single|double) quoted scalar/, 'a quote is opened and not closed before the next document'],
  [/^unexpected end of the stream within a flow collection/, 'a bracket or brace is opened and never closed'],
  [/^deficient indentation/, 'a bracket or quote above is not closed, or this line of it is indented too little'],
  [/^unknown escape sequence/, 'an unknown escape: double the backslash, or use single quotes'],
  [/^the stream contains non-printable characters/, 'a control character: write it as an escape'],
  [/^missed comma between flow collection entries/, 'a comma is missing here'],
] // prettier-ignore

function mistakenParse(chunk: Chunk, { reason, mark }: YAMLException): Parsed {
  const offset = mark?.position ?? 0
  if (reason.startsWith('nesting exceeded'))
    return overBound(
      chunk,
      offset,
      `lists and mappings nest deeper than ${limits.depth} levels: flatten it`,
    )
  const plain = plainWords.find(([pattern]) => pattern.test(reason))?.[1]
  const message = plain ?? `the YAML cannot be read: ${reason}`
  return { ...mistaken(chunk, offset, message), isShallow: reason === 'deficient indentation' }
}
