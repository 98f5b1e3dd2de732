import type { NamedBytes } from '@writ/documents'

/** `# writ:ignore RULE REASON` in a file, and the lines that it speaks of. */
export type WaiverComment = {
  readonly file: string
  readonly line: number
  readonly rule: string
  readonly reason: string
  readonly from: number
  readonly to: number
}

const mark = 'writ:ignore'
const comment = /(^|\s)#\s*writ:ignore(?![\w-])[ \t:]*(\S*)[ \t]*(.*)$/

/**
 * The comments of a file that ask for a waiver. One behind something speaks of what begins on its line; one on a line of its
 * own of what begins below it, and above the first line of a YAML document of all of it. It changes no verdict, so that one
 * in a text that only looks like a comment does no harm.
 */
export function waiverCommentsIn(
  { path, bytes }: NamedBytes,
  format: string,
): readonly WaiverComment[] {
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(mark)) return []
  const lines = new TextDecoder().decode(bytes).split(/\r\n|\n|\r/)
  return lines.flatMap((text, at) => {
    const [, , rule, reason = ''] = comment.exec(text) ?? []
    if (rule === undefined) return []
    const [from, to] = format === 'dockerfile' ? instructionAt(lines, at) : elementAt(lines, at)
    return [{ file: path, line: at + 1, rule, reason: reason.trim(), from: from + 1, to: to + 1 }]
  })
}

type Range = readonly [from: number, to: number]

function elementAt(lines: readonly string[], at: number): Range {
  const from = isSilent(lines[at] ?? '')
    ? below(lines, at, (line) => isSilent(line) || isEdge(line))
    : at
  const isFirst = lines.slice(0, from).findLast((line) => !isSilent(line)) ?? '---'
  if (from > at && isEdge(isFirst)) return [from, until(lines, from, isEdge)]
  const text = lines[from] ?? ''
  const own = depthOf(text)
  const isOutside = (line: string): boolean => {
    if (isSilent(line)) return false
    const depth = depthOf(line)
    // The items of a list may stand as far left as its key.
    const isItem = /^\s*- /.test(line) && !/^\s*- /.test(text)
    return isEdge(line) || depth < own || (depth === own && !isItem)
  }
  return [from, until(lines, from, isOutside)]
}

/** An instruction, with the lines that a backslash joins to it and the texts that it holds. */
function instructionAt(lines: readonly string[], at: number): Range {
  const from = isSilent(lines[at] ?? '') ? below(lines, at, isSilent) : at
  const last = lines.findIndex((line, place) => place >= from && !isJoined(line, place > from))
  const to = last === -1 ? lines.length - 1 : last
  const word = /<<-?\s*["']?(\w+)/.exec(lines.slice(from, to + 1).join('\n'))?.[1]
  const end = lines.findIndex((line, place) => place > to && line.trim() === word)
  return [from, Math.max(to, end)]
}

function isJoined(line: string, isInside: boolean): boolean {
  return /[\\`]\s*$/.test(line) || (isInside && isSilent(line))
}

function below(lines: readonly string[], at: number, isPassed: (line: string) => boolean): number {
  const next = lines.findIndex((line, place) => place > at && !isPassed(line))
  return next === -1 ? at : next
}

/** The last line before one that lies outside. */
function until(
  lines: readonly string[],
  from: number,
  isOutside: (line: string) => boolean,
): number {
  const end = lines.findIndex((line, place) => place > from && isOutside(line))
  return (end === -1 ? lines.length : end) - 1
}

function isSilent(line: string): boolean {
  return /^\s*(?:#|$)/.test(line)
}

function isEdge(line: string): boolean {
  return /^(?:---|\.\.\.)(?:\s|$)/.test(line)
}

function depthOf(line: string): number {
  return line.length - line.trimStart().length
}
