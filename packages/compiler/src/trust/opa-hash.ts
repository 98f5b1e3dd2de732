import { createHash } from 'node:crypto'
import { isExactObject, readExactJson, type ExactJson } from '../exact-json.ts'

/**
 * The SHA-256 that OPA signs a bundle's file by (v1/bundle/hash.go): of its bytes, but of a document that OPA reads of the
 * values in it, with sorted keys, so that spaces make no difference. Null where such a document is not JSON.
 */
export function opaHash(path: string, bytes: Uint8Array): string | null {
  const isDocument = /(?:^|\/)(?:data\.(?:json|ya?ml)|\.manifest)$/.test(path)
  const value = isDocument ? readExactJson(bytes) : null
  if (value === undefined) return null
  return createHash('sha256')
    .update(isDocument ? textOf(value) : bytes)
    .digest('hex')
}

function textOf(value: ExactJson): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`
  if (isExactObject(value)) {
    const members = Object.keys(value)
      .toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
      .map((name) => `${stringText(name)}:${textOf(value[name])}`)
    return `{${members.join(',')}}`
  }
  return typeof value === 'string' ? stringText(value) : JSON.stringify(value)
}

/** As Go writes a string: half a surrogate pair is U+FFFD, and two separators of lines are escaped. */
function stringText(text: string): string {
  return JSON.stringify(text.toWellFormed())
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`)
}
