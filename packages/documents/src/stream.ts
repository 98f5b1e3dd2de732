import { columnAt, lineAt } from './text.ts'

/** A stretch of a YAML stream that can be parsed by itself: one document, or few that belong together. */
export type Chunk = {
  readonly text: string
  /** Where it lies in the text of the file. */
  readonly from: number
  readonly to: number
  /** How many lines of the file stand before it. */
  readonly linesBefore: number
  /** Lines, from 1, before which blanks were put that the file does not have. */
  readonly indented: ReadonlySet<number>
}

/** A place in a file; both count from 1. */
export type Position = { readonly line: number; readonly column: number }

/** What is put before a line that has to be indented: deeper than any value lies. */
export const blanks = ' '.repeat(200)

const marker = /(?:^|\r\n|\n|\r)---(?=[ \t\r\n]|$)/g
const directive = /(?:^|\n|\r)%/

/**
 * The stream cut before each `---` line: in YAML such a line begins a document wherever it stands, even inside a quoted text.
 * So one document at a time is parsed, and one that is broken does not hide where the others are.
 */
export function* chunksOf(text: string): Generator<Chunk> {
  let linesBefore = 0
  let from = 0
  let piece = 0
  for (const to of endsOf(text)) {
    const hasDirective = directive.test(text.slice(piece, to))
    piece = to
    // A directive belongs to the document that follows it.
    if (hasDirective && to < text.length) continue
    const chunk = chunkOf(text, { from, to, linesBefore })
    yield chunk
    linesBefore += lineAt(chunk.text, chunk.text.length) - 1
    from = to
  }
}

/** The chunk that `chunksOf` cut there. */
export function chunkOf(
  file: string,
  { from, to, linesBefore }: Pick<Chunk, 'from' | 'to' | 'linesBefore'>,
): Chunk {
  return { text: file.slice(from, to), from, to, linesBefore, indented: new Set() }
}

/** The line and column in the file of an offset in a chunk. */
export function positionIn({ text, linesBefore, indented }: Chunk, offset: number): Position {
  const line = lineAt(text, offset)
  const column = columnAt(text, offset) - (indented.has(line) ? blanks.length : 0)
  return { line: linesBefore + line, column: Math.max(1, column) }
}

/** The chunk with the line of an offset indented by far; null where that was done already. */
export function indented(chunk: Chunk, offset: number): Chunk | null {
  const line = lineAt(chunk.text, offset)
  if (chunk.indented.has(line)) return null
  const start = offset + 1 - columnAt(chunk.text, offset)
  const text = chunk.text.slice(0, start) + blanks + chunk.text.slice(start)
  return { ...chunk, text, indented: new Set([...chunk.indented, line]) }
}

/** Where a marker begins that is not the first thing in the text, and its end. */
function* endsOf(text: string): Generator<number> {
  for (const { index, 0: found } of text.matchAll(marker)) {
    const end = index + found.length - 3
    if (end > 0) yield end
  }
  if (text !== '') yield text.length
}
