import { createHash } from 'node:crypto'

/** SHA-256 in lower-case hex, after the name of the algorithm. */
export type Digest = `sha256:${string}`

/** SHA-256 of the bytes, named as OCI and OPA bundles name it. */
export function digestOf(bytes: Uint8Array | string): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

/** SHA-256(salt ‖ content): says nothing of the content to who lacks the salt, and fixes it for who has both. */
export function commitmentOf(salt: Uint8Array, content: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(salt).update(content).digest('hex')}`
}

/** True of the one spelling that `digestOf` gives. */
export function isDigest(text: string): text is Digest {
  return /^sha256:[0-9a-f]{64}$/.test(text)
}
