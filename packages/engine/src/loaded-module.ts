import { goBuiltinsFile, type Manifest, type ManifestModule } from '@writ/contract'
import type { Issue, Rule } from '@writ/domain'
import {
  createInstance,
  loadGoBuiltins,
  loadModule,
  type GoBuiltins,
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
  /** The same one each time. Throws the Fault `bundle-invalid` where it cannot be loaded. */
  readonly load: () => LoadedModule
}

/** 256 MiB: the largest change set takes a fifth of it, and a policy that builds without end is stopped. */
const maxPages = 4096

/** Loads the module with the bundle's data, or says what is wrong with it. */
export function loadedModule(
  plan: ManifestModule,
  manifest: Manifest,
  files: ReadonlyMap<string, Uint8Array>,
): { readonly module: LoadedModule | null; readonly issues: readonly Issue[] } {
  const bytes = files.get(plan.file) ?? new Uint8Array()
  const loaded = attempt(plan.file, () => loadModule(bytes, { go: () => goBuiltinsIn(files) }))
  if (loaded.value === null) return { module: null, issues: loaded.issues }
  const { value: module } = loaded
  const data = files.get(dataFile) ?? new Uint8Array()
  const instance = attempt(plan.file, () => createInstance(module, { data, maxPages }))
  const issues = [...undeclaredIn(plan, module, manifest), ...instance.issues]
  if (instance.value === null || issues.length > 0) return { module: null, issues }
  const rules = manifest.rules.filter(({ id }) => Object.hasOwn(plan.rules, id))
  return { module: { plan, rules, instance: instance.value }, issues }
}

function goBuiltinsIn(files: ReadonlyMap<string, Uint8Array>): GoBuiltins | null {
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
