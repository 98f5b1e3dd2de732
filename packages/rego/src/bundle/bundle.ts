import { gunzipSync } from 'node:zlib'
import { RegoError, wordsOf } from '../rego-error.ts'
import { readTar } from './tar.ts'

/** The most that a bundle may unpack to: far beyond any policy, far below what hurts. */
const maxUnpacked = 256 * 1024 * 1024

/** The files of a `bundle.tar.gz` as `opa build` writes it, by name without the leading slash. Throws a RegoError. */
export function readBundle(gz: Uint8Array): ReadonlyMap<string, Uint8Array> {
  return readTar(unpacked(gz))
}

function unpacked(gz: Uint8Array): Uint8Array {
  try {
    return gunzipSync(gz, { maxOutputLength: maxUnpacked })
  } catch (cause) {
    throw new RegoError(
      'bundle_malformed',
      `the bundle cannot be unpacked (at most ${maxUnpacked} bytes are): ${wordsOf(cause)}`,
      { cause },
    )
  }
}
