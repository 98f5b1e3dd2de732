import { newlines } from './dockerfile-words.ts'

/** A text that an instruction takes from the lines below it. */
export type Heredoc = { readonly name: string; readonly text: string; readonly line: number }

/** One instruction as it is written: `rest` holds what follows the keyword, a joint between two of its lines as `\` and a line break. */
export type Statement = {
  readonly keyword: string
  readonly rest: string
  readonly line: number
  readonly heredocs: readonly Heredoc[]
}

type Lines = {
  readonly lines: readonly string[]
  readonly escape: string
  /** Where lines of a text stand, last first: the ends of heredocs are looked up in it. */
  readonly places: ReadonlyMap<string, number[]>
  at: number
}

type Statements = { readonly escape: string; readonly statements: readonly Statement[] }

/** The instructions of a Dockerfile, as BuildKit cuts them, up to a number of them, and the escape character. */
export function statementsOf(text: string, atMost: number): Statements {
  const lines = text.split(/\r?\n/)
  const escape = escapeOf(lines)
  const reader: Lines = { lines, escape, places: placesOf(lines), at: 0 }
  const statements: Statement[] = []
  while (reader.at < lines.length && statements.length < atMost) {
    if (isSilent(lines[reader.at])) reader.at += 1
    else statements.push(readStatement(reader))
  }
  return { escape, statements }
}

/** True for empty lines and comments, which say nothing, between the lines of an instruction either. */
export function isSilent(line: string | undefined): boolean {
  return /^\s*(?:#|$)/.test(line ?? '')
}

/** `# escape=` counts only among the directives at the very top. */
function escapeOf(lines: readonly string[]): string {
  for (const line of lines) {
    const directive = /^\s*#\s*(\w+)\s*=\s*(\S*)\s*$/.exec(line)
    if (directive === null) return '\\'
    if (directive[1]?.toLowerCase() === 'escape') return directive[2] === '`' ? '`' : '\\'
  }
  return '\\'
}

function placesOf(lines: readonly string[]): ReadonlyMap<string, number[]> {
  const places = new Map<string, number[]>()
  for (let at = lines.length - 1; at >= 0; at--) {
    const line = (lines[at] ?? '').replace(/^\t+/, '')
    const known = places.get(line)
    if (known === undefined) places.set(line, [at])
    else known.push(at)
  }
  return places
}

function readStatement(reader: Lines): Statement {
  const line = reader.at + 1
  const joined = joinedFrom(reader).trim()
  const end = joined.search(/\s/)
  const keyword = (end === -1 ? joined : joined.slice(0, end)).toUpperCase()
  const rest = end === -1 ? '' : joined.slice(end).replace(/^(?:\s|\\\n)+/, '')
  const gap = newlines(end === -1 ? '' : joined.slice(0, joined.length - rest.length))
  const heredocs = takesHeredocs.test(`${keyword} ${rest}`) ? heredocsFrom(reader, rest) : []
  return { keyword, rest: '\\\n'.repeat(gap) + rest, line, heredocs }
}

const takesHeredocs = /^(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\s/i

/** The line here with those that it continues in. A doubled escape ends none. */
function joinedFrom(reader: Lines): string {
  const { lines, escape } = reader
  const pieces: string[] = []
  while (reader.at < lines.length) {
    const line = lines[reader.at++] ?? ''
    const isJoint = pieces.length > 0 && isSilent(line)
    const trimmed = withoutBlanks(line)
    const continues = trimmed.endsWith(escape) && !trimmed.endsWith(escape + escape)
    if (isJoint) pieces.push('')
    else pieces.push(continues ? trimmed.slice(0, -1) : line)
    if (!isJoint && !continues) break
  }
  return withoutEnd(pieces).join('\\\n')
}

/** A pattern for it would try each blank of a long line anew. */
function withoutBlanks(line: string): string {
  let end = line.length
  while (line[end - 1] === ' ' || line[end - 1] === '\t') end -= 1
  return line.slice(0, end)
}

/** The last line of a file may continue in nothing. */
function withoutEnd(pieces: readonly string[]): readonly string[] {
  return pieces.slice(0, 1 + pieces.findLastIndex((piece) => piece.trim() !== ''))
}

const heredocMark = /(?:^|\s)\d*<<(-?)(["']?)([A-Za-z_][\w.-]*)\2(?=$|[\s;|&>)])/g

/** What has no end below is no heredoc. */
function heredocsFrom(reader: Lines, rest: string): readonly Heredoc[] {
  const heredocs: Heredoc[] = []
  for (const [, dash, , name] of rest.matchAll(heredocMark)) {
    const end = name === undefined ? undefined : endOf(reader, name, dash === '-')
    if (name === undefined || end === undefined) continue
    const text = reader.lines.slice(reader.at, end).join('\n')
    heredocs.push({ name, text, line: reader.at + 1 })
    reader.at = end + 1
  }
  return heredocs
}

/** Places that were passed are dropped: instructions only go down. */
function endOf(
  { lines, places, at }: Lines,
  name: string,
  isIndented: boolean,
): number | undefined {
  const below = places.get(name) ?? []
  while ((below.at(-1) ?? at) < at) below.pop()
  return below.findLast((place) => isIndented || lines[place] === name)
}
