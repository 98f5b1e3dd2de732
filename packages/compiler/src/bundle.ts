import {
  goBuiltinsFile,
  manifestSchema,
  issuesOf,
  type BundleFiles,
  type Manifest,
  type ManifestModule,
} from '@writ/contract'
import type { Json } from '@writ/domain'
import { canonicalBytes, digestOf } from '@writ/ledger'
import { meter, RegoError } from '@writ/rego'
import { defaultBudget, refuseLarge, withinBudget, type Budget } from './budget.ts'
import { cachedBundle, keepBundle, sourcesKey } from './bundle-cache.ts'
import { compileModule, onStage, type Compiler } from './compile.ts'
import { bundleInvalid } from './mistakes.ts'
import { inPairs } from './in-pairs.ts'
import { objectOf } from './json-read.ts'
import { kept, keyOf } from './kept.ts'
import { entrypointsOf, planModules, type ModulePlan } from './modules.ts'
import { modernPack } from './modern-pack.ts'
import { ensureOpa } from './opa/ensure-opa.ts'
import { readPack, type Pack } from './pack.ts'
import { inOrder } from './place.ts'
import { goBuiltinsBytes, loadMetered } from './rego/loaded.ts'
import { readSources, type Sources } from './sources.ts'
import type { Surroundings } from './surroundings.ts'
import { opaVersion } from './version.ts'

export type BuildRequest = Surroundings & {
  /** The folder of the pack. */
  readonly policies: string
  /** The bundle's human name; `<folder>-<first 12 of its digest>` when absent. */
  readonly revision?: string
  readonly budget?: Budget
}

/**
 * The bundle of a pack: equal sources give equal bytes. A pack that was built before comes from the cache, and OPA is not
 * even looked for. Throws the Fault `bundle-invalid` with every mistake of the pack, each at its place.
 */
export async function buildBundle(request: BuildRequest): Promise<BundleFiles> {
  const { policies, cacheDir, onProgress, budget = defaultBudget } = request
  const { pack: read, issues } = readPack(policies)
  const key = sourcesKey(read)
  const cached = issues.length > 0 ? null : await whole(cachedBundle(cacheDir, key), request)
  if (cached !== null) return named(sized(cached, budget), read, request.revision)
  const opa = await ensureOpa(request)
  onProgress(`Compiling the policies in ${policies}`)
  const pack = await modernPack(read, { opa, cacheDir })
  const { sources, issues: found } = await readSources(pack, { opa, cacheDir })
  const all = inOrder([...issues, ...found])
  if (all.length > 0)
    throw bundleInvalid(`The policies in ${policies} have ${counted(all.length)}`, all)
  const compiler = { opa, cacheDir, timeLimitMs: budget.seconds * 1_000, around: request }
  const files = await withinBudget(
    { what: `the policies in ${policies}`, budget, onProgress },
    () => compileAll(pack, sources, compiler),
  )
  await keepBundle(cacheDir, key, withoutGoBuiltins(files))
  return named(sized(files, budget), pack, request.revision)
}

function sized(files: Files, budget: Budget): Files {
  for (const [name, bytes] of withoutGoBuiltins(files))
    if (name.endsWith('.wasm')) refuseLarge(name, bytes, budget)
  return files
}

type Files = ReadonlyMap<string, Uint8Array>

/** OPA's own builtins are the same 30 MB in every bundle that needs them. */
function withoutGoBuiltins(files: Files): Files {
  return new Map([...files].filter(([name]) => name !== goBuiltinsFile))
}

/** A bundle out of the cache with OPA's own builtins where it needs them; null where those were built otherwise since. */
async function whole(files: Files | null, around: Surroundings): Promise<Files | null> {
  const manifest: Json = JSON.parse(textOf(files?.get('manifest.json')))
  const { goBuiltinsDigest: digest } = objectOf(manifest) ?? {}
  if (files === null || digest === undefined) return files
  const bytes = await goBuiltinsBytes(around)
  return digestOf(bytes) === digest ? new Map([...files, [goBuiltinsFile, bytes]]) : null
}

function textOf(bytes: Uint8Array = Buffer.from('null')): string {
  return new TextDecoder().decode(bytes)
}

function named(files: Files, pack: Pack, revision: string | undefined): BundleFiles {
  // Its bytes are canonical already, as `compileAll` writes them.
  const digest = digestOf(files.get('manifest.json') ?? '').slice('sha256:'.length)
  return { revision: revision ?? `${pack.name}-${digest.slice(0, 12)}`, files }
}

type Making = Compiler & { readonly around: Surroundings }

