import type { Json } from '@writ/domain'
import { limits } from './limits.ts'
import { beginsPlain, codes, wordOf, type Plain } from './plain-words.ts'
import type { Dialect } from './scalars.ts'

const { newline, space, quote, backslash, hash, apostrophe, comma, colon, openBracket, closeBracket, openBrace, closeBrace } = codes // prettier-ignore

/** A part of a text that ends where a line does. */
export type Stretch = { readonly text: string; readonly from: number; readonly to: number }

/** Reads what stands on one line, and counts all that is read. */
export class FlowReader {
  readonly text: string
  readonly to: number
  readonly dialect: Dialect
  at: number
  lineEnd = 0
  values = 0
  characters = 0
  #depth = 0

  constructor({ text, from, to }: Stretch, dialect: Dialect) {
    this.text = text
    this.at = from
    this.to = to
    this.dialect = dialect
  }

  /** A collection in brackets that ends on this line. Goes behind it. */
  collection(): Plain {
    const first = this.text.charCodeAt(this.at)
    if (first !== openBracket) return first === openBrace ? this.#map() : undefined
    return this.#list()
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
    if (first === openBracket || first === openBrace) return this.collection()
    if (first === quote || first === apostrophe) return this.quoted()
    const end = this.#wordEnd()
    if (end === -1 || this.text.charCodeAt(end) === colon) return undefined
    const word = this.trimmed(this.at, end)
    this.at = end
    return this.scalar(wordOf(word, this.dialect))
  }

  /** Where the word here ends: at a colon or at what ends an entry; -1 where it is none, or does not end on this line. */
  #wordEnd(): number {
    const { text, at, lineEnd } = this
    if (!beginsPlain(text, at)) return -1
    for (let end = at; end < lineEnd; end += 1) {
      const code = text.charCodeAt(end)
      if (endsEntry(code)) return end
      if (code === colon && this.#endsKey(end + 1)) return end
      if (code === hash || code === openBracket || code === openBrace) return -1
    }
    return -1
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

  #skip(): void {
    this.at = this.past(space, this.at)
  }
}

function endsEntry(code: number): boolean {
  return code === comma || code === closeBracket || code === closeBrace
}

/** Escapes that mean in JSON what they mean in YAML. */
const escaped = /^(?:[^\\]|\\["\\/bfnrt])*$/

/** What a text between such quotes stands for; undefined where JSON does not know. */
export function meant(text: string, mark: number): string | undefined {
  if (mark === apostrophe) return text.replaceAll("''", "'")
  if (!text.includes('\\')) return text
  return escaped.test(text) ? String(JSON.parse(`"${text}"`)) : undefined
}
