import { readValue } from './values/read.ts'
import { textOf } from './values/value.ts'

/**
 * Input that nobody can change any more: an instance that is asked about the same one again does not parse it again. Made by
 * `takeInput`, `encodeInput` and `readRegoInput` only.
 */
export type JsonInput = { readonly json: ArrayBuffer; readonly notation: 'json' | 'rego' }

class Taken implements JsonInput {
  readonly json: ArrayBuffer
  readonly notation: JsonInput['notation']

  constructor({ buffer }: Uint8Array<ArrayBuffer>, notation: JsonInput['notation']) {
    this.json = buffer
    this.notation = notation
  }
}

/** True where it is one that this room made: a look-alike may change while it is evaluated. */
export function isJsonInput(input: Uint8Array | JsonInput): input is JsonInput {
  return input instanceof Taken
}

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue }

/** Writes a value as input. */
export function encodeInput(value: JsonValue): JsonInput {
  return new Taken(new TextEncoder().encode(JSON.stringify(value)), 'json')
}

/** Takes a copy of bytes as input. Whether they are JSON in UTF-8 is for the evaluation to find out. */
export function takeInput(bytes: Uint8Array): JsonInput {
  return new Taken(new Uint8Array(bytes), 'json')
}

/** Takes a value in Rego's notation as input, which may hold sets; null where it is none. */
export function readRegoInput(text: string): JsonInput | null {
  try {
    return new Taken(new TextEncoder().encode(textOf(readValue(text))), 'rego')
  } catch {
    return null
  }
}

/**
 * The JSON for the module's own parser, null where it is not JSON in UTF-8. That parser is no judge of it: it reads `[1 2]` and
 * `{} x`, and whoever saw something else in them would disagree with the policy.
 */
export function judged(json: ArrayBuffer): Uint8Array | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(json)
    JSON.parse(text)
    const mended = withoutSurrogates(text)
    return mended === text ? new Uint8Array(json) : new TextEncoder().encode(mended)
  } catch {
    return null
  }
}

const escapes =
  /\\(?:u[dD][89abAB][\dA-Fa-f]{2}\\u[dD][c-fC-F][\dA-Fa-f]{2}|u[dD][89a-fA-F][\dA-Fa-f]{2}|[^])/g

/**
 * Half a surrogate pair is no character: OPA reads a replacement in its place, and its module would give up. Of whole pairs it
 * reads some as another character.
 */
function withoutSurrogates(text: string): string {
  if (!text.includes('\\ud') && !text.includes('\\uD')) return text
  return text.replace(escapes, (found) => (found.length === 2 ? found : characterOf(found)))
}

function characterOf(escaped: string): string {
  return escaped.length === 6 ? '\ufffd' : String(JSON.parse(`"${escaped}"`))
}
