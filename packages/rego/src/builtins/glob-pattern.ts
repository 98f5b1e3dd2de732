/** A part of a pattern. `any` and `many` stop at delimiters; a `many` that crosses does not. */
export type GlobPart =
  | { readonly kind: 'text'; readonly characters: string[] }
  | { readonly kind: 'one'; readonly fits: (character: string) => boolean }
  | { readonly kind: 'any' }
  | { readonly kind: 'many'; readonly crosses: boolean }
  | { readonly kind: 'choice'; readonly branches: readonly (readonly GlobPart[])[] }

/** Reads a pattern as OPA does. Null where it does not: an open group or class, a backslash at the end. */
export function parseGlob(pattern: string): readonly GlobPart[] | null {
  try {
    return new Parser(Array.from(pattern)).whole()
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null
    throw thrown
  }
}

class Parser {
  readonly #characters: readonly string[]
  #at = 0

  constructor(characters: readonly string[]) {
    this.#characters = characters
  }

  whole(): readonly GlobPart[] {
    const parts: GlobPart[] = []
    for (let next = this.#next(); next !== undefined; next = this.#next())
      append(parts, this.#part(next))
    return parts
  }

  #next(): string | undefined {
    const next = this.#characters[this.#at]
    if (next !== undefined) this.#at += 1
    return next
  }

  #must(): string {
    const next = this.#next()
    if (next === undefined) throw new SyntaxError('the pattern ends too early')
    return next
  }

  #took(character: string): boolean {
    const isNext = this.#characters[this.#at] === character
    if (isNext) this.#at += 1
    return isNext
  }

  #part(first: string): GlobPart {
    switch (first) {
      case '?':
        return { kind: 'any' }
      case '*':
        return { kind: 'many', crosses: this.#took('*') }
      case '[':
        return { kind: 'one', fits: this.#class() }
      case '{':
        return { kind: 'choice', branches: this.#branches() }
      case '\\':
        return literal(this.#must())
      default:
        return literal(first)
    }
  }

  #branches(): readonly (readonly GlobPart[])[] {
    let branch: GlobPart[] = []
    const branches = [branch]
    for (let next = this.#must(); next !== '}'; next = this.#must())
      if (next === ',') branches.push((branch = []))
      else append(branch, this.#part(next))
    return branches
  }

  /** A range of two characters, or as many as stand there. A dash is one of those anywhere but behind the first. */
  #class(): (character: string) => boolean {
    const negated = this.#took('!')
    const first = this.#must()
    const isIn = this.#took('-') ? this.#range(first) : this.#oneOf(first)
    return (character) => isIn(character) !== negated
  }

  #range(first: string): (character: string) => boolean {
    const [low, high] = [pointOf(first), pointOf(this.#must())]
    if (high < low || this.#must() !== ']') throw new SyntaxError('this is no range')
    return (character) => low <= pointOf(character) && pointOf(character) <= high
  }

  #oneOf(first: string): (character: string) => boolean {
    const members = new Set<string>()
    for (let next = first; next !== ']'; next = this.#must())
      members.add(next === '\\' ? this.#must() : next)
    if (members.size === 0) throw new SyntaxError('the class is empty')
    return (character) => members.has(character)
  }
}

function literal(character: string): GlobPart {
  return { kind: 'text', characters: [character] }
}

/** Text behind text is one part. */
function append(parts: GlobPart[], part: GlobPart): void {
  const last = parts.at(-1)
  if (last?.kind === 'text' && part.kind === 'text') last.characters.push(...part.characters)
  else parts.push(part)
}

function pointOf(character: string): number {
  return character.codePointAt(0) ?? 0
}
