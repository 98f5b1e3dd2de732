import type { Issue } from '@writ/domain'
import { pointerOf } from './issues.ts'

/** The most mistakes that one answer lists. */
const maxIssues = 50
/** How much of a name a pointer shows: a name may be as long as the body. */
const maxNameShown = 80

/** An object or a list that is open at this place of the text. */
type Open = {
  /** Names met so far; null in a list. */
  readonly names: Set<string> | null
  /** The name or place of the member at hand; null between two members of an object. */
  step: string | number | null
}

type Scan = {
  readonly text: string
  readonly maxDepth: number
  at: number
  readonly open: Open[]
  readonly issues: Issue[]
}

type Expected = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'separator'

/**
 * Reads JSON text once without building anything, and lists what RFC 8259 and I-JSON (RFC 7493) find wrong with it.
 * It goes on after a mistake while the text can still be followed. It keeps its own stack, so no depth overflows it.
 */
export function mistakesIn(text: string, maxDepth: number): readonly Issue[] {
  const scan: Scan = { text, maxDepth, at: 0, open: [], issues: [] }
  let expected: Expected | null = 'value'
  while (expected !== null) expected = step(scan, expected)
  return scan.issues
}

/** Reads one token, and says what must follow; null at the end, and where nothing after can be understood. */
function step(scan: Scan, expected: Expected): Expected | null {
  skipSpace(scan)
  switch (expected) {
    case 'separator':
      return separator(scan)
    case 'name':
    case 'name-or-end':
      return name(scan, expected)
    case 'value':
    case 'value-or-end':
      return value(scan, expected)
  }
}

function value(scan: Scan, expected: 'value' | 'value-or-end'): Expected | null {
  const code = scan.text.charCodeAt(scan.at)
  if (code === 0x22) return readText(scan) === null ? null : 'separator'
  if (code === 0x7b) return enter(scan, new Set())
  if (code === 0x5b) return enter(scan, null)
  if (code === 0x2d || isDigit(code)) return readNumber(scan)
  if (code === 0x5d && expected === 'value-or-end') return leave(scan)
  return readLiteral(scan)
}

/** Too deep ends the reading: what lies below may be as deep as the body is long. */
function enter(scan: Scan, names: Set<string> | null): Expected | null {
  if (scan.open.length === scan.maxDepth) {
    add(scan, `nests deeper than ${scan.maxDepth} levels: flatten it`, null)
    return null
  }
  scan.at += 1
  scan.open.push({ names, step: names === null ? 0 : null })
  return names === null ? 'value-or-end' : 'name-or-end'
}

function leave(scan: Scan): Expected {
  scan.at += 1
  scan.open.pop()
  return 'separator'
}

function separator(scan: Scan): Expected | null {
  const innermost = scan.open.at(-1)
  if (innermost === undefined)
    return scan.at >= scan.text.length ? null : stop(scan, 'nothing after the value')
  const code = scan.text.charCodeAt(scan.at)
  const isObject = innermost.names !== null
  if (code === (isObject ? 0x7d : 0x5d)) return leave(scan)
  if (code !== 0x2c) return stop(scan, isObject ? '"," or "}"' : '"," or "]"')
  scan.at += 1
  innermost.step = typeof innermost.step === 'number' ? innermost.step + 1 : null
  return isObject ? 'name' : 'value'
}

function name(scan: Scan, expected: 'name' | 'name-or-end'): Expected | null {
  const from = scan.at
  const code = scan.text.charCodeAt(from)
  if (code === 0x7d && expected === 'name-or-end') return leave(scan)
  if (code !== 0x22) return stop(scan, expected === 'name' ? 'a name' : 'a name or "}"')
  const read = readText(scan)
  if (read === null) return null
  takeName(scan, read, from)
  skipSpace(scan)
  if (scan.text.charCodeAt(scan.at) !== 0x3a) return stop(scan, '":"')
  scan.at += 1
  return 'value'
}

function takeName(scan: Scan, read: string, from: number): void {
  const innermost = scan.open.at(-1)
  if (innermost === undefined || innermost.names === null) return
  innermost.step = read
  if (innermost.names.has(read)) add(scan, 'stands twice in its object: remove one', from)
  innermost.names.add(read)
  if (read === '__proto__') add(scan, 'is a name that Writ does not take: rename it', from)
}

