import { Fault, type Json } from '@writ/domain'

/** What a bundle's `.manifest` says; an empty object where there is none. */
export function manifestOf(files: ReadonlyMap<string, Uint8Array>): Json {
  try {
    const manifest: Json = JSON.parse(Buffer.from(files.get('.manifest') ?? '{}').toString())
    return manifest
  } catch (cause) {
    throw new Fault('bundle-invalid', 'The bundle’s .manifest is not JSON', { cause })
  }
}
