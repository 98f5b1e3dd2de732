import { lstatSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs'
import { isAbsolute, join, normalize, relative, resolve, sep } from 'node:path'
import { isReadByName } from '@writ/documents'
import type { Ignoring } from './ignore.ts'

/** A file to read: its path as it is shown and recorded, and where it lies. */
export type FoundFile = { readonly path: string; readonly file: string; readonly size: number }

/** Something that was not read. `isError`: it may be what should have been judged, so nothing can be allowed. */
type Note = { readonly path: string; readonly message: string; readonly isError: boolean }

export type Walk = {
  readonly files: readonly FoundFile[]
  readonly notes: readonly Note[]
  /** Files and folders that were left out as the repository wants it. */
  readonly ignored: number
}

/** The most files that one check takes. */
const maxFiles = 100_000

const unvisited: ReadonlySet<string> = new Set(['.git', 'node_modules'])

type Walker = {
  readonly files: FoundFile[]
  readonly notes: Note[]
  readonly seenFiles: Set<string>
  readonly seenFolders: Set<string>
  /** The real paths of what was named: a link into one of them leads to what is read anyway. */
  readonly roots: readonly string[]
  readonly isIgnored: Ignoring
  ignored: number
}

type Place = { readonly path: string; readonly file: string; readonly isNamed: boolean }

export type Base = {
  readonly cwd: string
  /** The root of the repository, where paths begin: a file has one name, wherever the command runs. */
  readonly top: string
}

/** Every file under the given paths, in an order that depends on their names only. It never throws: what cannot be read is noted. */
export function walk(paths: readonly string[], { cwd, top }: Base, isIgnored: Ignoring): Walk {
  const named = paths.map((path) => ({
    path: recordedPath(path, { cwd, top }),
    file: resolve(cwd, path),
    isNamed: true,
  }))
  const walker: Walker = {
    files: [],
    notes: [],
    seenFiles: new Set(),
    seenFolders: new Set(),
    roots: named.flatMap(({ file }) => realPathOf(file) ?? []),
    isIgnored,
    ignored: 0,
  }
  for (const place of named) visit(walker, place)
  return { files: walker.files, notes: walker.notes, ignored: walker.ignored }
}

/** A path as it is recorded: from the root of the repository where it lies in there, with `/` on every system. */
function recordedPath(path: string, { cwd, top }: Base): string {
  const inside = relative(top, resolve(cwd, path))
  const isInside = !inside.startsWith('..') && !isAbsolute(inside)
  const shown = isInside ? inside : normalize(path)
  return (shown === '' ? '.' : shown)
    .split(sep)
    .join('/')
    .replace(/(.)\/$/, '$1')
}

function visit(walker: Walker, place: Place): void {
  if (walker.isIgnored(place.file)) walker.ignored += 1
  else if (walker.files.length >= maxFiles) tooMany(walker)
  else open(walker, place)
}

function open(walker: Walker, place: Place): void {
  const met = look(place)
  if (met.stats === null)
    return met.isError ? fail(walker, place, met.reason) : mention(walker, place, met.reason)
  if (met.stats.isDirectory()) {
    if (met.isLink && !place.isNamed) followLink(walker, place)
    else enter(walker, place)
  } else if (met.stats.isFile() || (place.isNamed && isReadable(met.stats))) {
    take(walker, place, met.stats.size)
  } else {
    mention(walker, place, `it is ${kindOf(met.stats)}, not a file: it was not opened`)
  }
}

/** A pipe that was named itself is meant to be read: shells write `<(helm template …)` like that. */
function isReadable(stats: Stats): boolean {
  return stats.isFIFO() || stats.isCharacterDevice()
}

type Met =
  | { readonly stats: Stats; readonly isLink: boolean }
  | { readonly stats: null; readonly reason: string; readonly isError: boolean }

function look({ path, file, isNamed }: Place): Met {
  let isLink = false
  try {
    const own = lstatSync(file)
    isLink = own.isSymbolicLink()
    return { stats: isLink ? statSync(file) : own, isLink }
  } catch (thrown) {
    // Where a link leads nowhere there is nothing to judge, unless by its name a manifest was meant to be there.
    const isError = isNamed || !isLink || isReadByName(path)
    return { stats: null, reason: reasonOf(thrown), isError }
  }
}

function take({ files, seenFiles }: Walker, { path, file }: Place, size: number): void {
  if (seenFiles.has(file)) return
  seenFiles.add(file)
  files.push({ path, file, size })
}

function enter(walker: Walker, place: Place): void {
  const real = realPathOf(place.file)
  if (real === null || walker.seenFolders.has(real)) return
  walker.seenFolders.add(real)
  try {
    const names = readdirSync(place.file).filter((name) => !unvisited.has(name))
    for (const name of names.toSorted()) {
      const path = place.path === '.' ? name : `${place.path === '/' ? '' : place.path}/${name}`
      visit(walker, { path, file: join(place.file, name), isNamed: false })
    }
  } catch (thrown) {
    fail(walker, place, reasonOf(thrown))
  }
}

/** A link to a folder is followed only where it leads to something that is not read under its own name. */
function followLink(walker: Walker, place: Place): void {
  const real = realPathOf(place.file)
  if (real === null) return fail(walker, place, 'it leads nowhere')
  if (walker.roots.some((root) => isWithin(root, real)))
    return mention(walker, place, 'it leads back to a folder that holds it: it was not followed')
  if (walker.roots.some((root) => isWithin(real, root)))
    return mention(walker, place, 'it leads to a folder that is read under its own name')
  if (walker.seenFolders.has(real))
    return mention(walker, place, 'it leads to a folder that was read already')
  enter(walker, place)
}

export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

function realPathOf(file: string): string | null {
  try {
    return realpathSync(file)
  } catch {
    return null // whoever looks at it says why
  }
}

function tooMany(walker: Walker): void {
  const message = `there are more than ${maxFiles} files: check fewer at once`
  if (walker.notes.some((met) => met.message === message)) return
  walker.notes.push({ path: '', message, isError: true })
}

function fail({ notes }: Walker, { path }: Place, message: string): void {
  notes.push({ path, message, isError: true })
}

function mention({ notes }: Walker, { path }: Place, message: string): void {
  notes.push({ path, message, isError: false })
}

function kindOf(stats: Stats): string {
  if (stats.isFIFO()) return 'a pipe'
  if (stats.isSocket()) return 'a socket'
  return stats.isBlockDevice() || stats.isCharacterDevice() ? 'a device' : 'something special'
}

/** Why the system would not give a file, in words. */
export function reasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null
  switch (code) {
    case 'ENOENT':
      return 'there is no such file or folder, or it is a link that leads nowhere'
    case 'EACCES':
    case 'EPERM':
      return 'it may not be read: give yourself the right to'
    case 'ELOOP':
      return 'it is a link that leads to itself'
    case 'ENAMETOOLONG':
      return 'its path is too long'
    default:
      return `it cannot be read (${typeof code === 'string' ? code : 'unknown reason'})`
  }
}
