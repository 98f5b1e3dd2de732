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
export function chunksOf(text: string): readonly Chunk[] {
  const chunks: Chunk[] = []
  let linesBefore = 0
  for (const piece of joined(piecesOf(text))) {
    chunks.push({ text: piece, linesBefore })
    linesBefore += lineAt(piece, piece.length) - 1
  }
  return chunks
}

function piecesOf(text: string): readonly string[] {
  const starts = [...text.matchAll(marker)].map(({ index, 0: found }) => index + found.length - 3)
  return [0, ...starts].flatMap((start, at) => {
    const piece = text.slice(start, starts[at])
    return piece === '' ? [] : [piece]
  })
}

/** A directive belongs to the document that follows it. */
function joined(pieces: readonly string[]): readonly string[] {
  const whole: string[] = []
  let open = ''
  for (const piece of pieces) {
    open += piece
    if (directive.test(piece)) continue
    whole.push(open)
    open = ''
  }
  return open === '' ? whole : [...whole, open]
}
