import { existsSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  contentDigest,
  keyIdOf,
  newKey,
  packArchive,
  privateKeyOf,
  publicKeyOf,
  signBundle,
  verifyBundle,
} from '@writ/compiler'
import { Fault } from '@writ/domain'
import { reasonOf } from '../check/walk.ts'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { surroundingsOf } from '../policies.ts'
import { plainLine } from '../output/plain.ts'
import { readArchive, readNamed, writeNamed } from './read-archive.ts'

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
  const files = readArchive(bundle, desk)
  const signingKey = keyFrom(key, privateKeyOf, desk)
  const signed = signBundle(files, { key: signingKey, now: desk.now() })
  const target = output ?? bundle
  writeNamed(target, packArchive(signed), desk)
  const lines = [
    `Signed ${target}`,
    `  digest  ${contentDigest(signed)}`,
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
    throw new Fault('request-invalid', '--active compares when two bundles were signed, and needs --key to trust that') // prettier-ignore
  const { digest, entrypoints, signature } = await verifyBundle(readArchive(bundle, desk), {
    ...surroundingsOf(desk),
    key: key === undefined ? null : keyFrom(key, publicKeyOf, desk),
    active: active === undefined ? null : readArchive(active, desk),
  })
  const trust =
    signature === null
      ? 'not looked at: --key names the key that must have signed it'
      : `by the key ${signature.keyId}${signature.signedAt === null ? '' : `, ${signature.signedAt.toISOString()}`}`
  const lines = [
    `Verified ${bundle}`,
    `  digest       ${digest}`,
    `  entrypoints  ${entrypoints.join(', ')}`,
    `  signature    ${trust}`,
  ]
  print(lines, desk)
  return exitCodes.allowed
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
