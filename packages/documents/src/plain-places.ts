import type { Stretch } from './plain-flow.ts'
import { LineReader } from './plain-lines.ts'
import { codes } from './plain-words.ts'
import type { Dialect } from './scalars.ts'

/** What stands in one place: where its value begins, -1 where it has none, and what shows it best. */
type Node = { readonly at: number; readonly column: number; readonly offset: number }
type Children = ReadonlyMap<string, Node>

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}

const none: Children = new Map()

/**
 * Finds where pointers lead in a text that `readPlain` has read, as `offsetIn` finds it in the events of the whole of YAML: by
 * indentation, going past all that lies deeper. Null for what lies in brackets: that the events must tell.
 */
export function plainPlaces(
  stretch: Stretch,
  dialect: Dialect,
): (pointer: string) => number | null {
  const reader = new PlaceReader(stretch, dialect)
  return (pointer) => reader.offsetOf(pointer)
}

class PlaceReader extends LineReader {
  readonly #root: Node
  /** Of what was asked for; null where it is written in brackets. */
  readonly #children = new Map<Node, Children | null>()

  constructor(stretch: Stretch, dialect: Dialect) {
    super(stretch, dialect)
    this.begin()
    this.#root = this.#here(this.at)
  }

  offsetOf(pointer: string): number | null {
    let node = this.#root
    let { offset } = node
    for (const step of pointer.split('/').slice(1)) {
      const children = this.#childrenOf(node)
      if (children === null) return null
      const next = children.get(step.includes('~') ? unescaped(step) : step)
      if (next === undefined) break
      node = next
      if (next.offset !== -1) offset = next.offset
    }
    return offset
  }

  #childrenOf(node: Node): Children | null {
    const known = this.#children.get(node)
    if (known !== undefined) return known
    const read = node.at === -1 ? none : this.#readChildren(node)
    this.#children.set(node, read)
    return read
  }

  #readChildren({ at, column }: Node): Children | null {
    this.at = at
    this.indent = column
    this.lineEnd = this.lineEndFrom(at)
    const first = this.text.charCodeAt(at)
    if (first === codes.openBracket || first === codes.openBrace) return null
    if (this.isItem()) return this.#items(column)
    return this.keyEnd() === -1 ? none : this.#members(column)
  }

  #items(column: number): Children {
    const items = new Map<string, Node>()
    while (this.indent === column && this.isItem()) {
      const dash = this.at
      this.at += 1
      if (this.endsHere()) this.next()
      else this.indent = column + this.at - dash
      items.set(String(items.size), this.indent > column ? this.#item() : this.#empty(-1))
      while (this.indent > column) this.next()
    }
    return items
  }

  #item(): Node {
    return this.#here(this.keyEnd() === -1 ? this.#textAt() : this.at)
  }

  #members(column: number): Children {
    const members = new Map<string, Node>()
    while (this.indent === column && !this.isItem()) {
      const end = this.keyEnd()
      const key = end === -1 ? undefined : this.key(end)
      if (key === undefined) break
      const offset = this.#textAt()
      this.at = end + 1
      members.set(key, this.#member(column, offset))
      while (this.#isBelow(column)) this.next()
    }
    return members
  }

  /** The value behind the colon here. Goes to the line below the key. */
  #member(column: number, offset: number): Node {
    if (!this.endsHere()) {
      const node = this.#here(offset)
      this.next()
      return node
    }
    this.next()
    return this.#isBelow(column) ? this.#here(offset) : this.#empty(offset)
  }

  /** True for what belongs to a key in that column: the items of its list may stand as far left as it does. */
  #isBelow(column: number): boolean {
    return this.indent > column || (this.indent === column && this.isItem())
  }

  /** Where the text begins that stands here, behind its quote. */
  #textAt(): number {
    const code = this.text.charCodeAt(this.at)
    return code === codes.quote || code === codes.apostrophe ? this.at + 1 : this.at
  }

  #here(offset: number): Node {
    return { at: this.at, column: this.indent, offset }
  }

  #empty(offset: number): Node {
    return { at: -1, column: -1, offset }
  }
}
