import type { Document, JsonObject } from '@writ/domain'
import { isDockerfilePath, isReadByName } from './detect.ts'
import { parseDockerfile } from './dockerfile.ts'
import { isSilent } from './dockerfile-lines.ts'
import { hints } from './hints.ts'
import type { PlacedMistake } from './parse.ts'

/** What a file is as a Dockerfile. */
export type DockerfileReading =
  | { readonly status: 'document'; readonly content: JsonObject }
  | { readonly status: 'skipped'; readonly hint: string }
  | { readonly status: 'wrong'; readonly mistake: PlacedMistake }

/**
 * A Dockerfile by its name, or one under another name where every line of the file belongs in one; null for any other
 * file. By its name only, without a `FROM`, it is a piece of one; with holes in it, or the name of one, a template.
 */
export function dockerfileIn(path: string, text: string): DockerfileReading | null {
  const isNamed = isDockerfilePath(path)
  if (!isNamed && !mayBe(path, text)) return null
  const parsed = parseDockerfile(text)
  if (parsed.status === 'parsed') return { status: 'document', content: parsed.content }
  if (!isNamed) return null
  if (!parsed.bound && !/^\s*from\s/im.test(text)) return { status: 'skipped', hint: hints.piece }
  if (!parsed.bound && (/\{\{|\{%|<%/.test(text) || templatePath.test(path)))
    return { status: 'skipped', hint: hints.dockerTemplate }
  const { message, line, bound } = parsed
  return { status: 'wrong', mistake: { message, line, column: 1, bound } }
}

const templatePath = /\.(?:template|tmpl|tpl|j2|jinja2?|erb|m4|in)$/i

/** Worth a parse: a Dockerfile begins with one of two words. */
function mayBe(path: string, text: string): boolean {
  if (path !== '-' && isReadByName(path)) return false
  if (!/^[ \t]*(?:FROM|ARG)[ \t]/im.test(text)) return false
  const first = text.split(/\r?\n/, 1000).find((line) => !isSilent(line))
  return /^\s*(?:FROM|ARG)\s/i.test(first ?? '')
}

export function dockerfileDocument(path: string, content: JsonObject): Document {
  return { type: 'dockerfile', id: path, path, index: 0, operation: 'update', content }
}

/** The line of the innermost thing on the way that has one. */
export function dockerfileLine(content: JsonObject, pointer: string): number {
  let line = 1
  let value: unknown = content
  for (const step of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) break
    value = Object.entries(value).find(([key]) => key === step)?.[1]
    line = lineOf(value) ?? line
  }
  return line
}

function lineOf(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('line' in value)) return null
  return typeof value.line === 'number' ? value.line : null
}
