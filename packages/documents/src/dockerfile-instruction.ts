import type { JsonObject } from '@writ/domain'
import type { Statement } from './dockerfile-lines.ts'
import { commandsIn, isShell, type Command } from './shell.ts'

/** Every instruction that BuildKit knows. */
export const keywords: ReadonlySet<string> = new Set(['ADD', 'ARG', 'CMD', 'COPY', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'FROM', 'HEALTHCHECK', 'LABEL', 'MAINTAINER', 'ONBUILD', 'RUN', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR']) // prettier-ignore

const withPairs: ReadonlySet<string> = new Set(['ARG', 'ENV', 'LABEL'])

/** A name with its value; null where an `ARG` has no default. */
export type Pair = { readonly name: string; readonly value: string | null }

/** One instruction as rules see it; null where it holds what JSON cannot. */
export function instructionOf(statement: Statement, isPosix: boolean): JsonObject | null {
  const { keyword, rest, line } = statement
  const { flags, body } = flagsOf(rest)
  const text = plain(body)
  if (withPairs.has(keyword)) return { keyword, line, pairs: pairsOf(keyword, plain(rest)) }
  const list = listOf(text)
  if (list !== null && !list.every((item) => item.isWellFormed())) return null
  const heredocs = statement.heredocs.map(({ name, ...where }) => ({ name, ...where }))
  return {
    keyword,
    line,
    flags,
    text,
    args: list ?? wordsOf(text),
    form: list === null ? 'shell' : 'exec',
    ...(heredocs.length > 0 && keyword !== 'RUN' ? { heredocs } : {}),
    ...(keyword === 'RUN' ? { commands: isPosix ? commandsOf(statement, list, body) : [] } : {}),
  }
}

/** The text without the joints between its lines. */
export function plain(text: string): string {
  return text.replaceAll('\\\n', '').trim()
}

export function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

/** The `NAME=value` of an `ENV`, `ARG` or `LABEL`, quotes taken off; or the old form, one name and the rest of the line. */
export function pairsOf(keyword: string, text: string): readonly Pair[] {
  const old = /^([^\s=]+)\s+([\s\S]*)$/.exec(text)
  if (old !== null && keyword !== 'ARG') return [{ name: old[1] ?? '', value: old[2] ?? '' }]
  const pieces =
    text.match(/(?:[^\s"'\\]|\\[\s\S]|"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|'[^']*'?)+/g) ?? []
  return pieces.map((found) => {
    const at = found.indexOf('=')
    if (at === -1) return { name: unquoted(found), value: keyword === 'ARG' ? null : '' }
    return { name: unquoted(found.slice(0, at)), value: unquoted(found.slice(at + 1)) }
  })
}

function unquoted(text: string): string {
  return text.replaceAll(/\\([\s\S])|["']/g, '$1')
}

type Flags = { readonly flags: readonly JsonObject[]; readonly body: string }

/** `--name=value` before anything else. */
function flagsOf(rest: string): Flags {
  const flags: JsonObject[] = []
  const flag = /(?:\s|\\\n)*--([a-z][a-z-]*)(?:=((?:[^\s\\]|\\(?!\n))*))?(?=\s|\\\n|$)/y
  let end = 0
  for (let found = flag.exec(rest); found !== null; found = flag.exec(rest)) {
    flags.push({ name: found[1] ?? '', value: found[2] ?? '' })
    end = flag.lastIndex
  }
  // The joints that were passed stay: lines are counted by them.
  const joints = '\\\n'.repeat(rest.slice(0, end).split('\n').length - 1)
  return { flags, body: joints + rest.slice(end) }
}

/** The JSON form, a list of texts; null for the shell form. */
function listOf(text: string): readonly string[] | null {
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
