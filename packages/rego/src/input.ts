/** JSON that was seen to be well-formed: many evaluations can share one look at it. Made by `readInput` and `encodeInput` only. */
export type JsonInput = { readonly json: ArrayBuffer }

const seen = new WeakSet<JsonInput>()

/** True where it is one that this room made: a look-alike has not been looked at. */
export function isJsonInput(input: Uint8Array | JsonInput): input is JsonInput {
  return 'json' in input && seen.has(input)
}

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [name: string]: JsonValue }

/** Writes a value as input. */
export function encodeInput(value: JsonValue): JsonInput {
  return known(new TextEncoder().encode(JSON.stringify(value)))
}

/**
 * Takes bytes as input; null where they are not JSON in UTF-8. The module's own parser is no judge of that: it reads
 * `[1 2]` and `{} x`, and whoever saw something else in them would disagree with the policy.
 */
export function readInput(bytes: Uint8Array): JsonInput | null {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
    return known(bytes)
  } catch {
    return null
  }
}

function known(bytes: Uint8Array): JsonInput {
  const input = { json: new Uint8Array(bytes).buffer }
  seen.add(input)
  return input
}
