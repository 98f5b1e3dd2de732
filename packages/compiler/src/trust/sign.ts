import { sign, type KeyObject } from 'node:crypto'
import { Fault } from '@writ/domain'
import { contentDigest, signaturesFile } from '../content-digest.ts'
import { keyIdOf } from './keys.ts'
import { opaHash } from './opa-hash.ts'

type Files = ReadonlyMap<string, Uint8Array>

export type Signing = { readonly key: KeyObject; readonly now: Date }

/**
 * The files with one signature over all of them, in place of an older one. It is a token as `opa sign` makes it, so that a
 * stock `opa` verifies it, and holds the content digest too.
 */
export function signBundle(files: Files, { key, now }: Signing): Files {
  const unsigned = [...files].filter(([name]) => name !== signaturesFile)
  const listed = unsigned.map(([name, bytes]) => ({
    name,
    hash: hashOf(name, bytes),
    algorithm: 'SHA-256',
  }))
  const claims = {
    files: listed.toSorted((left, right) => (left.name < right.name ? -1 : 1)),
    iat: Math.floor(now.getTime() / 1_000),
    content_digest: contentDigest(files),
  }
  const head = { alg: 'EdDSA', kid: keyIdOf(key), typ: 'JWT' }
  const signed = `${encoded(head)}.${encoded(claims)}`
  const token = `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`
  const signatures = Buffer.from(JSON.stringify({ signatures: [token] }))
  return new Map([...unsigned, [signaturesFile, signatures]])
}

function hashOf(name: string, bytes: Uint8Array): string {
  const hash = opaHash(name, bytes)
  if (hash !== null) return hash
  throw new Fault(
    'bundle-invalid',
    `${name} is not JSON, so that it cannot be signed: \`writ policy build\` makes JSON of YAML`,
  )
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
