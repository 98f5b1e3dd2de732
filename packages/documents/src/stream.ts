import { lineAt } from './text.ts'

/** A stretch of a YAML stream that can be parsed by itself: one document, or few that belong together. */
export type Chunk = {
  readonly text: string
  /** How many lines of the file stand before it. */
  readonly linesBefore: number
}

const marker = /(?:^|\r\n|\n|\r)---(?=[ \t\r\n]|$)/g
const directive = /(?:^|\n|\r)%/

/**
 * The stream cut before each `---` line: in YAML such a line begins a document wherever it stands, even inside a quoted text.
 * So one document at a time is parsed, and one that is broken does not hide where the others are.
 */
export function* chunksOf(text: string): Generator<Chunk> {
  let linesBefore = 0
  let open = ''
  for (const piece of piecesOf(text)) {
    open += piece
    // A directive belongs to the document that follows it.
    if (directive.test(piece)) continue
    yield { text: open, linesBefore }
    linesBefore += lineAt(open, open.length) - 1
    open = ''
  }
  if (open !== '') yield { text: open, linesBefore }
}

function* piecesOf(text: string): Generator<string> {
  let start = 0
  for (const { index, 0: found } of text.matchAll(marker)) {
    const end = index + found.length - 3
    if (end > start) yield text.slice(start, end)
    start = end
  }
  if (start < text.length) yield text.slice(start)
}
