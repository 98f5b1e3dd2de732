import { FlowReader } from './plain-flow.ts'
import type { Stretch } from './plain-lines.ts'
import { codes } from './plain-words.ts'
import type { Dialect } from './scalars.ts'

/** What stands in one place: where its value begins, -1 where it has none, and what shows it best. */
type Node = { readonly at: number; readonly column: number; readonly offset: number }
type Named = readonly [name: string, node: Node]
/** What was read of the children of a node, and how the others are read. */
type Reading = { readonly known: Map<string, Node>; readonly rest: Iterator<Named> }

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}

/**
 * Finds where pointers lead in a text that `readPlain` has read, as `offsetIn` finds it in the events of the whole of YAML: by
 * indentation, going past all that lies deeper, and no further than it must. Null for what lies in brackets: that the events must tell.
 */
export function plainPlaces(
  stretch: Stretch,
  dialect: Dialect,
): (pointer: string) => number | null {
  const reader = new PlaceReader(stretch, dialect)
  return (pointer) => reader.offsetOf(pointer)
}

class PlaceReader extends FlowReader {
  readonly #root: Node
  /** Of what was asked for; null where it is written in brackets. */
  readonly #readings = new Map<Node, Reading | null>()

  constructor(stretch: Stretch, dialect: Dialect) {
    super(stretch, dialect)
    this.begin()
    this.#root = this.#here(this.at)
  }

  offsetOf(pointer: string): number | null {
    let node = this.#root
    let { offset } = node
    for (const step of pointer.split('/').slice(1)) {
      const next = this.#childOf(node, step.includes('~') ? unescaped(step) : step)
      if (next === null) return null
      if (next === undefined) break
      node = next
      if (next.offset !== -1) offset = next.offset
    }
    return offset
  }

  /** The child of that name; null where the children are written in brackets. */
  #childOf(node: Node, name: string): Node | null | undefined {
    const reading = this.#readingOf(node)
    if (reading === null) return null
    const { known, rest } = reading
    while (!known.has(name)) {
      const read = rest.next()
      if (read.done === true) return undefined
      known.set(...read.value)
    }
    return known.get(name)
  }

  #readingOf(node: Node): Reading | null {
    const begun = this.#readings.get(node)
    if (begun !== undefined) return begun
    const first = this.text.charCodeAt(node.at)
    const isInBrackets = first === codes.openBracket || first === codes.openBrace
    const reading = isInBrackets ? null : { known: new Map(), rest: this.#children(node) }
    this.#readings.set(node, reading)
    return reading
  }

  *#children({ at, column }: Node): Generator<Named> {
    if (at === -1) return
    this.#goTo({ at, indent: column, lineEnd: this.lineEndFrom(at) })
    if (this.isItem()) yield* this.#items(column)
    else if (this.keyEnd() !== -1) yield* this.#members(column)
  }

  *#items(column: number): Generator<Named> {
    for (let index = 0; this.indent === column && this.isItem(); index += 1) {
      const dash = this.at
      this.at += 1
      if (this.endsHere()) this.next()
      else this.indent = column + this.at - dash
      const node = this.indent > column ? this.#item() : this.#empty(-1)
      const { at, indent, lineEnd } = this
      yield [String(index), node]
      this.#goTo({ at, indent, lineEnd })
      while (this.indent > column) this.next()
    }
  }

  #item(): Node {
    return this.#here(this.keyEnd() === -1 ? this.#textAt() : this.at)
  }

  *#members(column: number): Generator<Named> {
    while (this.indent === column && !this.isItem()) {
      const end = this.keyEnd()
      const key = end === -1 ? undefined : this.key(end)
      if (key === undefined) return
      const offset = this.#textAt()
      this.at = end + 1
      const node = this.#member(column, offset)
      const { at, indent, lineEnd } = this
      yield [key, node]
      this.#goTo({ at, indent, lineEnd })
      while (this.#isBelow(column)) this.next()
    }
  }

  /** Other children may have been read meanwhile. */
  #goTo({ at, indent, lineEnd }: Pick<FlowReader, 'at' | 'indent' | 'lineEnd'>): void {
    this.at = at
    this.indent = indent
    this.lineEnd = lineEnd
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
