import { readValue } from './values/read.ts'
import { textOf } from './values/value.ts'

/**
 * JSON that was seen to be well-formed: many evaluations can share one look at it, and an instance that is asked about the
 * same one again does not parse it again. Made by `readInput`,
 * `readRegoInput` and `encodeInput` only.
 */
export type JsonInput = { readonly json: ArrayBuffer; readonly notation: 'json' | 'rego' }

const seen = new WeakSet<JsonInput>()

/** True where it is one that this room made: a look-alike has not been looked at. */
export function isJsonInput(input: Uint8Array | JsonInput): input is JsonInput {
  return 'json' in input && seen.has(input)
}

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue }

/** Writes a value as input. */
export function encodeInput(value: JsonValue): JsonInput {
  return own(new TextEncoder().encode(withoutHalves(JSON.stringify(value))))
}

/**
 * Takes bytes as input; null where they are not JSON in UTF-8. The module's own parser is no judge of that: it reads
 * `[1 2]` and `{} x`, and whoever saw something else in them would disagree with the policy.
 */
export function readInput(bytes: Uint8Array): JsonInput | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    JSON.parse(text)
    const mended = withoutHalves(text)
    return own(mended === text ? new Uint8Array(bytes) : new TextEncoder().encode(mended))
  } catch {
    return null
  }
}

/** Takes a value in Rego's notation as input, which may hold sets; null where it is none. */
export function readRegoInput(text: string): JsonInput | null {
  try {
    return own(new TextEncoder().encode(textOf(readValue(text))), 'rego')
  } catch {
    return null
  }
}

const half = '\\ufffd'
const escapes =
  /\\(?:u[dD][89abAB][\dA-Fa-f]{2}\\u[dD][c-fC-F][\dA-Fa-f]{2}|u[dD][89a-fA-F][\dA-Fa-f]{2}|[^])/g

/** Half a surrogate pair is no character: OPA reads a replacement in its place, and its module would give up. */
function withoutHalves(text: string): string {
  if (!text.includes('\\ud') && !text.includes('\\uD')) return text
  return text.replace(escapes, (found) => (found.length === 6 ? half : found))
}

/** Of bytes that nobody else can change, and that are all of their buffer. */
function own(
  { buffer }: Uint8Array<ArrayBuffer>,
  notation: JsonInput['notation'] = 'json',
): JsonInput {
  const input = { json: buffer, notation } as const
  seen.add(input)
  return input
}
