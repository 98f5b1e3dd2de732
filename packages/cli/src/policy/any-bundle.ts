import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
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
  throw new Fault(
    'bundle-invalid',
    `${path} is no bundle: it is neither a bundle.tar.gz, nor a folder with the manifest.json of a built pack or the enforcement.json of its sources`,
  )
}

/** A built bundle as it lies there: an archive of any Rego, or the folder of a built pack. */
export function builtFiles(
  path: string,
  desk: Desk,
): { readonly form: AnyBundle['form']; readonly files: ReadonlyMap<string, Uint8Array> } {
  const folder = resolve(desk.cwd, path)
  if (!isFolder(folder, path)) return { form: 'rego', files: readArchive(path, desk) }
  if (existsSync(join(folder, 'manifest.json')))
    return { form: 'pack', files: builtPack(folder, path).files }
  throw new Fault(
    'bundle-invalid',
    `${path} is no built bundle: it has no manifest.json. \`writ policy build --policies ${path} -o FOLDER\` builds one`,
  )
}

/** Writes the files of a built pack into a folder. */
export function writeFolder(
  files: ReadonlyMap<string, Uint8Array>,
  path: string,
  { cwd }: Desk,
): void {
  const folder = resolve(cwd, path)
  try {
    mkdirSync(folder, { recursive: true })
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
  } catch (cause) {
    throw new Fault('request-invalid', `${path}: ${reasonOf(cause)}`, { cause })
  }
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
    const listed = readdirSync(folder, { recursive: true, withFileTypes: true })
    const files = listed
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [relative(folder, file), readFileSync(file)] as const)
    return { revision: basename(folder), files: new Map(files) }
  } catch (cause) {
    throw new Fault('request-invalid', `${path}: ${reasonOf(cause)}`, { cause })
  }
}
