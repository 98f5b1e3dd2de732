/** One simple command of a shell script, quotes taken off; what stands in `$( )` stays in its word as it was written. */
export type Command = {
  readonly words: readonly string[]
  readonly line: number
  /** `NAME=value` before the command. */
  readonly assignments: readonly string[]
  /** What it prints is what the next command reads. */
  readonly piped: boolean
}

/** Words after which a command begins, and which are none themselves. */
const reserved: ReadonlySet<string> = new Set(['!', '{', '}', 'if', 'then', 'elif', 'else', 'fi', 'while', 'until', 'do', 'done', 'time']) // prettier-ignore
const assignment = /^[A-Za-z_]\w*\+?=/
const shells: ReadonlySet<string> = new Set(['sh', 'ash', 'bash', 'dash', 'ksh', 'zsh'])

/** True for the name or path of a shell whose scripts are read here. */
export function isShell(word: string | undefined): boolean {
  return word !== undefined && shells.has(word.slice(word.lastIndexOf('/') + 1))
}

type Lexer = {
  readonly text: string
  at: number
  line: number
  readonly commands: Command[]
  words: string[]
  started: number
  word: string | null
  isTarget: boolean
  /** What stands in `$( )`, `<( )` and backticks, which runs too. */
  readonly nested: { readonly text: string; readonly line: number }[]
  readonly depth: number
}

/** Scripts within each other that are read. */
const deepest = 5

/**
 * The commands of a script in the order in which they are written, then those within their words. Whatever the text
 * is, it does not throw, and is linear.
 */
export function commandsIn(text: string, line: number, depth = 0): readonly Command[] {
  const lexer: Lexer = { text, at: 0, line, commands: [], words: [], started: line, word: null, isTarget: false, nested: [], depth } // prettier-ignore
  while (lexer.at < text.length) step(lexer)
  endCommand(lexer, false)
  return [
    ...lexer.commands.flatMap((command) => [command, ...innerCommands(command, depth)]),
    ...lexer.nested.flatMap((script) => commandsIn(script.text, script.line, depth + 1)),
  ]
}

/** What `sh -c` is given is a script of its own. */
function innerCommands({ words, line }: Command, depth: number): readonly Command[] {
  if (!isShell(words[0]) || depth >= deepest) return []
  const flag = words.findIndex((word) => /^-[a-z]*c$/.test(word))
  const script = flag === -1 ? undefined : words[flag + 1]
  return script === undefined ? [] : commandsIn(script, line, depth + 1)
}

const continuation = /\\\r?\n/y
const blank = /[ \t\r]+/y
const comment = /#[^\n]*/y
const redirection = /\d*(?:&>>?|<<<|<<-?|<>|[<>]&|>\||>>|[<>](?!\())/y
const operator = /\n|&&|\|\||\|&|;;?|[&|()]/y
const piece = /'[^']*'?|"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|\\[\s\S]?|`[^`]*`?|[^\s;&|()<>'"\\`$]+/y

function step(lexer: Lexer): void {
  if (take(lexer, continuation) !== null) return
  if (take(lexer, blank) !== null) return endWord(lexer)
  if (lexer.word === null && take(lexer, comment) !== null) return
  if (isRedirection(lexer)) return
  const found = take(lexer, operator)
  if (found === null) return takePiece(lexer)
  endCommand(lexer, found === '|' || found === '|&')
}

function isRedirection(lexer: Lexer): boolean {
  // Digits before it belong to it only where they are a word of their own.
  const isDigit = /\d/.test(lexer.text.charAt(lexer.at))
  if (isDigit && lexer.word !== null) return false
  if (take(lexer, redirection) === null) return false
  endWord(lexer)
  lexer.isTarget = true
  return true
}

function takePiece(lexer: Lexer): void {
  const nested = nestedEnd(lexer)
  if (nested !== null) {
    note(lexer, lexer.text.slice(lexer.at, nested))
    return append(lexer, moveTo(lexer, nested))
  }
  const { line } = lexer
  const found = take(lexer, piece)
  if (found !== null) noteQuoted(lexer, found, line)
  append(lexer, found === null ? moveTo(lexer, lexer.at + 1) : unquoted(found))
}

