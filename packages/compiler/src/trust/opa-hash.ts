import { createHash } from 'node:crypto'
import { exactText, readExactJson } from '../exact-json.ts'

/**
 * The SHA-256 that OPA signs a bundle's file by (v1/bundle/hash.go): of its bytes, but of a document that OPA reads of the
 * values in it, with sorted keys, so that spaces make no difference. Null where such a document is not JSON.
 */
export function opaHash(path: string, bytes: Uint8Array): string | null {
  const isDocument = /(?:^|\/)(?:data\.(?:json|ya?ml)|\.manifest)$/.test(path)
  const value = isDocument ? readExactJson(bytes) : null
  if (value === undefined) return null
  return createHash('sha256')
    .update(isDocument ? exactText(value) : bytes)
    .digest('hex')
}
