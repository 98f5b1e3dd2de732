import type { Json } from '@writ/domain'
import type { Budget } from './compose.ts'
import { limits } from './limits.ts'
import type { Stretch } from './plain-lines.ts'
import { TextReader } from './plain-texts.ts'
import { beginsPlain, codes, wordOf, type Plain } from './plain-words.ts'
import type { Dialect } from './scalars.ts'
import { separatorsIn } from './separators.ts'

/** Few texts have any of these, and to look for them is quick. */
const unusual = /[^\n -~]/

/** Of those, what has another meaning to somebody, or none: tabs, other line breaks, half characters and what does not print. */
const special = /[^\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u

/**
 * The value of the one document in a text that is written plainly, as nearly every manifest is: blocks, words, quotes,
 * brackets and block texts. Null where anything in it needs the whole of YAML, and where it has a mistake:
 * then `parseChunk` and `compose` read it, with which this agrees about all that it reads. It takes less than half of their time.
 */
export function readPlain(stretch: Stretch, dialect: Dialect, budget: Budget): Json | null {
  const text = stretch.text.slice(stretch.from, stretch.to)
  if (unusual.test(text) && special.test(text)) return null
  if (separatorsIn(text) > limits.separators) return null
  const reader = new BlockReader(stretch, dialect)
  const value = reader.document()
  if (value === undefined) return null
  const values = budget.values + reader.values
  const characters = budget.characters + reader.characters
  if (values > limits.values || characters > limits.characters) return null
  Object.assign(budget, { values, characters })
  return value
}

const { colon, quote, apostrophe, bar, greater } = codes

class BlockReader extends TextReader {
  document(): Json | undefined {
    if (!this.begin()) return undefined
    const value = this.indent === 0 ? this.#block(-1) : undefined
    return this.indent === -1 && typeof value === 'object' ? value : undefined
  }

  /** What stands here, in a place that belongs to a key or a dash in the column `owner`. */
  #block(owner: number): Plain {
    if (this.isItem()) return this.#sequence(this.indent)
    const end = this.keyEnd()
    return end === -1 ? this.#inline(owner) : this.#mapping(this.indent, end)
  }

  #sequence(column: number): Plain {
    if (!this.opened()) return undefined
    const items: Json[] = []
    while (this.indent === column && this.isItem()) {
      const item = this.#item(column)
      if (item === undefined) return undefined
      items.push(item)
    }
    return this.closed(items)
  }

  #item(column: number): Plain {
    const start = this.at
    this.at += 1
    if (this.endsHere()) {
      this.next()
      return this.indent > column ? this.#block(column) : this.empty()
    }
    this.indent = column + this.at - start
    return this.#block(column)
  }

  #mapping(column: number, firstEnd: number): Plain {
    if (!this.opened()) return undefined
    const members: Record<string, Json> = {}
    let count = 0
    let end = firstEnd
    while (this.indent === column) {
      if (count > 0) end = this.keyEnd()
      const key = end === -1 ? undefined : this.key(end)
      if (key === undefined || key === '__proto__') return undefined
      this.at = end + 1
      const member = this.#member(column)
      if (member === undefined) return undefined
      members[key] = member
      count++
    }
    return this.indent > column || Object.keys(members).length < count
      ? undefined
      : this.closed(members)
  }

  #member(column: number): Plain {
    if (!this.endsHere()) return this.#inline(column)
    this.next()
    if (this.indent > column) return this.#block(column)
    return this.indent === column && this.isItem() ? this.#sequence(column) : this.empty()
  }

  /** What begins on the line of its key or dash, in that one's column, up to the end of a line. */
  #inline(column: number): Plain {
    const first = this.text.charCodeAt(this.at)
    if (first === bar || first === greater) return this.blockText(column)
    const isWord = beginsPlain(this.text, this.at)
    if (isWord) return this.#word(column)
    const isQuoted = first === quote || first === apostrophe
    const value = isQuoted ? this.quotedLines(column, first) : this.collection(column)
    if (value === undefined || !this.endsHere()) return undefined
    this.next()
    return value
  }

  /** Words without quotes; they go on below as long as the lines are indented further than their owner. */
  #word(column: number): Plain {
    const { text, at } = this
    let end = this.wordEnd(at)
    if (text.charCodeAt(end) === colon) return undefined
    let words = this.trimmed(at, end)
    let isOpen = end === this.lineEnd
    this.next()
    while (this.indent > column) {
      if (!isOpen || this.lineStart !== end + 1) return undefined
      end = this.wordEnd(this.at)
      if (text.charCodeAt(end) === colon) return undefined
      isOpen = end === this.lineEnd
      words += ` ${this.trimmed(this.at, end)}`
      this.next()
    }
    return this.scalar(wordOf(words, this.dialect))
  }
}
