import { FlowReader, meant } from './plain-flow.ts'
import { codes, type Plain } from './plain-words.ts'

const { newline, space, backslash, quote, greater } = codes

/** What may stand behind the `|` or `>` of a block text: how far it is indented, and how it ends. */
const header = /^([1-9]?)([-+]?)$/

/** Reads texts of several lines. */
export class TextReader extends FlowReader {
  /** A text in quotes; it goes on below as long as the lines are indented further than their owner. Goes behind it. */
  quotedLines(column: number, mark: number): Plain {
    const { text, to } = this
    let start = this.at + 1
    let end = this.quoteEnd(start, mark)
    if (end !== -1) return this.quoted()
    let lines = ''
    while (end === -1) {
      const line = this.#quotedLine(start, mark)
      const next = this.past(newline, this.lineEnd)
      start = this.past(space, next)
      if (line === undefined || start >= to || start - next <= column || this.isGap(start))
        return undefined
      lines += line
      this.lineEnd = this.lineEndFrom(start)
      end = this.quoteEnd(start, mark)
    }
    lines += text.slice(start, end)
    this.at = end + 1
    return this.scalar(meant(lines, mark))
  }

  /** The rest of this line of a text in quotes, with what its end and the empty lines below stand for. */
  #quotedLine(start: number, mark: number): string | undefined {
    const { text, lineEnd } = this
    const isJoined = mark === quote && this.#isEscaped(lineEnd)
    const line = isJoined ? text.slice(start, lineEnd - 1) : this.trimmed(start, lineEnd)
    const empty = this.past(newline, lineEnd) - lineEnd - 1
    if (isJoined) return empty > 0 ? undefined : line
    if (mark === quote && this.#isEscaped(start + line.length)) return undefined
    return line + (empty > 0 ? (mark === quote ? '\\n' : '\n').repeat(empty) : ' ')
  }

  /** True where what stands here has a backslash before it that is not escaped itself. */
  #isEscaped(at: number): boolean {
    let first = at
    while (this.text.charCodeAt(first - 1) === backslash) first -= 1
    return (at - first) % 2 === 1
  }

  /** A literal text, or a folded one in which no line is indented further than the others. */
  blockText(column: number): Plain {
    const { text, at, lineEnd } = this
    const marks = header.exec(text.slice(at + 1, lineEnd))
    if (marks === null) return undefined
    const [, indent = '', ending = ''] = marks
    const first = this.past(newline, lineEnd)
    const depth = this.#depthAt(first, Math.max(column, 0), indent)
    const end = depth === -1 ? -1 : this.#blockEnd(first, depth)
    if (end === -1) return undefined
    const lines = text.slice(first + depth, end).replaceAll(`\n${' '.repeat(depth)}`, '\n')
    const body = text.charCodeAt(at) === greater ? folded(lines) : lines
    if (body === undefined) return undefined
    const before = '\n'.repeat(first - lineEnd - 1)
    const after = breaksAfter(ending, this.lineEnd - end)
    this.next()
    return this.scalar(before + body + after)
  }

  /** How far a block text is indented whose first line is here: as far as that, or as it says; -1 where that is not below its owner. */
  #depthAt(first: number, owner: number, said: string): number {
    const indent = this.past(space, first) - first
    const depth = said === '' ? indent : owner + Number(said)
    return depth <= owner || indent < depth || this.isGap(first + indent) ? -1 : depth
  }

  /** The end of the last line of a block text that is not empty; -1 where a line holds blanks only. Goes behind its empty lines. */
  #blockEnd(first: number, depth: number): number {
    const { text, to } = this
    let end = first
    for (let start = first; start < to; start = this.lineEnd + 1) {
      let at = start
      while (at < start + depth && text.charCodeAt(at) === space) at += 1
      const lineEnd = this.lineEndFrom(at)
      if (at === lineEnd && at > start) return -1
      if (at < lineEnd && at < start + depth) break
      if (at < lineEnd) end = lineEnd
      this.lineEnd = lineEnd
    }
    return end
  }
}

function breaksAfter(ending: string, emptyLines: number): string {
  if (ending === '-') return ''
  return '\n'.repeat(ending === '+' ? 1 + emptyLines : 1)
}

/** The lines as one; an empty line between them parts them. */
function folded(lines: string): string | undefined {
  if (lines.startsWith(' ') || lines.includes('\n ')) return undefined
  return lines.replaceAll(/\n+/g, (breaks) => (breaks === '\n' ? ' ' : breaks.slice(1)))
}
