import type { RegoArray, RegoObject, RegoValue } from './value.ts'

/** Reads a value in the notation that a module's value dump writes. Throws a SyntaxError on any other text. */
export function readValue(text: string): RegoValue {
  return new Reader(text).whole()
}

const [quote, comma, colon, backslash] = [0x22, 0x2c, 0x3a, 0x5c]
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d]

const words: readonly (readonly [string, RegoValue])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['set()', { set: [] }],
]

/** A policy may write `.5`, and a module hands it on like that; JSON has no such number. */
const number = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?/y

/** More than a module writes within what it may take of the stack: so it is not this engine's stack that ends. */
const deepest = 512

class Reader {
  readonly #text: string
  #depth = 0
  #at = 0
  /** Where the next backslash is; up to there a string ends at the next quotation mark. */
  #escape: number

  constructor(text: string) {
    this.#text = text
    this.#escape = text.indexOf('\\')
  }

  whole(): RegoValue {
    const value = this.#value()
    if (!Number.isNaN(this.#next())) throw this.#unexpected()
    return value
  }

  #value(): RegoValue {
    switch (this.#next()) {
      case quote:
        return this.#string()
      case openBracket:
      case openBrace:
        return this.#composed()
      default:
        return this.#wordOrNumber()
    }
  }

  #composed(): RegoValue {
    this.#depth += 1
    if (this.#depth > deepest)
      throw new SyntaxError(`values are more than ${deepest} in each other`)
    const value = this.#next() === openBracket ? this.#list() : this.#braced()
    this.#depth -= 1
    return value
  }

  /** The next character that is no space; NaN at the end. */
  #next(): number {
    let unit = this.#text.charCodeAt(this.#at)
    while (unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09)
      unit = this.#text.charCodeAt((this.#at += 1))
    return unit
  }

  #string(): string {
    const start = this.#at
    const end = this.#text.indexOf('"', start + 1)
    if (this.#escape !== -1 && this.#escape < start) this.#escape = this.#text.indexOf('\\', start)
    if (end === -1) throw this.#unexpected()
    if (this.#escape !== -1 && this.#escape < end) return this.#escaped(start)
    this.#at = end + 1
    return this.#text.slice(start + 1, end)
  }

  #escaped(start: number): string {
    let end = start + 1
    for (; this.#text.charCodeAt(end) !== quote; end += 1) {
      if (end >= this.#text.length) throw this.#unexpected()
      if (this.#text.charCodeAt(end) === backslash) end += 1
    }
    this.#at = end + 1
    return String(JSON.parse(this.#text.slice(start, this.#at)))
  }

  #wordOrNumber(): RegoValue {
    number.lastIndex = this.#at
    const found = number.exec(this.#text)?.[0]
    if (found !== undefined) {
      this.#at += found.length
      return { number: found.replace(/^(-?)\./, '$10.') }
    }
    const word = words.find(([name]) => this.#text.startsWith(name, this.#at))
    if (word === undefined) throw this.#unexpected()
    this.#at += word[0].length
    return word[1]
  }

  #list(): RegoArray {
    this.#at += 1
    if (this.#took(closeBracket)) return []
    return this.#rest(this.#value(), closeBracket)
  }

  /** An object if a colon follows the first value, else a set. `{}` is the empty object. */
  #braced(): RegoValue {
    this.#at += 1
    if (this.#took(closeBrace)) return { members: [] }
    const first = this.#value()
    return this.#took(colon) ? this.#object(first) : { set: this.#rest(first, closeBrace) }
  }

  #object(first: RegoValue): RegoObject {
    const members: [RegoValue, RegoValue][] = [[first, this.#value()]]
    while (this.#took(comma)) {
      const key = this.#value()
      this.#expect(colon)
      members.push([key, this.#value()])
    }
    this.#expect(closeBrace)
    return { members }
  }

  #rest(first: RegoValue, close: number): RegoArray {
    const values = [first]
    while (this.#took(comma)) values.push(this.#value())
    this.#expect(close)
    return values
  }

  #took(unit: number): boolean {
    if (this.#next() !== unit) return false
    this.#at += 1
    return true
  }

  #expect(unit: number): void {
    if (!this.#took(unit)) throw this.#unexpected()
  }

  #unexpected(): SyntaxError {
    const here = this.#text.slice(this.#at, this.#at + 20)
    return new SyntaxError(`no Rego value is written like this, at ${this.#at}: ${here}`)
  }
}
