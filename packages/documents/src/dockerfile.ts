import type { JsonObject } from '@writ/domain'
import {
  flagsOf,
  instructionOf,
  keywords,
  pairsOf,
  plain,
  wordsOf,
} from './dockerfile-instruction.ts'
import { statementsOf, type Statement } from './dockerfile-lines.ts'
import { unquoted } from './dockerfile-words.ts'
import { limits } from './limits.ts'

/** What a Dockerfile is to rules (docs/reference/documents.md), or the first thing that no builder would take. */
export type DockerfileParsed =
  | { readonly status: 'parsed'; readonly content: JsonObject }
  | {
      readonly status: 'mistaken'
      readonly message: string
      readonly line: number
      readonly bound: boolean
    }

type Stage = {
  readonly name: string | null
  readonly base: string
  /** As `FROM` says it, before arguments are filled in. */
  readonly written: string
  /** The earlier stage that it builds on, by its position. */
  readonly stage: number | null
  readonly platform: string | null
  readonly line: number
  readonly instructions: JsonObject[]
}

type Reader = {
  readonly escape: string
  readonly defaults: Map<string, string>
  readonly globals: JsonObject[]
  readonly stages: Stage[]
  /** False after a `SHELL` whose language is not read here. */
  isPosix: boolean
}

/** A whole Dockerfile: instructions that are known, stages, and nothing before the first but arguments. */
export function parseDockerfile(text: string): DockerfileParsed {
  if (text.length > limits.dockerfile)
    return mistaken(
      1,
      `the Dockerfile is larger than ${limits.dockerfile} characters: split it`,
      true,
    )
  const { escape, statements } = statementsOf(text, limits.instructions + 1)
  const reader: Reader = { escape, defaults: new Map(), globals: [], stages: [], isPosix: true }
  for (const [position, statement] of statements.entries()) {
    const message = position === limits.instructions ? tooMany : take(reader, statement)
    if (message !== null) return mistaken(statement.line, message, message === tooMany)
  }
  if (reader.stages.length === 0)
    return mistaken(1, 'it has no FROM: nothing can be built from it', false)
  return { status: 'parsed', content: { arguments: reader.globals, stages: reader.stages } }
}

const tooMany = `more than ${limits.instructions} instructions: split the Dockerfile`

function mistaken(line: number, message: string, bound: boolean): DockerfileParsed {
  return { status: 'mistaken', message, line, bound }
}

/** What is wrong with a statement; null where it was taken. */
function take(reader: Reader, statement: Statement): string | null {
  const { keyword, rest } = statement
  if (!keywords.has(keyword)) return `${shown(keyword)} is no instruction of a Dockerfile`
  if (plain(rest) === '' && !mayBeEmpty.has(keyword))
    return `${keyword} says nothing: give it its value, or remove it`
  if (keyword === 'FROM') return takeFrom(reader, statement)
  const stage = reader.stages.at(-1)
  if (stage === undefined) return takeGlobal(reader, statement)
  const read = instructionOf(statement, reader)
  if (read.status === 'mistaken') return read.message
  if (keyword === 'SHELL') reader.isPosix = /\b(?:a|ba|da|k|z)?sh["',\s\]]/.test(rest)
  stage.instructions.push(read.instruction)
  return null
}

/** A builder takes them for nothing to run. */
const mayBeEmpty: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'RUN'])

function shown(keyword: string): string {
  return keyword.length > 40 ? `${keyword.slice(0, 40)}…` : keyword
}

function takeGlobal(reader: Reader, statement: Statement): string | null {
  const { keyword } = statement
  if (keyword !== 'ARG') return `${keyword} stands before the first FROM, where only ARG may`
  for (const pair of pairsOf(statement, reader.escape)) {
    const { name, value } = pair
    if (value !== null) reader.defaults.set(name, filled(value, reader.defaults))
    reader.globals.push(pair)
  }
  return null
}

const from = /^(?<written>\S+)(?:\s+as\s+(?<name>\S+))?$/i

function takeFrom(reader: Reader, { rest, line }: Statement): string | null {
  const { flags, body } = flagsOf(rest, reader.escape)
  const platform = flags.find(({ name }) => name === 'platform')?.value ?? null
  const match = from.exec(wordsOf(plain(body)).join(' '))
  const { written, name } = match?.groups ?? {}
  if (written === undefined) return 'FROM is written FROM IMAGE, or FROM IMAGE AS NAME'
  pushStage(reader, { written, name: name?.toLowerCase() ?? null, platform, line })
  return null
}

type Named = Pick<Stage, 'written' | 'name' | 'platform' | 'line'>

function pushStage(reader: Reader, named: Named): void {
  const base = unquoted(filled(named.written, reader.defaults), reader.escape)
  const stage = reader.stages.findLastIndex((before) => before.name === base.toLowerCase())
  reader.isPosix = true
  reader.stages.push({ ...named, base, stage: stage === -1 ? null : stage, instructions: [] })
}

const variable = /\$(?:(\w+)|\{(\w+)(?:(:?[-+])([^${}]*))?\})/g

/** With what the file itself says of its arguments; one without a default stays as it is written. */
function filled(text: string, defaults: ReadonlyMap<string, string>): string {
  let whole = ''
  let end = 0
  for (const found of text.matchAll(variable)) {
    whole += text.slice(end, found.index) + valueOf(found, defaults)
    end = found.index + found[0].length
  }
  whole += text.slice(end)
  return whole.length > 1000 ? text : whole
}

function valueOf(found: RegExpMatchArray, defaults: ReadonlyMap<string, string>): string {
  const [written, bare, braced = '', operator, word = ''] = found
  const value = defaults.get(bare ?? braced)
  if (operator === undefined) return value ?? written
  return alternative(value === '' && operator.startsWith(':') ? undefined : value, operator, word)
}

function alternative(value: string | undefined, operator: string, word: string): string {
  if (operator.endsWith('-')) return value ?? word
  return value === undefined ? '' : word
}
