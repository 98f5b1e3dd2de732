import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, type Issue } from '@writ/domain'
import { canonicalBytes } from '@writ/ledger'
import { readBundle, type RegoModule } from '@writ/rego'
import { packArchive } from '../archive.ts'
import { contentDigest } from '../content-digest.ts'
import { defaultBudget, refuseLarge, withinBudget, type Budget } from '../budget.ts'
import { onFolder, onStage, type Compiler, type Stage } from '../compile.ts'
import { bundleInvalid } from '../mistakes.ts'
import { mistakesOf } from '../opa-errors.ts'
import { ensureOpa } from '../opa/ensure-opa.ts'
import type { OpaResult } from '../opa/run-opa.ts'
import type { Surroundings } from '../surroundings.ts'
import { opaVersion } from '../version.ts'
import { entrypointOf, entrypointsIn } from './entrypoints.ts'
import { gatesOf } from './gates.ts'
import { loadRego } from './loaded.ts'
import { gather, modernGathered, type Gathered, type NamedPath } from './gather.ts'
import { placed } from './placed.ts'
import { withCalls } from './refused-calls.ts'
import { vectorIssues, type VectorFile } from './vectors.ts'

export type RegoBuild = Surroundings & {
  readonly paths: readonly NamedPath[]
  /** `package/rule` or `data.package.rule`, of a rule or a whole package. */
  readonly entrypoints: readonly string[]
  readonly regoVersion: 0 | 1
  /** Whether it must also pass OPA's strict check and its own tests. */
  readonly gates: boolean
  readonly revision?: string
  readonly budget?: Budget
  /** Golden vectors, which the module and OPA must answer alike. */
  readonly vectors?: VectorFile
}

export type BuiltRego = {
  /** A `bundle.tar.gz`. */
  readonly bundle: Uint8Array
  readonly digest: string
  readonly entrypoints: readonly string[]
  readonly moduleBytes: number
}

/**
 * A bundle of any Rego, whoever wrote it: the sources as they are, their data, and the module that OPA compiles of them.
 * The manifest does not announce the module, since only an OPA with a WebAssembly engine would load such a bundle; any OPA
 * evaluates the sources instead. Throws the Fault `bundle-invalid` with every mistake at its place.
 */
export async function buildRego(request: RegoBuild): Promise<BuiltRego> {
  const { cacheDir, regoVersion, onProgress, budget = defaultBudget } = request
  const read = await gather(request.paths)
  const opa = await ensureOpa(request)
  const gathered = regoVersion === 0 ? read : await modernGathered(read, { opa, cacheDir })
  const entrypoints = [...new Set(request.entrypoints.map(entrypointOf))]
  const plan = { gathered, entrypoints, regoVersion }
  const compiler = { opa, cacheDir, timeLimitMs: budget.seconds * 1_000 }
  const compiled = await withinBudget({ what: 'the Rego', budget, onProgress }, () =>
    onStage(compiler, gathered.files, (stage) => compile(plan, stage)),
  )
  refuseLarge('The Rego', compiled.module, budget)
  const complaint = 'The Rego compiles, but cannot be run'
  const module = await loadRego(compiled.module, complaint, request).catch((thrown: unknown) => {
    throw withCalls(thrown, gathered)
  })
  if (request.gates) await holdGates(plan, { opa, cacheDir })
  if (request.vectors !== undefined)
    await prove({ plan, compiled, module, vectors: request.vectors }, { opa, cacheDir })
  const files = filesOf(plan, compiled, request.revision ?? '')
  return {
    bundle: packArchive(files),
    digest: contentDigest(files),
    entrypoints,
    moduleBytes: compiled.module.length,
  }
}

async function holdGates(plan: Plan, compiler: Compiler): Promise<void> {
  const found = await gatesOf(plan, compiler)
  if (found.length > 0)
    throw bundleInvalid(
      'The Rego compiles, and does not pass the gates (--no-gates builds it all the same)',
      placed(found, plan.gathered),
    )
}

type Provable = {
  readonly plan: Plan
  readonly compiled: Compiled
  readonly module: RegoModule
  readonly vectors: VectorFile
}

async function prove(
  { plan, compiled, module, vectors }: Provable,
  compiler: Compiler,
): Promise<void> {
  const { files, roots } = plan.gathered
  const proving = { vectors, module, data: compiled.data, roots, flags: versionFlag(plan) }
  const found = await onStage(compiler, files, (stage) => vectorIssues(proving, stage))
  if (found.length > 0)
    throw bundleInvalid('The Rego compiles, and its golden vectors do not hold', found)
}

