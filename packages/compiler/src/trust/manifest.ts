import { Fault, type Json } from '@writ/domain'
import { listOf, memberOf } from '../json-read.ts'

/** What a bundle's `.manifest` says; an empty object where there is none. */
export function manifestOf(files: ReadonlyMap<string, Uint8Array>): Json {
  try {
    const manifest: Json = JSON.parse(Buffer.from(files.get('.manifest') ?? '{}').toString())
    return manifest
  } catch (cause) {
    throw new Fault('bundle-invalid', 'The bundle’s .manifest is not JSON', { cause })
  }
}

/** The entrypoints that our builds write down, or those that OPA’s resolvers are for. */
export function entrypointsNamed(manifest: Json): readonly string[] {
  const own = listOf(memberOf(manifest, 'metadata'), 'entrypoints')
  const resolved = listOf(manifest, 'wasm').map((resolver) => memberOf(resolver, 'entrypoint'))
  return [...own, ...resolved].filter((name) => typeof name === 'string')
}
