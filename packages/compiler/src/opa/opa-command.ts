import { statSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import type { Surroundings } from '../surroundings.ts'
import { ensureOpa } from './ensure-opa.ts'
import { passToOpa } from './run-opa.ts'

/**
 * The whole `opa` command over our own standard streams, as if it were installed here; gives its exit code. It sees the
 * current folder, and of the rest only the folders that its arguments name.
 */
export async function opaCommand(
  args: readonly string[],
  { cwd, ...surroundings }: Surroundings & { readonly cwd: string },
): Promise<number> {
  const opa = await ensureOpa(surroundings)
  return passToOpa(args, { opa, cwd, folders: foldersFor(args, cwd) })
}

/** The current folder, and for each path in the arguments that leads out of it the nearest folder that exists. */
export function foldersFor(
  args: readonly string[],
  cwd: string,
): { readonly [inside: string]: string } {
  const outside = args
    .flatMap(pathsIn)
    .map((path) => resolve(cwd, path))
    .filter((path) => relative(cwd, path).startsWith('..'))
    .map(folderOf)
  return Object.fromEntries([cwd, ...outside].map((folder) => [folder, folder]))
}

/** What may be a path in an argument: all of it, or what follows `--flag=`, `prefix:` or `file://`. */
function pathsIn(arg: string): readonly string[] {
  return [arg, ...[...arg.matchAll(/[=:]/g)].map(({ index }) => arg.slice(index + 1))].filter(
    (path) => path.startsWith('/') || path.startsWith('..'),
  )
}

function folderOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isDirectory() === true) return path
  return dirname(path) === path ? path : folderOf(dirname(path))
}
