import { manifestSchema, type BundleFiles } from '@writ/contract'
import { Fault } from '@writ/domain'
import { canonicalText, digestOf } from '@writ/ledger'
import { hostBuiltins, loadModule, type RegoModule } from '@writ/rego'
import { contentDigest } from '../content-digest.ts'
import { definitionsOf } from '../definitions.ts'
import { memberOf, textOf } from '../json-read.ts'
import { goBuiltinsIn, loadRego } from '../rego/loaded.ts'
import type { Surroundings } from '../surroundings.ts'
import { entrypointsNamed, manifestOf } from '../trust/manifest.ts'
import { signatureOf } from '../trust/signature.ts'
import { calledBuiltins } from './called-builtins.ts'
import type { InspectedModule, InspectedPolicy, Inspection, Tier } from './inspection.ts'

type Files = ReadonlyMap<string, Uint8Array>

const pageBytes = 65_536

/** What a bundle of any Rego holds, whoever built it. */
export async function inspectRego(files: Files, around: Surroundings): Promise<Inspection> {
  const manifest = manifestOf(files)
  const module = await moduleIn(files, around)
  const sources = sourcesIn(files)
  const called = calledBuiltins(sources)
  const asked = new Set(module.asked)
  const names = [...new Set([...called, ...module.asked])].toSorted()
  const opa = memberOf(memberOf(manifest, 'metadata'), 'opa')
  return {
    revision: textOf(memberOf(manifest, 'revision') ?? ''),
    digest: contentDigest(files),
    opa: typeof opa === 'string' ? opa : null,
    signature: signatureOf(files),
    modules: module.modules,
    policies: sources.map(({ path, text }) => policyOf(path, text)),
    builtins: names.map((name) => ({ name, tier: asked.has(name) ? hostTier(name) : 'module' })),
    files: sizesOf(files),
  }
}

/** What a bundle of a pack holds: of its sources only what its manifest says. */
export function inspectPack({ revision, files }: BundleFiles): Inspection {
  const value: unknown = JSON.parse(Buffer.from(files.get('manifest.json') ?? '{}').toString())
  const parsed = manifestSchema.safeParse(value)
  if (!parsed.success)
    throw new Fault('bundle-invalid', 'The manifest.json is none of a bundle of policies')
  const { opa, rules, modules, builtins } = parsed.data
  return {
    revision,
    digest: digestOf(canonicalText(parsed.data)),
    opa,
    signature: signatureOf(files),
    modules: modules.map(({ file, fuel }) => {
      const bytes = files.get(file) ?? new Uint8Array()
      return {
        ...loadedModule(file, bytes.length, loadModule(bytes, { go: () => goBuiltinsIn(files) })),
        fuel,
      }
    }),
    policies: rules.map(({ id, title }) => ({ name: id, title, file: null })),
    builtins: builtins.map((name) => ({ name, tier: hostTier(name) })),
    files: sizesOf(files),
  }
}

type Asked = { readonly modules: readonly InspectedModule[]; readonly asked: readonly string[] }

async function moduleIn(files: Files, around: Surroundings): Promise<Asked> {
  const file = 'policy.wasm'
  const bytes = files.get(file)
  if (bytes === undefined) return { modules: [], asked: [] }
  try {
    const module = await loadRego(bytes, 'It cannot be run here', around)
    return { modules: [loadedModule(file, bytes.length, module)], asked: module.builtins }
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.code !== 'bundle-invalid') throw thrown
    const entrypoints = entrypointsNamed(manifestOf(files))
    const unknown = { memoryBytes: null, fuel: null, problem: thrown.message }
    return { modules: [{ file, bytes: bytes.length, entrypoints, ...unknown }], asked: [] }
  }
}

function loadedModule(file: string, bytes: number, module: RegoModule): InspectedModule {
  const memoryBytes = module.pages.initial * pageBytes
  return { file, bytes, entrypoints: module.entrypoints, memoryBytes, fuel: null, problem: null }
}

function hostTier(name: string): Tier {
  return hostBuiltins.includes(name) ? 'TypeScript' : 'Go'
}

function sourcesIn(files: Files): readonly { readonly path: string; readonly text: string }[] {
  return [...files]
    .filter(([path]) => path.endsWith('.rego'))
    .map(([path, bytes]) => ({ path, text: Buffer.from(bytes).toString() }))
    .toSorted((left, right) => (left.path < right.path ? -1 : 1))
}

function policyOf(path: string, text: string): InspectedPolicy {
  const tokens = definitionsOf(text).find(({ name }) => name === 'package')?.tokens ?? []
  const [, title] = /^#[ \t]*title:[ \t]*(.+)$/m.exec(text) ?? []
  const name = tokens
    .slice(1)
    .map((token) => (token.type === 'string' ? JSON.stringify(token.text) : token.text))
    .join('')
  return { name, title: title ?? null, file: path }
}

function sizesOf(files: Files): Inspection['files'] {
  return [...files]
    .map(([path, { length }]) => ({ path, bytes: length }))
    .toSorted((left, right) => (left.path < right.path ? -1 : 1))
}