/** A script within a word, as it is written; arithmetic and variables are none. */
function note(
  { nested, depth, line }: Pick<Lexer, 'nested' | 'depth' | 'line'>,
  text: string,
): void {
  if (depth >= deepest || !/^[$<>]\((?!\()/.test(text)) return
  nested.push({ text: text.slice(2, text.endsWith(')') ? -1 : text.length), line })
}

/** Double quotes keep `$( )` and backticks; inside of single ones nothing runs. */
function noteQuoted({ nested, depth }: Lexer, found: string, line: number): void {
  if (found.startsWith("'")) return
  let at = 0
  let passed = line
  for (let begins = found.indexOf('$('); begins !== -1; begins = found.indexOf('$(', at)) {
    const end = nestedEnd({ text: found, at: begins }) ?? found.length
    passed += found.slice(at, begins).split('\n').length - 1
    note({ nested, depth, line: passed }, found.slice(begins, end))
    passed += found.slice(begins, end).split('\n').length - 1
    at = end
  }
  for (const [, script = ''] of found.matchAll(/(?<!\\)`([^`]*)`/g))
    if (depth < deepest) nested.push({ text: script, line })
}

/** Where `$( )`, `<( )` or `${ }` ends that begins here; brackets are counted, quotes in it are not looked at. */
function nestedEnd({ text, at }: Pick<Lexer, 'text' | 'at'>): number | null {
  const opening = text.slice(at, at + 2)
  const pair = { '$(': '()', '<(': '()', '>(': '()', '${': '{}' }[opening]
  if (pair === undefined) return null
  let depth = 0
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === pair[0]) depth += 1
    if (text[end] === pair[1]) depth -= 1
    if (depth === 0) return end + 1
  }
  return text.length
}

function unquoted(found: string): string {
  const [quote] = found
  if (quote === "'") return found.replaceAll("'", '').replaceAll(/\\\r?\n/g, '')
  if (quote === '"') return found.replaceAll(/\\\r?\n/g, '').replaceAll(/\\(["$`\\])|"/g, '$1')
  return quote === '\\' ? found.slice(1) : found
}

function take(lexer: Lexer, pattern: RegExp): string | null {
  pattern.lastIndex = lexer.at
  const found = pattern.exec(lexer.text)?.[0] ?? ''
  return found === '' ? null : moveTo(lexer, lexer.at + found.length)
}

function moveTo(lexer: Lexer, end: number): string {
  const passed = lexer.text.slice(lexer.at, end)
  if (lexer.word === null && lexer.words.length === 0) lexer.started = lexer.line
  lexer.line += passed.split('\n').length - 1
  lexer.at = end
  return passed
}

function append(lexer: Lexer, text: string): void {
  lexer.word = (lexer.word ?? '') + text
}

function endWord(lexer: Lexer): void {
  if (lexer.word !== null && !lexer.isTarget) lexer.words.push(lexer.word)
  if (lexer.word !== null) lexer.isTarget = false
  lexer.word = null
}

function endCommand(lexer: Lexer, piped: boolean): void {
  endWord(lexer)
  lexer.isTarget = false
  const own = lexer.words.slice(countWhile(lexer.words, (word) => reserved.has(word)))
  const assigned = countWhile(own, (word) => assignment.test(word))
  lexer.words = []
  const last = lexer.commands.at(-1)
  if (own.length > 0)
    lexer.commands.push({
      words: own.slice(assigned),
      line: lexer.started,
      assignments: own.slice(0, assigned),
      piped,
    })
  // A group in brackets has ended before its pipe.
  else if (piped && last !== undefined) lexer.commands.splice(-1, 1, { ...last, piped })
}

function countWhile(words: readonly string[], isOne: (word: string) => boolean): number {
  const end = words.findIndex((word) => !isOne(word))
  return end === -1 ? words.length : end
}
