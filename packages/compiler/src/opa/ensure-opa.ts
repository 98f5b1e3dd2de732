import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault } from '@writ/domain'
import { loadGoBuiltins } from '@writ/rego'
import { buildOnce, isCode } from '../build-lock.ts'
import { goBuild, goVersion } from '../go-build.ts'
import type { Surroundings } from '../surroundings.ts'
import { opaVersion } from '../version.ts'
import { runOpa } from './run-opa.ts'

/** Where `tools/opa` lies in this repository. */
export const opaSource: string = fileURLToPath(new URL('../../../../tools/opa', import.meta.url))

/**
 * The path of an opa.wasm of exactly the pinned version: the one that WRIT_OPA names, else the one in the cache, which is
 * built when it is missing or damaged. Safe in several processes at once.
 */
export async function ensureOpa(surroundings: Surroundings): Promise<string> {
  const named = surroundings.env['WRIT_OPA'] ?? ''
  if (named !== '') return checkedOpa(named)
  const sources = await sourcesDigest(opaSource)
  const go = await goVersion(surroundings.env)
  return ensureBuilt(
    {
      what: `opa ${opaVersion} for WebAssembly`,
      source: opaSource,
      target: '.',
      settings: { GOOS: 'wasip1', GOARCH: 'wasm', CGO_ENABLED: '0' },
      takes: '3 minutes on two cores',
      folder: join(surroundings.cacheDir, 'opa', `${opaVersion}-${sources.slice(0, 16)}`),
      file: 'opa.wasm',
      go,
    },
    surroundings,
  )
}

const builtinsSource = fileURLToPath(new URL('../../../../tools/opa-builtins', import.meta.url))

/** The path of OPA's builtins as a module for a host: the one that WRIT_OPA_BUILTINS names, else one built like `opa`. */
export async function ensureGoBuiltins(surroundings: Surroundings): Promise<string> {
  const named = surroundings.env['WRIT_OPA_BUILTINS'] ?? ''
  if (named !== '') return checkedBuiltins(named)
  const sources = await sourcesDigest(builtinsSource)
  return ensureBuilt(
    {
      what: `OPA’s own builtins (${opaVersion}) for WebAssembly`,
      source: builtinsSource,
      target: '.',
      settings: { GOOS: 'wasip1', GOARCH: 'wasm', CGO_ENABLED: '0' },
      flags: ['-buildmode=c-shared'],
      takes: '2 minutes on two cores',
      folder: join(surroundings.cacheDir, 'opa-builtins', `${opaVersion}-${sources.slice(0, 16)}`),
      file: 'opa-builtins.wasm',
      go: await goVersion(surroundings.env),
    },
    surroundings,
  )
}

export type Wanted = {
  readonly what: string
  readonly source: string
  readonly target: string
  readonly settings: { readonly [name: string]: string }
  readonly flags?: readonly string[]
  readonly takes: string
  /** Named by the digest of the sources; a folder in it for each version of Go. */
  readonly folder: string
  readonly file: string
  /** Null: what any version of Go has built there will do, since nothing can be built. */
  readonly go: string | null
}

/** The path of a program of this repository, built into the cache unless it is there, whole. */
export async function ensureBuilt(wanted: Wanted, surroundings: Surroundings): Promise<string> {
  const { go, folder, file, what } = wanted
  if (go === null) return (await anyWhole(folder, file)) ?? build(wanted, surroundings)
  const output = join(folder, go, file)
  return buildOnce(`${output}.lock`, {
    ready: () => whole(output),
    build: () => build(wanted, surroundings),
    onWait: (seconds) =>
      surroundings.onProgress(`Another process is building ${what}: waiting since ${seconds} s`),
  })
}

