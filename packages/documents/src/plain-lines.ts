import { beginsPlain, codes } from './plain-words.ts'

const { newline, space, hash, dash, colon, quote, apostrophe, backslash } = codes

/** A part of a text that ends where a line does. */
export type Stretch = { readonly text: string; readonly from: number; readonly to: number }

function isMarker(text: string, at: number): boolean {
  return text.startsWith('---', at) || text.startsWith('...', at)
}

/** Goes from one line that says something to the next, and sees what stands on it. */
export class LineReader {
  readonly text: string
  readonly to: number
  at: number
  lineEnd = 0
  /** The column of what stands at `at`; -1 at the end. */
  indent = -1
  lineStart = 0

  constructor({ text, from, to }: Stretch) {
    this.text = text
    this.at = from
    this.to = to
  }

  /** To the first line, past a marker above it; false where something stands behind the marker. */
  begin(): boolean {
    this.lineEnd = this.at - 1
    this.next()
    if (this.indent !== 0 || !this.text.startsWith('---', this.at)) return true
    this.at += 3
    if (!this.endsHere()) return false
    this.next()
    return true
  }

  /** To the next line that says something. */
  next(): void {
    const { text, to } = this
    for (let start = this.lineEnd + 1; start < to; start = this.lineEnd + 1) {
      const at = this.past(space, start)
      const code = text.charCodeAt(at)
      this.lineEnd = this.lineEndFrom(at)
      if (code === newline || code === hash || at === to) continue
      this.at = at
      this.indent = at - start
      this.lineStart = start
      return
    }
    this.indent = -1
  }

  lineEndFrom(at: number): number {
    const end = this.text.indexOf('\n', at)
    return end === -1 ? this.to : end
  }

  /** True where an item of a list begins. */
  isItem(): boolean {
    return this.text.charCodeAt(this.at) === dash && this.isGap(this.at + 1)
  }

  /** Where the colon behind the key is that begins here; -1 where none does. */
  keyEnd(): number {
    const { text, at } = this
    const first = text.charCodeAt(at)
    if (first === quote || first === apostrophe) return this.#quotedKeyEnd()
    if ((this.indent === 0 && isMarker(text, at)) || !beginsPlain(text, at)) return -1
    const end = this.wordEnd(at)
    return text.charCodeAt(end) === colon ? end : -1
  }

  #quotedKeyEnd(): number {
    const quoteEnd = this.quoteEnd(this.at + 1, this.text.charCodeAt(this.at))
    const end = this.past(space, quoteEnd + 1)
    return quoteEnd !== -1 && this.text.charCodeAt(end) === colon && this.isGap(end + 1) ? end : -1
  }

  /** The quote that ends a text of which the rest begins here; -1 where it is not on this line. */
  quoteEnd(from: number, mark: number): number {
    const { text, lineEnd } = this
    for (let end = from; end < lineEnd; end += 1) {
      const code = text.charCodeAt(end)
      if (code === backslash && mark === quote) end += 1
      else if (code === mark) {
        if (mark === quote || text.charCodeAt(end + 1) !== mark) return end
        end += 1
      }
    }
    return -1
  }

  /** The end of the line, or before it the colon of a key or the blank before a comment. */
  wordEnd(at: number): number {
    const { text, lineEnd } = this
    for (let end = at; end < lineEnd; end += 1) {
      const code = text.charCodeAt(end)
      if (code === colon && this.isGap(end + 1)) return end
      if (code === hash && text.charCodeAt(end - 1) === space) return end - 1
    }
    return lineEnd
  }

  /** True where nothing but blanks and a comment follows on this line; if so or not, goes to what follows. */
  endsHere(): boolean {
    const { text, at, lineEnd } = this
    const end = this.past(space, at)
    this.at = end
    return end === lineEnd || (text.charCodeAt(end) === hash && end > at)
  }

  trimmed(at: number, end: number): string {
    let last = end
    while (last > at && this.text.charCodeAt(last - 1) === space) last -= 1
    return this.text.slice(at, last)
  }

  /** From here to the first character that is another one. */
  past(code: number, from: number): number {
    let at = from
    while (this.text.charCodeAt(at) === code) at += 1
    return at
  }

  isGap(at: number): boolean {
    const code = this.text.charCodeAt(at)
    return code === space || code === newline || Number.isNaN(code)
  }
}
