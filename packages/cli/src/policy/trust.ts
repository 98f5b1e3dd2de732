import { existsSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  checkTrust,
  contentDigest,
  keyIdOf,
  newKey,
  packArchive,
  privateKeyOf,
  publicKeyOf,
  signaturesFile,
  signBundle,
  verifyBundle,
  type Signature,
  type Trusting,
} from '@writ/compiler'
import { Fault } from '@writ/domain'
import { loadBundle } from '@writ/engine'
import type { Bundle } from '@writ/service'
import { reasonOf } from '../check/walk.ts'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { surroundingsOf } from '../policies.ts'
import { plainLine } from '../output/plain.ts'
import { builtFiles, writeFolder } from './any-bundle.ts'
import { readNamed, writeNamed } from './read-archive.ts'

type Files = ReadonlyMap<string, Uint8Array>

export type KeygenOptions = { readonly output: string }
export type SignOptions = { readonly key: string; readonly output?: string }
export type VerifyOptions = { readonly key?: string; readonly active?: string }

/** Makes a key, and overwrites none. */
export function makeKey({ output }: KeygenOptions, desk: Desk): number {
  const { privateKey, publicKey } = newKey()
  writeNew(output, privateKey, desk)
  writeNew(`${output}.pub`, publicKey, desk)
  const lines = [
    `Made the key ${keyIdOf(publicKeyOf(publicKey))}`,
    `  to sign with    ${output}: keep it secret`,
    `  to verify with  ${output}.pub`,
  ]
  print(lines, desk)
  return exitCodes.allowed
}

export function signPolicy(bundle: string, { key, output }: SignOptions, desk: Desk): number {
  const { form, files } = builtFiles(bundle, desk)
  const signingKey = keyFrom(key, privateKeyOf, desk)
  const signed = signBundle(files, { key: signingKey, now: desk.now() })
  const target = output ?? bundle
  if (form === 'rego') writeNamed(target, packArchive(signed), desk)
  else writeFolder(signed, target, desk)
  const lines = [
    `Signed ${target}`,
    `  digest  ${form === 'rego' ? contentDigest(signed) : packOf(signed).name.digest}`,
    `  key     ${keyIdOf(signingKey)}`,
  ]
  print(lines, desk)
  return exitCodes.allowed
}

export async function verifyPolicy(
  bundle: string,
  { key, active }: VerifyOptions,
  desk: Desk,
): Promise<number> {
  if (key === undefined && active !== undefined)
    throw new Fault(
      'request-invalid',
      '--active compares when two bundles were signed, and needs --key to trust that',
    )
  const trusting = {
    key: key === undefined ? null : keyFrom(key, publicKeyOf, desk),
    active: active === undefined ? null : builtFiles(active, desk).files,
  }
  const { form, files } = builtFiles(bundle, desk)
  const { digest, holds, signature } =
    form === 'rego' ? await verifiedRego(files, trusting, desk) : verifiedPack(files, trusting)
  const trust =
    signature === null
      ? 'not looked at: --key names the key that must have signed it'
      : `by the key ${signature.keyId}${signature.signedAt === null ? '' : `, ${signature.signedAt.toISOString()}`}`
  const lines = [
    `Verified ${bundle}`,
    `  digest       ${digest}`,
    `  ${holds}`,
    `  signature    ${trust}`,
  ]
  print(lines, desk)
  return exitCodes.allowed
}

type Seen = {
  readonly digest: string
  /** A line that says what can be asked of it. */
  readonly holds: string
  readonly signature: Signature | null
}

async function verifiedRego(files: Files, trusting: Trusting, desk: Desk): Promise<Seen> {
  const { entrypoints, ...seen } = await verifyBundle(files, {
    ...surroundingsOf(desk),
    ...trusting,
  })
  return { ...seen, holds: `entrypoints  ${entrypoints.join(', ')}` }
}

function verifiedPack(files: Files, trusting: Trusting): Seen {
  const signature = checkTrust(files, trusting)
  const { name, rules } = packOf(files)
  return { digest: name.digest, holds: `rules        ${rules.length}`, signature }
}

/** A pack that can decide, by the digest that its decisions name. */
function packOf(files: Files): Bundle {
  const decides = [...files].filter(([name]) => name !== signaturesFile)
  return loadBundle({ revision: '', files: new Map(decides) })
}

function keyFrom<T>(path: string, read: (pem: string) => T, desk: Desk): T {
  try {
    return read(Buffer.from(readNamed(path, desk)).toString())
  } catch (cause) {
    if (!(cause instanceof Fault) || cause.message.startsWith(path)) throw cause
    throw new Fault(cause.code, `${path} is ${cause.message}`, { cause })
  }
}

function writeNew(path: string, text: string, { cwd }: Desk): void {
  const file = resolve(cwd, path)
  if (existsSync(file))
    throw new Fault('request-invalid', `${path} is there already, and a key is never overwritten`)
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
  } catch (cause) {
    throw new Fault('request-invalid', `${path}: ${reasonOf(cause)}`, { cause })
  }
}

function print(lines: readonly string[], desk: Desk): void {
  desk.out(`${lines.map(plainLine).join('\n')}\n`)
}