async function build(wanted: Wanted, surroundings: Surroundings): Promise<string> {
  const output = join(wanted.folder, wanted.go ?? 'go', wanted.file)
  const unfinished = `${output}.${process.pid}.unfinished`
  try {
    await goBuild({ ...wanted, output: unfinished }, surroundings)
    await mkdir(join(output, '..'), { recursive: true })
    const digest = createHash('sha256')
      .update(await readFile(unfinished))
      .digest('hex')
    await writeFile(`${output}.sha256`, digest)
    await rename(unfinished, output)
  } finally {
    await rm(unfinished, { force: true })
  }
  return output
}

/** The path when the file is there as it was built. The digest says so: a full disk or a kill may leave half a file. */
async function whole(path: string): Promise<string | null> {
  try {
    const [bytes, digest] = await Promise.all([readFile(path), readFile(`${path}.sha256`, 'utf8')])
    return createHash('sha256').update(bytes).digest('hex') === digest ? path : null
  } catch (thrown) {
    if (isCode(thrown, 'ENOENT')) return null
    throw thrown
  }
}

async function anyWhole(folder: string, file: string): Promise<string | null> {
  const versions = await readdir(folder).catch(() => [])
  for (const version of versions) {
    const found = await whole(join(folder, version, file))
    if (found !== null) return found
  }
  return null
}

/** A digest of everything that goes into a program built from this folder. */
export async function sourcesDigest(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = files
    .filter((file) => file.isFile() && /(\.go|^go\.mod|^go\.sum)$/.test(file.name))
    .map((file) => join(file.parentPath, file.name))
  const hash = createHash('sha256')
  for (const path of paths.toSorted()) {
    const bytes = await readFile(path)
    hash.update(`${path.slice(folder.length)}\n${bytes.length}\n`).update(bytes)
  }
  return hash.digest('hex')
}

const checked = new Map<string, Promise<string>>()

function checkedOpa(path: string): Promise<string> {
  const known = checked.get(path)
  if (known !== undefined) return known
  const made = check(path)
  checked.set(path, made)
  return made
}

async function check(path: string): Promise<string> {
  const found = await versionOf(path)
  if (found === opaVersion && (await isOurs(path))) return path
  if (found === opaVersion)
    throw new Fault(
      'compiler-unavailable',
      `WRIT_OPA names ${path}, which is opa ${found} without what Writ adds to it. Build tools/opa for wasip1, as its README says, or unset WRIT_OPA to have it built.`,
    )
  throw new Fault(
    'compiler-unavailable',
    `WRIT_OPA names ${path}, which is ${found === null ? 'no opa built for wasip1' : `opa ${found}`}; Writ needs opa ${opaVersion}. Name an opa.wasm of that version, or unset WRIT_OPA to have it built.`,
  )
}

/** Whether it is built from `tools/opa`, which compiles policies exactly. */
async function isOurs(path: string): Promise<boolean> {
  const { code } = await runOpa(['build-exact', '--help'], { opa: path, folders: {}, cwd: '/' })
  return code === 0
}

async function versionOf(path: string): Promise<string | null> {
  try {
    const { stdout } = await runOpa(['version'], { opa: path, folders: {}, cwd: '/' })
    return /^Version: (\S+)$/m.exec(stdout)?.[1] ?? null
  } catch (cause) {
    throw new Fault(
      'compiler-unavailable',
      `WRIT_OPA names ${basename(path)} at ${path}, which cannot be run. Name an opa.wasm (built for wasip1) of version ${opaVersion}, or unset WRIT_OPA to have it built.`,
      { cause },
    )
  }
}

async function checkedBuiltins(path: string): Promise<string> {
  const way = `Name what tools/opa-builtins builds to, of OPA ${opaVersion}, or unset WRIT_OPA_BUILTINS to have it built.`
  try {
    const { version } = loadGoBuiltins(await readFile(path))
    if (version === opaVersion) return path
    throw new Fault(
      'compiler-unavailable',
      `WRIT_OPA_BUILTINS names ${path}, which is of OPA ${version}. ${way}`,
    )
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw new Fault(
      'compiler-unavailable',
      `WRIT_OPA_BUILTINS names ${path}, which cannot be loaded. ${way}`,
      { cause },
    )
  }
}
