import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Fault, kinds, type Issue, type Json, type Kind } from '@writ/domain'
import { readBundle } from '@writ/rego'
import { kept, keyOf } from './kept.ts'
import { entrypointsOf, withLibrary, type ModulePlan } from './modules.ts'
import { bundleInvalid } from './mistakes.ts'
import { mistakesOf } from './opa-errors.ts'
import { runOpa, type OpaResult } from './opa/run-opa.ts'
import { kindOf, type Pack, type RegoFile } from './pack.ts'

/** The opa.wasm to compile with, and where what was made is kept. */
export type Compiler = {
  readonly opa: string
  readonly cacheDir: string
  /** How long one `opa` may run; five minutes where it is not said. */
  readonly timeLimitMs?: number
}

/** A folder that holds copies of just what one `opa` command needs: equal contents give equal bytes wherever it lies. */
export type Stage = Compiler & { readonly folder: string }

/** Runs the work over a stage with these files, and removes it. */
export async function onStage<T>(
  compiler: Compiler,
  files: readonly RegoFile[],
  work: (stage: Stage) => Promise<T>,
): Promise<T> {
  const stages = join(compiler.cacheDir, 'stages')
  await mkdir(stages, { recursive: true })
  const folder = await mkdtemp(join(stages, 'stage-'))
  try {
    for (const { path, text } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    return await work({ ...compiler, folder })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Runs one `opa` command in a stage. */
export function onFolder(
  args: readonly string[],
  { folder, opa, timeLimitMs }: Stage,
): Promise<OpaResult> {
  const limit = timeLimitMs === undefined ? {} : { timeLimitMs }
  return runOpa(args, { opa, folders: { '/': folder }, cwd: '/', ...limit })
}

type Inspected = { readonly value: Json; readonly issues: readonly Issue[] }

/** Each round leaves out the files that the round before could not read. */
const maxRounds = 8

/** What `opa inspect` reads from the METADATA of all files at once. A file that it cannot read is named, and the rest is read. */
export async function inspect(stage: Stage, round: number = 1): Promise<Inspected> {
  const { value, issues } = await inspectOnce(stage)
  const broken = new Set(issues.map(({ pointer }) => pointer.split(':')[0] ?? ''))
  const files = [...broken].filter((path) => path.endsWith('.rego'))
  if (files.length === 0 || round === maxRounds) return { value, issues }
  const rest = await onStage(stage, await remaining(stage, files), (next) =>
    inspect(next, round + 1),
  )
  return { value: rest.value, issues: [...issues, ...rest.issues] }
}

async function inspectOnce(stage: Stage): Promise<Inspected> {
  const result = await onFolder(['inspect', '--annotations', '--format', 'json', '.'], stage)
  if (result.code !== 0) return { value: null, issues: mistakesOf(result, 'opa inspect') }
  const value: Json = JSON.parse(result.stdout)
  return { value, issues: [] }
}

async function remaining(
  { folder }: Stage,
  broken: readonly string[],
): Promise<readonly RegoFile[]> {
  const names = await readdir(folder, { recursive: true })
  const paths = names.filter((path) => path.endsWith('.rego') && !broken.includes(path))
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(folder, path), 'utf8') })),
  )
}

/** What OPA's strict check finds in the rules of one kind, their inputs held against the pack's schema. A clean check is kept. */
export async function strictCheck(kind: Kind, pack: Pack, stage: Stage): Promise<readonly Issue[]> {
  const { cacheDir } = stage
  const rules = pack.rules.filter(({ path }) => kindOf(path) === kind)
  const files = withLibrary(rules, pack.library)
  const options = ['check', '--strict', '--format', 'json', '--max-errors', '100']
  const given = [...pack.json]
    .filter(([path]) => path === 'capabilities.json' || path === `schemas/${kind}.json`)
    .map(([path, text]) => ({ path, text }))
  const limits = given.flatMap(({ path }) =>
    path === 'capabilities.json' ? ['--capabilities', path] : ['--schema', path],
  )
  const args = [...options, ...limits, ...files.map(({ path }) => path)]
  let issues: readonly Issue[] = []
  await kept({ cacheDir, key: keyOf(args, [...files, ...given]) }, async () => {
    const result = await onFolder(args, stage)
    issues = result.code === 0 ? [] : mistakesOf(result, 'opa check')
    return issues.length === 0 ? new Uint8Array() : null
  })
  return issues
}

/** The kinds that a pack has rules of. */
export function kindsOf(pack: Pack): readonly Kind[] {
  return kinds.filter((kind) => pack.rules.some(({ path }) => kindOf(path) === kind))
}

/** The WebAssembly module of a plan, as `opa build-exact` makes it. */
export async function compileModule(plan: ModulePlan, stage: Stage): Promise<Uint8Array> {
  const output = 'bundle.tar.gz'
  const entrypoints = entrypointsOf(plan).flatMap((path) => ['-e', path])
  const paths = plan.files.map(({ path }) => path).filter((path) => path.endsWith('.rego'))
  const limits = ['--capabilities', 'capabilities.json']
  const args = ['build-exact', '--prune-unused', ...limits, '-o', output, ...entrypoints]
  const result = await onFolder([...args, ...paths], stage)
  if (result.code !== 0)
    throw bundleInvalid(
      `The module ${plan.name} does not compile`,
      mistakesOf(result, 'opa build-exact'),
    )
  const module = readBundle(await readFile(join(stage.folder, output))).get('policy.wasm')
  if (module !== undefined) return module
  throw new Fault('internal', `opa build-exact gave no policy.wasm for ${plan.name}`)
}
