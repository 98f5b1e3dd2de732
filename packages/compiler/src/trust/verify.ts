import type { KeyObject } from 'node:crypto'
import { Fault } from '@writ/domain'
import { contentDigest } from '../content-digest.ts'
import { loadRego } from '../rego/loaded.ts'
import type { Surroundings } from '../surroundings.ts'
import { entrypointsNamed, manifestOf } from './manifest.ts'
import { checkSignature, type Signature } from './signature.ts'

type Files = ReadonlyMap<string, Uint8Array>

export type Trusting = {
  /** The public key that must have signed it; null leaves the signature alone. */
  readonly key: KeyObject | null
  /** The bundle that is in force: one that was signed before it is refused. */
  readonly active: Files | null
}

export type Verifying = Surroundings & Trusting

export type Verified = {
  readonly digest: string
  readonly entrypoints: readonly string[]
  /** Null where it was not looked at. */
  readonly signature: Signature | null
}

/**
 * Whether a bundle may be put into force: signed by this key, not older than what is in force, and with a module that runs
 * here and has the entrypoints that the manifest names. Throws the Fault `bundle-invalid` otherwise.
 */
export async function verifyBundle(files: Files, request: Verifying): Promise<Verified> {
  const signature = checkTrust(files, request)
  const module = files.get('policy.wasm')
  if (module === undefined)
    throw new Fault(
      'bundle-invalid',
      'The bundle holds no policy.wasm: `writ policy build` and `opa build -t wasm` make one',
    )
  const { entrypoints } = await loadRego(module, 'Its module cannot be run', request)
  refuseLacking(entrypointsNamed(manifestOf(files)), entrypoints)
  return { digest: contentDigest(files), entrypoints, signature }
}

/**
 * Whether this key signed just these files, and not before what is in force; null where there is no key to say so. Throws
 * the Fault `bundle-invalid` otherwise. Whether they can decide is not looked at.
 */
export function checkTrust(files: Files, { key, active }: Trusting): Signature | null {
  if (key === null) return null
  const signature = checkSignature(files, key)
  if (active !== null) refuseOlder(signature, checkSignature(active, key))
  return signature
}

function refuseOlder(signature: Signature, active: Signature): void {
  const [own, other] = [signature.signedAt, active.signedAt]
  if (own !== null && (other === null || own >= other)) return
  const when = own === null ? 'at no known time' : `at ${own.toISOString()}`
  throw new Fault(
    'bundle-invalid',
    `The bundle is older than the active one: signed ${when}, the active one at ${other?.toISOString() ?? 'no known time'}`,
  )
}

function refuseLacking(named: readonly string[], entrypoints: readonly string[]): void {
  const lacking = named.filter((entrypoint) => !entrypoints.includes(entrypoint))
  if (lacking.length > 0)
    throw new Fault(
      'bundle-invalid',
      `The manifest names ${lacking.join(', ')}, which the module does not have: it has ${entrypoints.join(', ')}`,
    )
}
