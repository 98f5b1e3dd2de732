import { verify, type KeyObject } from 'node:crypto'
import { Fault, type Issue, type Json } from '@writ/domain'
import { contentDigest, signaturesFile } from '../content-digest.ts'
import { listOf, memberOf, textOf } from '../json-read.ts'
import { bundleInvalid } from '../mistakes.ts'
import { keyIdOf } from './keys.ts'
import { opaHash } from './opa-hash.ts'

type Files = ReadonlyMap<string, Uint8Array>

/** What a bundle's signature says of itself. */
export type Signature = {
  /** Of the key that signed it; empty where whoever signed it did not say. */
  readonly keyId: string
  /** In whole seconds; null where it does not say. */
  readonly signedAt: Date | null
}

type Token = Signature & {
  readonly algorithm: string
  readonly signed: string
  readonly signature: Uint8Array
  /** OPA's hash of each file that was signed. */
  readonly hashes: ReadonlyMap<string, string>
  /** Empty where `opa sign` signed it. */
  readonly contentDigest: string
}

/** The signature of a bundle, unchecked; null where it has none. */
export function signatureOf(files: Files): Signature | null {
  const token = tokenIn(files)
  return token === null ? null : { keyId: token.keyId, signedAt: token.signedAt }
}

/**
 * Checks that the holder of this key signed just these files. Throws the Fault `bundle-invalid` with each file that is
 * changed, missing or too much.
 */
export function checkSignature(files: Files, key: KeyObject): Signature {
  const token = tokenIn(files)
  if (token === null)
    throw new Fault('bundle-invalid', 'The bundle is not signed: `writ policy sign` signs it')
  refuseForged(token, key)
  const issues = differences(files, token)
  if (issues.length > 0) throw bundleInvalid('The bundle is not the one that was signed', issues)
  const isRewritten = token.contentDigest !== '' && token.contentDigest !== contentDigest(files)
  if (isRewritten)
    throw new Fault(
      'bundle-invalid',
      'The bundle is not the one that was signed: its values are the same, and its bytes are not',
    )
  return { keyId: token.keyId, signedAt: token.signedAt }
}

function refuseForged(token: Token, key: KeyObject): void {
  const { algorithm, keyId, signed, signature } = token
  if (algorithm !== 'EdDSA')
    throw new Fault(
      'bundle-invalid',
      `The bundle is signed by ${algorithm || 'no algorithm'}: only EdDSA is trusted`,
    )
  if (verify(null, Buffer.from(signed), key, signature)) return
  const own = keyIdOf(key)
  throw keyId === own || !/^[0-9a-f]{16}$/.test(keyId)
    ? new Fault(
        'bundle-invalid',
        `The signature does not hold for the key ${own}: another key made it, or it was changed`,
      )
    : new Fault(
        'bundle-invalid',
        `The bundle is signed with another key: ${keyId}, and this is ${own}`,
      )
}

function differences(files: Files, { hashes }: Token): readonly Issue[] {
  const found = [...files].flatMap(([pointer, bytes]) => {
    const [signed, own] = [hashes.get(pointer), opaHash(pointer, bytes)]
    if (pointer === signaturesFile || (own !== null && signed === own)) return []
    const message =
      signed === undefined ? 'was added: it is not signed' : 'was changed after it was signed'
    return [{ pointer, message }]
  })
  const missing = [...hashes.keys()].filter((name) => !files.has(name))
  return [
    ...found,
    ...missing.map((pointer) => ({ pointer, message: 'is missing: it was signed' })),
  ]
}

function tokenIn(files: Files): Token | null {
  const bytes = files.get(signaturesFile)
  if (bytes === undefined) return null
  const tokens = listOf(jsonIn(Buffer.from(bytes).toString()), 'signatures')
  const [head = '', claims = '', signature = ''] = textOf(tokens[0] ?? null).split('.')
  const [first, second] = [decoded(head), decoded(claims)]
  if (tokens.length !== 1 || second === undefined)
    throw new Fault(
      'bundle-invalid',
      `${signaturesFile} does not hold one signature as OPA writes it`,
    )
  const issued = memberOf(second, 'iat')
  return {
    algorithm: textOf(memberOf(first, 'alg')),
    keyId: textOf(memberOf(first, 'kid')),
    signedAt: typeof issued === 'number' ? new Date(issued * 1_000) : null,
    signed: `${head}.${claims}`,
    signature: Buffer.from(signature, 'base64url'),
    hashes: new Map(listOf(second, 'files').map(hashOf)),
    contentDigest: textOf(memberOf(second, 'content_digest')),
  }
}

/** Of a file that was hashed by another algorithm nothing is known, so that it counts as changed. */
function hashOf(file: Json): readonly [name: string, hash: string] {
  const isKnown = memberOf(file, 'algorithm') === 'SHA-256'
  return [textOf(memberOf(file, 'name')), isKnown ? textOf(memberOf(file, 'hash')) : '']
}

function decoded(part: string): Json | undefined {
  return jsonIn(Buffer.from(part, 'base64url').toString())
}

function jsonIn(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
