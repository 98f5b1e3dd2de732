import { EVENT_ID, SCALAR_STYLE, type Event, type ScalarEvent } from 'js-yaml'
import { blanks, type Chunk } from './stream.ts'

/** A line whose value, or list item, begins with a quote. */
const opening = /^ *(?:- +)*(?:[^\s'"#:][^'"#:]*: +)?(?=['"])/

/** It ends a line, too: what is split at line feeds would be counted wrongly. */
const loneReturn = /\r(?!\n)/

/** More than this is not tried at once: each line grows by the blanks that are put before it. */
const mostLines = 20_000

/**
 * The chunk with every line indented that looks like the inside of a quoted text. Go programs fold such texts to less than
 * this parser wants, a hundred times in one file, and to find each by a parse of its own takes the square of the time. It is
 * a guess from the text alone, since a block of plain text may hold quotes, too: `areQuoted` says whether it was right.
 */
export function withQuotedLinesIndented(chunk: Chunk): Chunk | null {
  if (loneReturn.test(chunk.text)) return null
  const lines = chunk.text.split('\n')
  const inside = insideOf(lines)
  if (inside.size === 0 || inside.size > mostLines) return null
  const text = lines.map((line, at) => (inside.has(at + 1) ? blanks + line : line)).join('\n')
  return { ...chunk, text, indented: inside }
}

/** Whether each of these lines begins within a quoted text, where its indentation means nothing. */
export function areQuoted(
  lines: ReadonlySet<number>,
  text: string,
  events: readonly Event[],
): boolean {
  const quoted = events.filter(isQuoted)
  let at = 0
  return startsOf(text, lines).every((start) => {
    while ((quoted[at]?.valueEnd ?? Infinity) < start) at += 1
    return (quoted[at]?.valueStart ?? Infinity) <= start
  })
}

const isQuoted = (event: Event): event is ScalarEvent =>
  event.type === EVENT_ID.SCALAR &&
  (event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED)

/** Lines, from 1, that lie between a quote that opens a value and the one that closes it, the line of the latter included. */
function insideOf(lines: readonly string[]): ReadonlySet<number> {
  const inside = new Set<number>()
  let quote = ''
  for (const [at, line] of lines.entries()) {
    if (quote !== '') inside.add(at + 1)
    const from = quote === '' ? (opening.exec(line)?.[0].length ?? line.length) : -1
    if (from !== -1) quote = line[from] ?? ''
    if (quote !== '' && closes(line, quote, from + 1)) quote = ''
  }
  return inside
}

function closes(line: string, quote: string, from: number): boolean {
  const rest = line.slice(from)
  const bare = quote === "'" ? rest.replaceAll("''", '') : rest.replaceAll(/\\./g, '')
  return bare.includes(quote)
}

/** The offsets at which these lines, in their order, begin. */
function startsOf(text: string, numbers: ReadonlySet<number>): readonly number[] {
  const starts: number[] = []
  let line = 1
  for (let at = 0; at !== -1; line += 1) {
    if (numbers.has(line)) starts.push(at)
    const end = text.indexOf('\n', at)
    at = end === -1 ? -1 : end + 1
  }
  return starts
}
