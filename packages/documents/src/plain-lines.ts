import { FlowReader } from './plain-flow.ts'
import { beginsPlain, codes } from './plain-words.ts'

const { newline, space, hash, dash, colon, quote, apostrophe } = codes

function isMarker(text: string, at: number): boolean {
  return text.startsWith('---', at) || text.startsWith('...', at)
}

/** Goes from one line that says something to the next. */
export class LineReader extends FlowReader {
  /** The column of what stands at `at`; -1 at the end. */
  indent = -1
  lineStart = 0

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

  /** True where nothing but blanks and a comment follows on this line; if so or not, goes to what follows. */
  endsHere(): boolean {
    const { text, at, lineEnd } = this
    const end = this.past(space, at)
    this.at = end
    return end === lineEnd || (text.charCodeAt(end) === hash && end > at)
  }
}
