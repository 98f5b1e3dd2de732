import type { JsonObject } from '@writ/domain'
import type { Statement } from './dockerfile-lines.ts'
import { joined, lexed, newlines, unquoted, type Word } from './dockerfile-words.ts'
import { commandsIn, isShell, type Command } from './shell.ts'

/** Every instruction that BuildKit knows. */
export const keywords: ReadonlySet<string> = new Set(['ADD', 'ARG', 'CMD', 'COPY', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'FROM', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'ONBUILD', 'RUN', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR']) // prettier-ignore

const withPairs: ReadonlySet<string> = new Set(['ARG', 'ENV', 'LABEL'])

/** Those that may be written as a JSON list; to others it is a text like any. */
const withLists: ReadonlySet<string> = new Set([
  'ADD',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'HEALTHCHECK',
  'RUN',
  'SHELL',
  'VOLUME',
])

/** A name with its value; null where none is given. */
export type Pair = { readonly name: string; readonly value: string | null; readonly line: number }

/** One instruction as rules see it, or what is wrong with it. */
export type InstructionRead =
  | { readonly status: 'read'; readonly instruction: JsonObject }
  | { readonly status: 'mistaken'; readonly message: string }

/** How the texts of a Dockerfile are read from here on. */
export type Reading = {
  readonly escape: string
  /** False after a `SHELL` whose language is not read here. */
  readonly isPosix: boolean
}

/** Shell words are read as they stand; pairs and flags without their quotes. */
export function instructionOf(statement: Statement, reading: Reading): InstructionRead {
  const { keyword, rest, line } = statement
  if (withPairs.has(keyword)) return withPairsOf(statement, reading.escape)
  const { flags, body } = flagsOf(rest, reading.escape)
  const text = plain(body)
  const list = listOf(keyword, text)
  if (list !== null && !list.every((item) => item.isWellFormed()))
    return mistaken(`${keyword} holds half a character as an escape: write both halves`)
  const heredocs = statement.heredocs.map(({ name, ...where }) => ({ name, ...where }))
  const instruction = {
    keyword,
    line,
    flags,
    text,
    args: list ?? wordsOf(text),
    form: list === null ? 'shell' : 'exec',
    ...(heredocs.length > 0 && keyword !== 'RUN' ? { heredocs } : {}),
    ...(keyword === 'RUN'
      ? { commands: reading.isPosix ? commandsOf(statement, list, body) : [] }
      : {}),
  }
  return { status: 'read', instruction }
}

function mistaken(message: string): InstructionRead {
  return { status: 'mistaken', message }
}

function withPairsOf(statement: Statement, escape: string): InstructionRead {
  const { keyword, line } = statement
  const pairs = pairsOf(statement, escape)
  const nameless = keyword === 'ARG' ? undefined : pairs.find(({ value }) => value === null)
  if (nameless !== undefined)
    return mistaken(`${keyword} gives ${nameless.name} no value: write ${nameless.name}=VALUE`)
  return { status: 'read', instruction: { keyword, line, pairs } }
}

/** The text without the joints between its lines. */
export function plain(text: string): string {
  return joined(text).trim()
}

export function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

/** The `NAME=value` of an `ENV`, `ARG` or `LABEL`; or the old form, one name and the rest of the line. */
export function pairsOf({ keyword, rest, line }: Statement, escape: string): readonly Pair[] {
  const words = lexed(rest, line, escape)
  const isOld = keyword !== 'ARG' && words[0]?.text.includes('=') === false
  const old = isOld ? /^(\S+)\s+([\s\S]*)$/.exec(plain(rest)) : null
  if (old !== null)
    return [{ name: unquoted(old[1] ?? '', escape), value: unquoted(old[2] ?? '', escape), line }]
  return words.map((word) => pairOf(word, escape))
}

function pairOf({ text, line }: Word, escape: string): Pair {
  const at = text.indexOf('=')
  if (at === -1) return { name: unquoted(text, escape), value: null, line }
  const [name, value] = [text.slice(0, at), text.slice(at + 1)]
  return { name: unquoted(name, escape), value: unquoted(value, escape), line }
}

type Flag = { readonly name: string; readonly value: string }
type Flags = { readonly flags: readonly Flag[]; readonly body: string }

/** `--name=value` before anything else. */
export function flagsOf(rest: string, escape: string): Flags {
  const flags: Flag[] = []
  const flag = escape === '`' ? flagBeforeBacktick : flagBeforeBackslash
  let end = 0
  flag.lastIndex = 0
  for (let found = flag.exec(rest); found !== null; found = flag.exec(rest)) {
    flags.push({ name: found[1] ?? '', value: unquoted(joined(found[2] ?? ''), escape) })
    end = flag.lastIndex
  }
  // The joints that were passed stay: lines are counted by them.
  return { flags, body: '\\\n'.repeat(newlines(rest.slice(0, end))) + rest.slice(end) }
}

const flagBeforeBackslash = flagPattern(
  String.raw`\\(?!\n)[\s\S]|"(?:\\[\s\S]|[^"\\])*"|'[^']*'|[^\s"'\\]`,
)
const flagBeforeBacktick = flagPattern(
  '`[\\s\\S]|"(?:`[\\s\\S]|[^"`])*"|\'[^\']*\'|[^\\s"\'`\\\\]|\\\\(?!\\n)',
)

/** Made of parts that exclude each other: it must not try twice. */
function flagPattern(part: string): RegExp {
  return new RegExp(String.raw`(?:\s|\\\n)*--([a-z][a-z-]*)(?:=((?:${part})*))?(?=\s|\\\n|$)`, 'y')
}

/** The JSON form, a list of texts; null for the shell form. */
function listOf(keyword: string, text: string): readonly string[] | null {
  if (!withLists.has(keyword)) return null
  const check = keyword === 'HEALTHCHECK' ? /^CMD\s+(?=\[)/i.exec(text)?.[0] : undefined
  const list = textsIn(text.slice(check?.length ?? 0))
  return check === undefined || list === null ? list : ['CMD', ...list]
}

function textsIn(text: string): readonly string[] | null {
  if (!text.startsWith('[')) return null
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null
  } catch {
    return null // the builder takes it for shell words, too
  }
}

function commandsOf(
  { line, heredocs }: Statement,
  list: readonly string[] | null,
  body: string,
): readonly Command[] {
  if (list !== null) return listCommands(list, line)
  const own = commandsIn(body, line)
  const isScript = own.length === 0 || isShell(own.at(-1)?.words[0])
  const scripts = isScript ? heredocs.filter(({ text }) => isPosixScript(text)) : []
  return [...own, ...scripts.flatMap((heredoc) => commandsIn(heredoc.text, heredoc.line))]
}

function listCommands(list: readonly string[], line: number): readonly Command[] {
  const command: Command = { words: list, line, assignments: [], piped: false }
  const flag = list.findIndex((word) => /^-[a-z]*c$/.test(word))
  const script = isShell(list[0]) && flag !== -1 ? list[flag + 1] : undefined
  return script === undefined ? [command] : [command, ...commandsIn(script, line)]
}

/** Where the first line names no interpreter, the shell runs it. */
function isPosixScript(text: string): boolean {
  const named = /^#!\s*(?:\S*\/env\s+)?(\S+)/.exec(text)
  return named === null || isShell(named[1])
}
