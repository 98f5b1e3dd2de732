import { goBuiltinsFile, type Manifest, type ManifestModule } from '@writ/contract'
import type { Issue, Rule } from '@writ/domain'
import {
  createInstance,
  loadGoBuiltins,
  loadKnownModule,
  loadModule,
  type GoBuiltins,
  type ModuleFacts,
  type RegoInstance,
  type RegoModule,
} from '@writ/rego'
import { attempt } from './bundle-issues.ts'
import { dataFile } from './manifest.ts'

/** A module of the bundle, ready to evaluate, with the rules that it holds. */
export type LoadedModule = {
  readonly plan: ManifestModule
  readonly rules: readonly Rule[]
  readonly instance: RegoInstance
}

/** A module that is loaded by whoever first has a request for it. */
export type LoadableModule = {
  readonly plan: ManifestModule
  /** The same one each time. Throws a Fault where it cannot be loaded. */
  readonly load: () => LoadedModule
}

/** 256 MiB: the largest change set takes a fifth of it, and a policy that builds without end is stopped. */
const maxPages = 4096

type Files = ReadonlyMap<string, Uint8Array>

/** Loads the module with the bundle's data, or says what is wrong with it. */
export function loadedModule(
  plan: ManifestModule,
  manifest: Manifest,
  files: Files,
): { readonly module: LoadedModule | null; readonly issues: readonly Issue[] } {
  const loaded = attempt(plan.file, () => moduleIn(files, plan.file))
  if (loaded.value === null) return { module: null, issues: loaded.issues }
  const { value: module } = loaded
  const instance = attempt(plan.file, () => instanceOf(module, files))
  const issues = [...undeclaredIn(plan, module, manifest), ...instance.issues]
  if (instance.value === null || issues.length > 0) return { module: null, issues }
  return { module: { plan, rules: rulesOf(plan, manifest), instance: instance.value }, issues }
}

/** What a bundle was packed with for a module of it. */
export type PackedModule = { readonly files: Files; readonly facts: ModuleFacts }

/** The same module, once packed and known by its facts. Throws where it cannot be loaded. */
export function knownModule(
  plan: ManifestModule,
  manifest: Manifest,
  { files, facts }: PackedModule,
): LoadedModule {
  const go = () => goBuiltinsIn(files)
  const module = loadKnownModule(bytesIn(files, plan.file), facts, { go })
  return { plan, rules: rulesOf(plan, manifest), instance: instanceOf(module, files) }
}

/** What is to be known of a module, so that whoever loads it again need not look. */
export function moduleFacts(file: string, files: Files): ModuleFacts {
  const { compiled: _, go: __, ...facts } = moduleIn(files, file)
  return facts
}

function moduleIn(files: Files, file: string): RegoModule {
  return loadModule(bytesIn(files, file), { go: () => goBuiltinsIn(files) })
}

function instanceOf(module: RegoModule, files: Files): RegoInstance {
  return createInstance(module, { data: bytesIn(files, dataFile), maxPages })
}

function bytesIn(files: Files, file: string): Uint8Array {
  return files.get(file) ?? new Uint8Array()
}

function rulesOf(plan: ManifestModule, { rules }: Manifest): readonly Rule[] {
  return rules.filter(({ id }) => Object.hasOwn(plan.rules, id))
}

function goBuiltinsIn(files: Files): GoBuiltins | null {
  const bytes = files.get(goBuiltinsFile)
  return bytes === undefined ? null : loadGoBuiltins(bytes)
}

function undeclaredIn(
  plan: ManifestModule,
  module: RegoModule,
  { builtins }: Manifest,
): readonly Issue[] {
  const { gather, batches, rules } = plan
  const entrypoints = [gather, batches?.gather ?? gather, ...Object.values(rules)]
  return [
    ...entrypoints
      .filter((entrypoint) => !module.entrypoints.includes(entrypoint))
      .map((entrypoint) => `has no entrypoint ${entrypoint}, which the manifest names`),
    ...module.builtins
      .filter((name) => !builtins.includes(name))
      .map((name) => `uses the builtin ${name}, which the manifest does not list`),
  ].map((message) => ({ pointer: plan.file, message }))
}
