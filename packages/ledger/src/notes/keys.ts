import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { malformed } from '../malformed.ts'
import { hashLength, sha256 } from '../tree/hash.ts'
import { bytesOf, fromBase64, toBase64 } from './text.ts'

/** The kinds of signature that are known here, by their byte in C2SP signed-note. */
export const signatureTypes = { ed25519: 0x01, cosignature: 0x04 } as const
/** Ed25519 over the text, or over the text and an instant. */
export type SignatureType = (typeof signatureTypes)[keyof typeof signatureTypes]

/** A public key that verifies notes: a vkey of C2SP signed-note. */
export type VerifierKey = {
  readonly name: string
  /** Four bytes in hex. Tells keys apart; it is no proof of anything. */
  readonly id: string
  readonly type: SignatureType
  /** Thirty-two bytes, as RFC 8032 encodes them. */
  readonly publicKey: Uint8Array
}

/** One signature line of a note. Nothing says yet that it is true. */
export type SignatureLine = {
  readonly name: string
  /** Four bytes in hex. */
  readonly keyId: string
  readonly signature: Uint8Array
}

/** Signs text. Where the private key lies is the signer's own business. */
export type Signer = {
  readonly key: VerifierKey
  /** The Ed25519 signature over these bytes. */
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>
}

/** The key with its id, as signed-note derives it. Throws the Fault `log-malformed` on a name or a key that cannot be one. */
export function verifierKey(name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw malformed('key name', 'it is empty, or has a space or a plus')
  if (publicKey.byteLength !== 32) throw malformed('public key', 'an Ed25519 key has 32 bytes')
  const id = sha256([bytesOf(`${name}\n`), Uint8Array.of(type), publicKey]).subarray(0, 4)
  return { name, type, publicKey, id: Buffer.from(id).toString('hex') }
}

/** `<name>+<key id>+<type and public key in base64>`. */
export function writeVerifierKey({ name, id, type, publicKey }: VerifierKey): string {
  return `${name}+${id}+${toBase64(Buffer.concat([Uint8Array.of(type), publicKey]))}`
}

/** Throws the Fault `log-malformed` on what is no vkey of a known kind, also when its id does not fit its key. */
export function readVerifierKey(text: string): VerifierKey {
  const {
    name = '',
    id,
    rest = '',
  } = /^(?<name>[^+]+)\+(?<id>[0-9a-f]{8})\+(?<rest>.+)$/.exec(text)?.groups ?? {}
  const bytes = fromBase64(rest)
  const type = knownTypes.find((known) => known === bytes?.[0])
  if (bytes === null || type === undefined)
    throw malformed(
      'verifier key',
      'it must be <name>+<8 hex digits>+<base64> of an Ed25519 key, type 1 or 4',
    )
  const key = verifierKey(name, type, bytes.subarray(1))
  if (key.id !== id) throw malformed('verifier key', 'its id is that of another key')
  return key
}

const knownTypes: readonly SignatureType[] = Object.values(signatureTypes)

/** A private key as Go's sumdb/note writes it: `PRIVATE+KEY+<name>+<key id>+<type and seed in base64>`. */
export function writeSignerKey(name: string, seed: Uint8Array): string {
  const { id } = verifierKey(name, signatureTypes.ed25519, publicKeyOf(privateKeyOf(seed)))
  return `PRIVATE+KEY+${name}+${id}+${toBase64(Buffer.concat([Uint8Array.of(signatureTypes.ed25519), seed]))}`
}

/** Reads such a key. The message of its Fault never says anything of what it read. */
export function readSignerKey(text: string): Signer {
  const form = /^PRIVATE\+KEY\+(?<name>[^+]+)\+(?<id>[0-9a-f]{8})\+(?<rest>.+)$/
  const { name = '', id, rest = '' } = form.exec(text)?.groups ?? {}
  const bytes = fromBase64(rest)
  if (bytes === null || bytes.byteLength !== 1 + hashLength || bytes[0] !== signatureTypes.ed25519)
    throw malformed(
      'private key',
      'it must be PRIVATE+KEY+<name>+<8 hex digits>+<base64> of an Ed25519 seed',
    )
  const signer = ed25519Signer(name, bytes.subarray(1))
  if (signer.key.id !== id) throw malformed('private key', 'its id is that of another key')
  return signer
}

/** A signer that holds its seed in memory. */
export function ed25519Signer(name: string, seed: Uint8Array): Signer {
  const privateKey = privateKeyOf(seed)
  return {
    key: verifierKey(name, signatureTypes.ed25519, publicKeyOf(privateKey)),
    sign: async (message) => new Uint8Array(sign(null, message, privateKey)),
  }
}

/** True of 64 bytes that are the Ed25519 signature of this key over the message, of whatever type the key is. */
export function isSignatureOf(
  key: VerifierKey,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  return (
    signature.byteLength === 64 && verify(null, message, publicKeyObject(key.publicKey), signature)
  )
}

/** Non-empty, without spaces of any script, plus signs or control characters. */
export function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !/[\s+\p{White_Space}\p{Cc}]/u.test(name)
}

// As JSON Web Keys (RFC 8037): the encodings of RFC 8410 take OpenSSL a millisecond of each start to make out.
const okp = { kty: 'OKP', crv: 'Ed25519' } as const

function privateKeyOf(seed: Uint8Array): KeyObject {
  const key = { ...okp, d: inBase64Url(seed), x: '' } // Node wants the public half to be there, and works it out
  return createPrivateKey({ key, format: 'jwk' })
}

function publicKeyOf(privateKey: KeyObject): Uint8Array {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  return new Uint8Array(Buffer.from(x, 'base64url'))
}

function publicKeyObject(bytes: Uint8Array): KeyObject {
  return createPublicKey({ key: { ...okp, x: inBase64Url(bytes) }, format: 'jwk' })
}

function inBase64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}
