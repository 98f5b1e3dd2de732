/** One token of a Rego file. Comments and spaces are left out. */
export type Token = {
  /** `name` is a dotted path as it is written, such as `input.context` or `to_number`. */
  readonly type: 'name' | 'string' | 'mark'
  /** A string's own text, without quotes and with escapes as written; for the others, as written. */
  readonly text: string
  readonly row: number
  readonly column: number
  /** How many brackets are open before it. */
  readonly depth: number
}

const namePattern = /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*/y
const numberPattern = /[0-9][0-9A-Za-z_]*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const spacePattern = /(?:[ \t\r\n]+|#[^\n]*)+/y
const opening = '([{'
const closing = ')]}'

/** The tokens of Rego text. It does not judge: what OPA's parser would refuse gives some tokens too. */
export function tokensOf(text: string): readonly Token[] {
  const scanner = { text, at: 0, depth: 0, row: 1, lines: lineStarts(text), tokens: [] as Token[] }
  scanUntil(scanner, null)
  return scanner.tokens
}

type Scanner = {
  readonly text: string
  at: number
  depth: number
  /** Of the last token: tokens come in order, so the search for a row goes on from it. */
  row: number
  readonly lines: readonly number[]
  readonly tokens: Token[]
}

/** Scans to the end of the text, or to the brace that ends the expression of a template. */
function scanUntil(scanner: Scanner, end: number | null): void {
  while (scanner.at < scanner.text.length) {
    if (skip(scanner, spacePattern)) continue
    const here = scanner.text[scanner.at] ?? ''
    if (end !== null && here === '}' && scanner.depth === end) return
    if (!scanText(scanner, here)) scanWord(scanner, here)
  }
}

function scanText(scanner: Scanner, here: string): boolean {
  const next = scanner.text[scanner.at + 1] ?? ''
  if (here === '$' && (next === '"' || next === '`')) scanTemplate(scanner, next)
  else if (here === '"' || here === '`') scanString(scanner, here)
  else return false
  return true
}

function scanString(scanner: Scanner, quote: string): void {
  const start = scanner.at
  scanner.at += 1
  while (scanner.at < scanner.text.length && scanner.text[scanner.at] !== quote)
    step(scanner, quote)
  push(scanner, { type: 'string', text: scanner.text.slice(start + 1, scanner.at), start })
  scanner.at += 1
}

/** A template's own text is no token; the expressions in it are. */
function scanTemplate(scanner: Scanner, quote: string): void {
  push(scanner, { type: 'mark', text: `$${quote}`, start: scanner.at })
  scanner.at += 2
  while (scanner.at < scanner.text.length && scanner.text[scanner.at] !== quote) {
    if (scanner.text[scanner.at] !== '{') {
      step(scanner, quote)
      continue
    }
    scanner.at += 1
    scanner.depth += 1
    scanUntil(scanner, scanner.depth)
    scanner.depth -= 1
    scanner.at += 1
  }
  scanner.at += 1
}

function step(scanner: Scanner, quote: string): void {
  const isEscape = scanner.text[scanner.at] === '\\'
  const escapes = quote === '"' || scanner.text[scanner.at + 1] === '{'
  scanner.at += isEscape && escapes ? 2 : 1
}

function scanWord(scanner: Scanner, here: string): void {
  const start = scanner.at
  if (skip(scanner, namePattern)) {
    push(scanner, { type: 'name', text: scanner.text.slice(start, scanner.at), start })
    return
  }
  if (closing.includes(here)) scanner.depth -= 1
  if (!skip(scanner, numberPattern)) scanner.at += 1
  push(scanner, { type: 'mark', text: scanner.text.slice(start, scanner.at), start })
  if (opening.includes(here)) scanner.depth += 1
}

function skip(scanner: Scanner, pattern: RegExp): boolean {
  pattern.lastIndex = scanner.at
  const found = pattern.exec(scanner.text)
  if (found === null) return false
  scanner.at += found[0].length
  return true
}

function push(
  scanner: Scanner,
  { start, ...token }: Pick<Token, 'type' | 'text'> & { readonly start: number },
): void {
  const { lines, depth } = scanner
  while ((lines[scanner.row] ?? Infinity) <= start) scanner.row += 1
  const column = start - (lines[scanner.row - 1] ?? 0) + 1
  scanner.tokens.push({ ...token, row: scanner.row, column, depth })
}

function lineStarts(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
}