function filesOf(
  { gathered, entrypoints, regoVersion }: Plan,
  { module, data }: Compiled,
  revision: string,
): ReadonlyMap<string, Uint8Array> {
  const sources = gathered.files.filter(({ path }) => path.endsWith('.rego'))
  const metadata = { entrypoints, opa: opaVersion }
  const manifest = { revision, roots: [''], rego_version: regoVersion, metadata }
  return new Map<string, Uint8Array>([
    ['.manifest', canonicalBytes(manifest)],
    ['data.json', data],
    ['policy.wasm', module],
    ...sources.map(({ path, text }) => [path, Buffer.from(text)] as const),
  ])
}

type Plan = Pick<RegoBuild, 'entrypoints' | 'regoVersion'> & { readonly gathered: Gathered }
type Compiled = { readonly module: Uint8Array; readonly data: Uint8Array }

const output = '.built.tar.gz'

async function compile(plan: Plan, stage: Stage): Promise<Compiled> {
  const { gathered, entrypoints } = plan
  const wanted = entrypoints.flatMap((path) => ['-e', path])
  // Without what depends on an entrypoint: it is not asked for, and where it is a function OPA refuses to build at all.
  const args = ['build-exact', '--prune-unused', '-o', output, ...versionFlag(plan), ...wanted]
  const result = await onFolder([...args, ...gathered.roots], stage)
  if (result.code !== 0) throw await failure(result, plan, stage)
  const built = readBundle(await readFile(join(stage.folder, output)))
  const [module, data] = [built.get('policy.wasm'), built.get('data.json')]
  if (module === undefined || data === undefined)
    throw new Fault('internal', 'opa build-exact gave no policy.wasm or no data.json')
  return { module, data }
}

function versionFlag({ regoVersion }: Pick<Plan, 'regoVersion'>): readonly string[] {
  return regoVersion === 0 ? ['--v0-compatible'] : []
}

/** `opa check` knows columns and all mistakes; what only `opa build-exact` refuses is told in its own words. */
async function failure(built: OpaResult, plan: Plan, stage: Stage): Promise<Fault> {
  const { gathered } = plan
  const said = built.stdout + built.stderr
  const unknown = /entrypoint "([^"]+)" does not refer to/.exec(said)?.[1]
  if (unknown !== undefined) return unknownEntrypoint(unknown, gathered)
  const checked = await check(plan, stage)
  if (checked.code !== 0) {
    const issues = mistakesOf(checked, 'opa check')
    const hint = await versionHint(plan, issues, stage)
    return bundleInvalid('The Rego does not compile', [...placed(issues, gathered), ...hint])
  }
  const called = /function data\.(\S+) used as reference/.exec(said)?.[1]
  if (called !== undefined) return functionEntrypoint(called)
  const issues = placed(mistakesOf(built, 'opa build-exact'), gathered)
  return bundleInvalid('The Rego does not compile', issues)
}

function check(plan: Plan, stage: Stage): Promise<OpaResult> {
  const args = ['check', '--format', 'json', '--max-errors', '100', ...versionFlag(plan)]
  return onFolder([...args, ...plan.gathered.roots], stage)
}

function unknownEntrypoint(entrypoint: string, { files, tests }: Gathered): Fault {
  if (entrypointsIn(tests).includes(entrypoint))
    return new Fault(
      'bundle-invalid',
      `${entrypoint} is in a test, and of a folder no tests are taken: name its file`,
    )
  const message = `No rule or package is at the entrypoint ${entrypoint}`
  return new Fault('bundle-invalid', message, {
    facts: { entrypoint, entrypoints: entrypointsIn(files) },
  })
}

function functionEntrypoint(called: string): Fault {
  return new Fault(
    'bundle-invalid',
    `${entrypointOf(called)} is a function, which only Rego can call: the entrypoint must be a rule or a package`,
  )
}

/** Rego that is read as the other version gives a screen of mistakes that are none. */
async function versionHint(
  plan: Plan,
  issues: readonly Issue[],
  stage: Stage,
): Promise<readonly Issue[]> {
  const other = plan.regoVersion === 0 ? 1 : 0
  const isOld = issues.some(({ message }) => /keyword is required (?:before|for)/.test(message))
  const fits = other === 0 && isOld
  if (!fits && (await check({ ...plan, regoVersion: other }, stage)).code !== 0) return []
  return [{ pointer: '', message: otherVersion[other] }]
}

const otherVersion: Readonly<Record<0 | 1, string>> = {
  0: 'If this is Rego of before OPA 1.0, build it with --rego-version 0',
  1: 'This compiles as Rego of OPA 1.0: build it with --rego-version 1',
}
