import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { bundleInvalid } from '../mistakes.ts'
import type { Compiler } from '../compile.ts'
import type { RegoFile } from '../pack.ts'
import { manifestName, saysOld } from '../old-rego.ts'
import { modernised } from '../rego-version.ts'

/** A file or folder as it was named, and where it is. */
export type NamedPath = { readonly named: string; readonly file: string }

/** Rego of any kind, copied out of the folders it came from: where those lie makes no difference to what is built. */
export type Gathered = {
  /** By the path that each has in the bundle. */
  readonly files: readonly RegoFile[]
  /** Their tests, which no bundle holds. */
  readonly tests: readonly RegoFile[]
  /** Folders in the bundle of Rego of before OPA 1.0, as a `.manifest` in them says. */
  readonly old: readonly string[]
  /** What `opa` is to load: data of a folder lies below the names of its subfolders, data of a file at the root. */
  readonly roots: readonly string[]
  /** The path that somebody named for a path in the bundle. */
  readonly nameOf: (path: string) => string
}

const maxBytes = 64 * 2 ** 20
const dataNames = ['data.json', 'data.yaml', 'data.yml']

/**
 * Reads the Rego files in these paths, and in folders the `data.json` or `data.yaml` beside them. What begins with a dot
 * stays out; a file that is named itself is taken whatever it is called.
 */
export async function gather(paths: readonly NamedPath[]): Promise<Gathered> {
  const parts: Part[] = []
  for (const [index, path] of paths.entries())
    parts.push(await partOf(path, paths.length === 1 ? '' : `${index + 1}/`))
  const files = parts.flatMap((part) => part.files)
  if (!files.some(({ path }) => path.endsWith('.rego')))
    throw bundleInvalid(
      'There is no Rego to build',
      paths.map(({ named }) => ({
        pointer: named,
        message: 'holds no .rego file (tests, …_test.rego, do not count)',
      })),
    )
  return {
    files,
    tests: parts.flatMap((part) => part.tests),
    old: parts.flatMap((part) => part.old),
    roots: parts.map(({ root }) => root),
    nameOf: (path) => parts.find(({ names }) => names.has(path))?.names.get(path) ?? path,
  }
}

type Part = Pick<Gathered, 'files' | 'tests' | 'old'> & {
  readonly root: string
  readonly names: ReadonlyMap<string, string>
}

async function partOf({ named, file }: NamedPath, prefix: string): Promise<Part> {
  const isFolder = await folderOrFile({ named, file })
  if (!isFolder) {
    const path = prefix + basename(file)
    const files = await readAll(named, [[path, file]])
    return { root: path, files, tests: [], old: [], names: new Map([[path, named]]) }
  }
  const inside = await filesIn(file)
  const read = await readAll(
    named,
    inside.map((path) => [prefix + path, join(file, path)]),
  )
  return {
    root: prefix === '' ? '.' : prefix,
    files: read.filter(({ path }) => !isTest(path)),
    tests: read.filter(({ path }) => isTest(path)),
    old: (await oldIn(file)).map((path) => (prefix + path).replace(/\/$/, '')),
    names: new Map(inside.map((path) => [prefix + path, join(named, path)])),
  }
}

async function folderOrFile({ named, file }: NamedPath): Promise<boolean> {
  try {
    return (await stat(file)).isDirectory()
  } catch {
    throw bundleInvalid('The Rego cannot be read', [
      { pointer: named, message: 'is neither a file nor a folder that can be read' },
    ])
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .filter(({ name }) => name.endsWith('.rego') || dataNames.includes(name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split('/').some((step) => step.startsWith('.')))
    .toSorted()
}

/** The folders in a folder whose `.manifest` says that they hold Rego of before OPA 1.0. */
async function oldIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const manifests = entries.filter((entry) => entry.isFile() && entry.name === manifestName)
  const found = manifests.map(async ({ parentPath, name }) => {
    const isOld = saysOld(await readFile(join(parentPath, name), 'utf8'))
    return isOld ? [relative(folder, parentPath)] : []
  })
  return (await Promise.all(found)).flat()
}

/** The same with the Rego of old folders as OPA 1.0 takes it. */
export async function modernGathered(gathered: Gathered, compiler: Compiler): Promise<Gathered> {
  const { files, tests, old } = gathered
  const all = await modernised([...files, ...tests], old, compiler)
  return { ...gathered, files: all.slice(0, files.length), tests: all.slice(files.length) }
}

function isTest(path: string): boolean {
  return path.endsWith('_test.rego')
}

async function readAll(
  named: string,
  paths: readonly (readonly [path: string, file: string])[],
): Promise<readonly RegoFile[]> {
  const files: RegoFile[] = []
  let total = 0
  for (const [path, file] of paths) {
    total += (await stat(file)).size
    if (total > maxBytes) throw tooLarge(named)
    files.push({ path, text: await readFile(file, 'utf8') })
  }
  return files
}

function tooLarge(named: string): Error {
  const message = `holds more than ${maxBytes} bytes of Rego and data: leave data out, and give it when evaluating`
  return bundleInvalid('The Rego is too large to build', [{ pointer: named, message }])
}
