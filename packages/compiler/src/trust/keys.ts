import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { Fault } from '@writ/domain'

/** A new Ed25519 key, both halves as PEM. */
export function newKey(): { readonly privateKey: string; readonly publicKey: string } {
  return generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
}

export function privateKeyOf(pem: string): KeyObject {
  return keyOf(pem, createPrivateKey, 'not a private key in PEM')
}

/** The public half of a key, from either half. */
export function publicKeyOf(pem: string): KeyObject {
  return keyOf(pem, createPublicKey, 'not a public key in PEM')
}

type Read = (pem: string) => KeyObject

function keyOf(pem: string, read: Read, complaint: string): KeyObject {
  const key = parsed(pem, read, complaint)
  if (key.asymmetricKeyType === 'ed25519') return key
  throw new Fault(
    'request-invalid',
    `a key of ${key.asymmetricKeyType}: bundles are signed with Ed25519 keys`,
  )
}

function parsed(pem: string, read: Read, complaint: string): KeyObject {
  try {
    return read(pem)
  } catch (cause) {
    throw new Fault('request-invalid', complaint, { cause })
  }
}

/** A short name of a key, the same for both halves: the beginning of the SHA-256 of its public half. */
export function keyIdOf(key: KeyObject): string {
  const half = key.type === 'private' ? createPublicKey(key) : key
  const der = half.export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(der).digest('hex').slice(0, 16)
}
