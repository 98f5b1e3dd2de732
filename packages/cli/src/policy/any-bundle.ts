import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { buildBundle } from '@writ/compiler'
import type { BundleFiles } from '@writ/contract'
import { Fault } from '@writ/domain'
import { reasonOf } from '../check/walk.ts'
import type { Desk } from '../desk.ts'
import { surroundingsOf } from '../policies.ts'
import { readArchive } from './read-archive.ts'

/** A bundle as somebody names it: an archive of any Rego, the files of a built pack, or a pack’s sources, which are built. */
export type AnyBundle =
  | { readonly form: 'rego'; readonly files: ReadonlyMap<string, Uint8Array> }
  | {
      readonly form: 'pack'
      readonly bundle: BundleFiles
      /** Where its sources are; null of a pack that was built elsewhere. */
      readonly policies: string | null
    }

export async function openAny(path: string, desk: Desk): Promise<AnyBundle> {
  const folder = resolve(desk.cwd, path)
  if (!isFolder(folder, path)) return { form: 'rego', files: readArchive(path, desk) }
  if (existsSync(join(folder, 'manifest.json')))
    return { form: 'pack', bundle: builtPack(folder, path), policies: null }
  if (existsSync(join(folder, 'enforcement.json'))) {
    const bundle = await buildBundle({ ...surroundingsOf(desk), policies: folder })
    return { form: 'pack', bundle, policies: folder }
  }
  throw new Fault('bundle-invalid', `${path} is no bundle: it is neither a bundle.tar.gz, nor a folder with the manifest.json of a built pack or the enforcement.json of its sources`) // prettier-ignore
}

function isFolder(folder: string, path: string): boolean {
  try {
    return statSync(folder).isDirectory()
  } catch (cause) {
    throw new Fault('request-invalid', `${path}: ${reasonOf(cause)}`, { cause })
  }
}

function builtPack(folder: string, path: string): BundleFiles {
  try {
    const names = readdirSync(folder).filter((name) => /\.(?:json|wasm)$/.test(name))
    const files = names.map((name) => [name, readFileSync(join(folder, name))] as const)
    return { revision: basename(folder), files: new Map(files) }
  } catch (cause) {
    throw new Fault('request-invalid', `${path}: ${reasonOf(cause)}`, { cause })
  }
}
