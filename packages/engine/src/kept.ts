import { goBuiltinsFile, type BundleFiles } from '@writ/contract'
import { Fault } from '@writ/domain'
import { digestOf } from '@writ/ledger'
import type { Bundle } from '@writ/service'
import { loadBundle } from './bundle.ts'
import { dataFile, manifestFile, readManifest } from './manifest.ts'

type Files = ReadonlyMap<string, Uint8Array>

/** A bundle by what a record says of it. */
export type KeptName = { readonly digest: string; readonly dataDigest: string }

/** A bundle as it is kept for ever, by path: what is in two of them is there once. No path ever gets other bytes. */
export function keptFiles({ files }: BundleFiles): Files {
  const { digest } = readManifest(files)
  const kept = [...files].map(([name, bytes]) => {
    return [pathOf(name, { digest, contents: digestOf(bytes) }), bytes] as const
  })
  return new Map(kept)
}

/** Reads a file of the kept bundles by its path; null where there is none. */
export type ReadKept = (path: string) => Promise<Uint8Array | null>

/**
 * Opens a kept bundle; null where it is not there. Every file must be what the digests say: else it throws the Fault
 * `bundle-invalid`.
 */
export async function openKeptBundle(
  read: ReadKept,
  { digest, dataDigest }: KeptName,
): Promise<Bundle | null> {
  const folder = folderOf(digest)
  const manifest = await read(`${folder}/${manifestFile}`)
  const data = manifest === null ? null : await read(dataPath(dataDigest))
  if (manifest === null || data === null) return null
  const files = new Map([
    [manifestFile, manifest],
    [dataFile, data],
  ])
  const named = readManifest(files)
  if (named.digest !== digest || digestOf(data) !== dataDigest)
    throw new Fault('bundle-invalid', `The bundle that is kept as ${digest} is another one`)
  for (const { file } of named.manifest.modules) {
    const bytes = await read(`${folder}/${file}`)
    if (bytes !== null) files.set(file, bytes)
  }
  const { goBuiltinsDigest } = named.manifest
  const goBuiltins =
    goBuiltinsDigest === undefined ? null : await read(goBuiltinsPath(goBuiltinsDigest))
  if (goBuiltins !== null) files.set(goBuiltinsFile, goBuiltins)
  return loadBundle({ revision: digest, files })
}

/** By its contents where it may be the same in many bundles. */
function pathOf(
  name: string,
  { digest, contents }: { readonly digest: string; readonly contents: string },
): string {
  if (name === dataFile) return dataPath(contents)
  return name === goBuiltinsFile ? goBuiltinsPath(contents) : `${folderOf(digest)}/${name}`
}

function folderOf(digest: string): string {
  return digest.replace('sha256:', '')
}

function dataPath(digest: string): string {
  return `data/${digest.replace('sha256:', '')}.json`
}

function goBuiltinsPath(digest: string): string {
  return `opa-builtins/${digest.replace('sha256:', '')}.wasm`
}