/** Reads a string in quotes, and gives what it stands for; null where it breaks off. */
function readText(scan: Scan): string | null {
  const from = scan.at
  if (!skipText(scan)) return null
  const quoted = scan.text.slice(from, scan.at)
  if (!quoted.includes('\\')) return quoted.slice(1, -1)
  const read = String(JSON.parse(quoted))
  if (!read.isWellFormed()) add(scan, 'holds half of a surrogate pair: send whole characters', from)
  return read
}

/** Most of a body is text: this loop is what reading costs, so it keeps its place in a local. */
function skipText(scan: Scan): boolean {
  const { text } = scan
  let at = scan.at + 1
  let code = text.charCodeAt(at)
  while (code !== 0x22) {
    if (!(code >= 0x20)) {
      scan.at = at
      return (
        stop(scan, 'the end of a string (a control character is written as an escape)') !== null
      )
    }
    at = code === 0x5c ? escapeEnd(scan, at) : at + 1
    if (at === -1) return false
    code = text.charCodeAt(at)
  }
  scan.at = at + 1
  return true
}

/** The place after an escape; -1 where there is no such escape. */
function escapeEnd(scan: Scan, at: number): number {
  const escape = scan.text.charAt(at + 1)
  const isKnown =
    escape === 'u'
      ? /^[0-9a-fA-F]{4}$/.test(scan.text.slice(at + 2, at + 6))
      : escape !== '' && '"\\/bfnrt'.includes(escape)
  if (isKnown) return escape === 'u' ? at + 6 : at + 2
  scan.at = at
  stop(scan, 'an escape that JSON knows (\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000)')
  return -1
}

const numberPattern = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y

function readNumber(scan: Scan): Expected | null {
  const from = scan.at
  numberPattern.lastIndex = from
  const found = numberPattern.exec(scan.text)
  if (found === null) return stop(scan, 'a number')
  const [digits, fraction, exponent] = found
  scan.at += digits.length
  if (digits.length < 16 && exponent === undefined) return 'separator'
  const number = Number(digits)
  const isInteger = fraction === undefined && exponent === undefined
  if (!Number.isFinite(number)) add(scan, 'is a number too large to keep: send a string', from)
  else if (isInteger && !Number.isSafeInteger(number))
    add(scan, 'is an integer that would be rounded: send a string', from)
  else if (number === 0 && /^[^eE]*[1-9]/.test(digits))
    add(scan, 'is a number that would become zero: send a string', from)
  return 'separator'
}

function readLiteral(scan: Scan): Expected | null {
  const literal = ['true', 'false', 'null'].find((word) => scan.text.startsWith(word, scan.at))
  if (literal === undefined) return stop(scan, 'a value')
  scan.at += literal.length
  return 'separator'
}

function skipSpace(scan: Scan): void {
  for (;;) {
    const code = scan.text.charCodeAt(scan.at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
    scan.at += 1
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function stop(scan: Scan, expected: string): null {
  const { text, at } = scan
  const character = JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))
  const found = at >= text.length ? 'the end' : character
  add(scan, `expected ${expected}, found ${found}`, at)
  return null
}

/** Places are worked out for listed mistakes only: each costs a walk through the text. */
function add({ text, open, issues }: Scan, message: string, at: number | null): void {
  if (issues.length > maxIssues) return
  if (issues.length === maxIssues)
    issues.push({ pointer: '', message: 'has more mistakes than are listed here' })
  else issues.push({ pointer: pointerTo(open), message: message + placeOf(text, at) })
}

/** Line and column as editors count them, in UTF-16 units. */
function placeOf(text: string, at: number | null): string {
  if (at === null) return ''
  const before = text.slice(0, at)
  return `, at ${before.split('\n').length}:${at - before.lastIndexOf('\n')}`
}

function pointerTo(open: readonly Open[]): string {
  const steps = open.flatMap(({ step }) => (step === null ? [] : [String(step)]))
  return pointerOf(
    steps.map((step) => (step.length > maxNameShown ? `${step.slice(0, maxNameShown)}…` : step)),
  )
}