async function compileAll(pack: Pack, sources: Sources, compiler: Making): Promise<Files> {
  const capabilities = {
    path: 'capabilities.json',
    text: pack.json.get('capabilities.json') ?? '{}',
  }
  const plans = planModules(sources.rules, pack.library)
  const compiled = await inPairs(
    plans.map((plan) => async () => {
      const files = [...plan.files, capabilities]
      // An edited rule costs the module that it is in, not the others.
      const key = keyOf(entrypointsOf(plan), files)
      const bytes = await kept({ cacheDir: compiler.cacheDir, key }, () =>
        onStage(compiler, files, (stage) => compileModule(plan, stage)),
      )
      return asking({ plan, bytes, metered: meter(bytes) }, compiler.around)
    }),
  )
  const goBuiltins = compiled.map((made) => made.goBuiltins).find((bytes) => bytes !== null) ?? null
  const manifest = checkedManifest({
    schema: 'writ.bundle/v1',
    opa: opaVersion,
    modules: compiled.map(moduleOf),
    rules: sources.rules.map(({ rule }) => rule),
    enforcement: sources.enforcement,
    schemas: sources.schemas,
    // Named only where there are any: the digest of a pack that masks nothing is what it was before there were masks.
    ...(Object.keys(sources.masks).length > 0 ? { masks: sources.masks } : {}),
    builtins: [...new Set(compiled.flatMap(({ builtins }) => builtins))].toSorted(),
    ...(goBuiltins === null ? {} : { goBuiltinsDigest: digestOf(goBuiltins) }),
  })
  return new Map([
    ['manifest.json', canonicalBytes(asJson(manifest))],
    ['data.json', canonicalBytes(sources.data)],
    ...compiled.map(({ plan, metered }) => [fileOf(plan), metered] as const),
    ...(goBuiltins === null ? [] : [[goBuiltinsFile, goBuiltins] as const]),
  ])
}

type Compiled = {
  readonly plan: ModulePlan
  readonly bytes: Uint8Array
  readonly metered: Uint8Array
}

type Asking = Compiled & {
  /** What the module asks its host for, and OPA's own builtins where it needs them for that. */
  readonly builtins: readonly string[]
  readonly goBuiltins: Uint8Array | null
}

async function asking(compiled: Compiled, around: Surroundings): Promise<Asking> {
  try {
    const { module, goBuiltins } = await loadMetered(compiled.metered, around)
    return { ...compiled, builtins: module.builtins, goBuiltins }
  } catch (cause) {
    if (!(cause instanceof RegoError) || cause.code !== 'builtin_missing') throw cause
    throw bundleInvalid(
      `The module ${compiled.plan.name} cannot be run`,
      cause.builtins.map((name) => ({
        pointer: 'capabilities.json',
        message: `lists ${name}, which nobody has: docs/reference/builtins.md lists what there is`,
      })),
    )
  }
}

function moduleOf({ plan, bytes, metered }: Compiled): ManifestModule {
  const types = plan.rules.flatMap(({ rule }) => rule.documentTypes)
  return {
    name: plan.name,
    kind: plan.kind,
    documentTypes: [...new Set(types)].toSorted(),
    file: fileOf(plan),
    compiledDigest: digestOf(bytes),
    meteredDigest: digestOf(metered),
    gather: plan.gather,
    rules: Object.fromEntries(plan.entrypoints),
    batches: plan.kind === 'config' ? batchesOf(plan) : null,
    fuel: fuelOf(plan),
  }
}

/** So many that what a module reads and makes of them stays within a processor's caches, and few enough calls of it. */
const documentsAtOnce = 64

function batchesOf({ rules, gather, gatherSome }: ModulePlan): ManifestModule['batches'] {
  const crossing = rules.filter(({ rule }) => rule.crossesDocuments)
  const across = crossing.map(
    ({ rule, reads }) => [rule.id, reads === null ? null : [...reads]] as const,
  )
  return {
    documents: documentsAtOnce,
    ...(gatherSome === gather ? {} : { gather: gatherSome }),
    across: Object.fromEntries(across),
  }
}

/**
 * A turn of a loop or a call takes two to fifty nanoseconds. Rules over real documents burn about twenty a byte of input,
 * with regular expressions two hundred, so these budgets are far above what a pack needs, and end what would not within a second.
 */
function fuelOf({ rules }: ModulePlan): ManifestModule['fuel'] {
  return { base: 5_000_000 + 250_000 * rules.length, perByte: 400 }
}

function fileOf({ name }: ModulePlan): string {
  return `${name.replaceAll('/', '-')}.wasm`
}

function checkedManifest(manifest: Json | object): Manifest {
  const parsed = manifestSchema.safeParse(manifest)
  if (parsed.success) return parsed.data
  const issues = issuesOf(parsed.error).map(({ pointer, message }) => ({
    pointer: `manifest.json#${pointer}`,
    message,
  }))
  throw bundleInvalid('The manifest of this pack would not be valid', issues)
}

function asJson(manifest: Manifest): Json {
  const json: Json = JSON.parse(JSON.stringify(manifest))
  return json
}

function counted(count: number): string {
  return count === 1 ? 'a mistake' : `${count} mistakes`
}
