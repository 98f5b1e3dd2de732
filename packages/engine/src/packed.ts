import {
  goBuiltinsFile,
  once,
  type BundleFiles,
  type Manifest,
  type ManifestModule,
} from '@writ/contract'
import { Fault, kinds, type Kind } from '@writ/domain'
import { digestOf } from '@writ/ledger'
import {
  checkWith,
  schemaSource,
  type ModuleFacts,
  type SchemaCheck,
  type Validate,
} from '@writ/rego'
import type { Bundle } from '@writ/service'
import { attempt } from './bundle-issues.ts'
import { bundleOf, decidedKinds, loadBundle } from './bundle.ts'
import { knownModule, moduleFacts, type LoadableModule } from './loaded-module.ts'
import { dataFile, readManifest } from './manifest.ts'

/** The file beside a bundle's own that says what was packed. */
const packedFile = 'packed.json'
/** The manifest once it was read: all its instants in one spelling. */
const readManifestFile = 'manifest-as-read.json'

type Packed = {
  readonly revision: string
  readonly digest: string
  readonly files: { readonly [name: string]: string }
  /** What is known of each module, by its file. */
  readonly modules: { readonly [file: string]: ModuleFacts }
}

/** A bundle as it is packed. */
type Packing = {
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Kind → the check of its requests, as the source of a CommonJS module. */
  readonly checks: ReadonlyMap<Kind, string>
}

/**
 * Verifies what of a bundle decides these kinds and gives its files, with two more: the manifest as it was read, and the list
 * of all digests. Pack it with the very code that opens it: what the one has verified the other does not look at again.
 */
export function packBundle(bundle: BundleFiles, asked: readonly Kind[] = kinds): Packing {
  const { name } = loadBundle(bundle, { kinds: asked })
  const { manifest } = readManifest(bundle.files)
  const files = new Map([
    ...bundle.files,
    [readManifestFile, Buffer.from(JSON.stringify(manifest))],
  ])
  const digests = [...files].map(([file, bytes]) => [file, digestOf(bytes)] as const)
  const modules = manifest.modules
    .filter(({ kind }) => asked.includes(kind))
    .map(({ file }) => [file, moduleFacts(file, bundle.files)] as const)
  const packed: Packed = {
    ...name,
    files: Object.fromEntries(digests),
    modules: Object.fromEntries(modules),
  }
  return {
    files: new Map([...files, [packedFile, Buffer.from(JSON.stringify(packed))]]),
    checks: new Map(
      decidedKinds(manifest, asked).map((kind) => [kind, schemaSource(manifest.schemas[kind])]),
    ),
  }
}

type Opening = {
  /** The bytes of a file of the pack. */
  readonly read: (file: string) => Uint8Array
  /** Whatever decides these is opened. */
  readonly kinds: readonly Kind[]
  /** What the modules export that were packed as checks. */
  readonly checks: { readonly [kind in Kind]?: Validate }
  /** True: modules are loaded at once. Else each is when a request first asks for it, so that a start costs less. */
  readonly isWarm: boolean
}

/**
 * Opens a packed bundle. Every file that it needs must have the bytes that were verified, or nothing is decided by it. The Fault
 * `bundle-invalid` stops it here; a module stops whoever asks for it by the Fault `bundle-not-ready`, since modules are most of the
 * bytes, and one start needs one of them.
 */
export function openPackedBundle({ read, kinds: asked, checks, isWarm }: Opening): Bundle {
  const { revision, digest, files, modules: facts } = packedIn(read(packedFile))
  const verified = (file: string): Uint8Array => {
    const bytes = read(file)
    if (digestOf(bytes) !== files[file]) throw notAsPacked(file)
    return bytes
  }
  const manifest: Manifest = JSON.parse(textOf(verified(readManifestFile)))
  const data = verified(dataFile)
  const goBuiltins = once(() => verified(goBuiltinsFile))
  const modules = manifest.modules
    .filter(({ kind }) => asked.includes(kind))
    .map((plan) => {
      const module = () => verified(plan.file)
      return loadable(plan, manifest, { data, module, goBuiltins, facts: facts[plan.file] })
    })
  if (isWarm) for (const { load } of modules) load()
  const checkOf = (kind: Kind): [Kind, SchemaCheck] => {
    const validate = checks[kind]
    if (validate === undefined) throw notAsPacked(`the check of ${kind} requests`)
    return [kind, checkWith(validate)]
  }
  const dataDigest = files[dataFile] ?? ''
  return bundleOf({
    name: { revision, digest },
    dataDigest,
    manifest,
    checks: new Map(decidedKinds(manifest, asked).map(checkOf)),
    modules,
  })
}

type ModuleBytes = {
  readonly data: Uint8Array
  readonly module: () => Uint8Array
  readonly goBuiltins: () => Uint8Array
  readonly facts: ModuleFacts | undefined
}

function loadable(plan: ManifestModule, manifest: Manifest, bytes: ModuleBytes): LoadableModule {
  const { facts } = bytes
  if (facts === undefined) throw notAsPacked(packedFile)
  const load = once(() => {
    try {
      const files = new Map([
        [plan.file, bytes.module()],
        [dataFile, bytes.data],
      ])
      if (manifest.goBuiltinsDigest !== undefined) files.set(goBuiltinsFile, bytes.goBuiltins())
      return knownModule(plan, manifest, { files, facts })
    } catch (cause) {
      // Whoever asks for a decision has not made the bundle: it is no mistake of theirs.
      const message = `${plan.file} cannot be loaded: build the function again`
      throw new Fault('bundle-not-ready', message, { cause })
    }
  })
  return { plan, load }
}

function packedIn(bytes: Uint8Array): Packed {
  const { value } = attempt(packedFile, (): unknown => JSON.parse(textOf(bytes)))
  if (isPacked(value)) return value
  throw notAsPacked(packedFile)
}

function isPacked(value: unknown): value is Packed {
  if (!isObject(value)) return false
  const { revision, digest, files, modules } = value
  return isObject(files) && isObject(modules) && [revision, digest].every(isText)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

function notAsPacked(file: string): Fault {
  return new Fault('bundle-invalid', `${file} is not as it was packed: build the function again`)
}
