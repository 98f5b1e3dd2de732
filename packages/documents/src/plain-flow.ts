import type { Json } from '@writ/domain'
import { limits } from './limits.ts'
import { LineReader, type Stretch } from './plain-lines.ts'
import { beginsPlain, codes, wordOf, type Plain } from './plain-words.ts'
import type { Dialect } from './scalars.ts'

const { space, quote, hash, apostrophe, comma, colon, openBracket, closeBracket, openBrace, closeBrace } = codes // prettier-ignore

/** Reads words, keys, quotes and brackets, and counts all that is read. */
export class FlowReader extends LineReader {
  readonly dialect: Dialect
  values = 0
  characters = 0
  #depth = 0
  /** The column of the key or dash to which the brackets belong. */
  #owner = -1

  constructor(stretch: Stretch, dialect: Dialect) {
    super(stretch)
    this.dialect = dialect
  }

  /** A collection in brackets; it goes on below as long as the lines are indented further than its owner. Goes behind it. */
  collection(owner: number): Plain {
    this.#owner = owner
    return this.#collection()
  }

  /** A text in quotes that ends on this line. Goes behind it. */
  quoted(): Plain {
    const { text, at } = this
    const mark = text.charCodeAt(at)
    const end = mark === quote || mark === apostrophe ? this.quoteEnd(at + 1, mark) : -1
    if (end === -1) return undefined
    this.at = end + 1
    return this.scalar(meant(text.slice(at + 1, end), mark))
  }

  /** The key that begins here and ends at a colon; undefined where it stands for something else than its text. */
  key(end: number): string | undefined {
    const { text, at } = this
    const first = text.charCodeAt(at)
    const isQuoted = first === quote || first === apostrophe
    const key = isQuoted
      ? meant(text.slice(at + 1, this.quoteEnd(at + 1, first)), first)
      : this.trimmed(at, end)
    if (key === undefined) return undefined
    if (!isQuoted && (key === '<<' || wordOf(key, this.dialect) !== key)) return undefined
    this.values += 1
    this.characters += key.length
    return key
  }

  scalar(value: Plain): Plain {
    this.values += 1
    if (typeof value === 'string') this.characters += value.length
    return value
  }

  empty(): null {
    this.values += 1
    return null
  }

  opened(): boolean {
    this.#depth += 1
    return this.#depth <= limits.depth
  }

  closed(value: Json): Json {
    this.#depth -= 1
    this.values += 1
    return value
  }

  #collection(): Plain {
    const first = this.text.charCodeAt(this.at)
    if (first !== openBracket) return first === openBrace ? this.#map() : undefined
    return this.#list()
  }

  #list(): Plain {
    if (!this.opened()) return undefined
    const items: Json[] = []
    this.#enter()
    while (this.text.charCodeAt(this.at) !== closeBracket) {
      const item = this.#value()
      if (item === undefined || !this.#goesOn(closeBracket)) return undefined
      items.push(item)
    }
    this.at += 1
    return this.closed(items)
  }

  #map(): Plain {
    if (!this.opened()) return undefined
    const members: Record<string, Json> = {}
    this.#enter()
    while (this.text.charCodeAt(this.at) !== closeBrace) {
      const key = this.#key()
      if (key === undefined || members[key] !== undefined) return undefined
      const member = this.#value()
      if (member === undefined || !this.#goesOn(closeBrace)) return undefined
      members[key] = member
    }
    this.at += 1
    return this.closed(members)
  }

  /** The key here, if a colon and a blank follow it. Goes to its value. */
  #key(): string | undefined {
    const { text, at } = this
    const first = text.charCodeAt(at)
    const isQuoted = first === quote || first === apostrophe
    const end = isQuoted ? this.quoteEnd(at + 1, first) + 1 : this.#wordEnd()
    if (end <= at || text.charCodeAt(end) !== colon || text.charCodeAt(end + 1) !== space)
      return undefined
    const key = this.key(end)
    this.at = end + 1
    this.#skip()
    return key
  }

  #value(): Plain {
    this.#skip()
    const first = this.text.charCodeAt(this.at)
    if (first === openBracket || first === openBrace) return this.#collection()
    if (first === quote || first === apostrophe) return this.quoted()
    const end = this.#wordEnd()
    if (end === -1 || this.text.charCodeAt(end) === colon) return undefined
    const word = this.trimmed(this.at, end)
    this.at = end
    return this.scalar(wordOf(word, this.dialect))
  }

  /** Where the word here ends: at a colon, at what ends an entry or with the line; -1 where it is none, or goes on behind that. */
  #wordEnd(): number {
    const { text, at, lineEnd } = this
    if (at === lineEnd || !beginsPlain(text, at)) return -1
    for (let end = at; end < lineEnd; end += 1) {
      const code = text.charCodeAt(end)
      if (endsEntry(code)) return end
      if (code === colon && this.#endsKey(end + 1)) return end
      if (code === hash || code === openBracket || code === openBrace) return -1
    }
    return lineEnd
  }

  #endsKey(at: number): boolean {
    return this.isGap(at) || ',[]{}'.includes(this.text.charAt(at))
  }

  /** Behind the comma after an entry, or at the end of all. */
  #goesOn(close: number): boolean {
    this.#skip()
    const code = this.text.charCodeAt(this.at)
    if (code === close) return true
    if (code !== comma) return false
    this.#enter()
    return this.text.charCodeAt(this.at) !== close
  }

  #enter(): void {
    this.at += 1
    this.#skip()
  }

  /** To what comes next, here or on a line below. From a line that is indented too little nothing is read: it stays at an end. */
  #skip(): void {
    if (!this.endsHere()) return
    this.next()
    if (this.indent > Math.max(this.#owner, 0)) return
    this.#owner = Infinity
    this.at = this.lineEnd
  }
}

function endsEntry(code: number): boolean {
  return code === comma || code === closeBracket || code === closeBrace
}

/**
 * What a text between such quotes stands for; undefined where JSON does not know, or where it is half a character. What JSON
 * escapes, YAML escapes alike; only an escaped blank it does not know.
 */
export function meant(text: string, mark: number): string | undefined {
  if (mark === apostrophe) return text.replaceAll("''", "'")
  if (!text.includes('\\')) return text
  const json = text.includes('\\ ') ? text.replaceAll(/\\(?:\\| )/g, withoutBlank) : text
  try {
    const value = String(JSON.parse(`"${json}"`))
    return value.isWellFormed() ? value : undefined
  } catch {
    return undefined
  }
}

function withoutBlank(escape: string): string {
  return escape === '\\ ' ? ' ' : escape
}
