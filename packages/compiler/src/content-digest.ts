import { canonicalText, digestOf } from '@writ/ledger'

/** OPA's file of signatures: it signs the others, so it cannot be part of what it signs. */
export const signaturesFile = '.signatures.json'

/** A digest of what a bundle holds, whatever its archive looks like: of the canonical list of its files and their digests. */
export function contentDigest(files: ReadonlyMap<string, Uint8Array>): string {
  const listed = [...files].filter(([name]) => name !== signaturesFile)
  return digestOf(
    canonicalText(Object.fromEntries(listed.map(([name, bytes]) => [name, digestOf(bytes)]))),
  )
}
