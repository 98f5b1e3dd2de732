import { neededExports, numberOf } from './abi.ts'
import { builtins } from './builtins/table.ts'
import type { GoBuiltins } from './go/builtins.ts'
import { excludedBuiltins } from './go/excluded.ts'
import { createHost, type Host } from './host.ts'
import { hasKnownLayout } from './memory/layout.ts'
import { RegoError, wordsOf } from './rego-error.ts'
import { fuelExport, stackExport } from './wasm/meter.ts'
import { dataEndOf, importedBy } from './wasm/sections.ts'

/** A compiled and metered module that this host can run. It is never changed, and may be shared by instances. */
export type RegoModule = {
  /** In the module's own order: the first has the number 0. */
  readonly entrypoints: readonly string[]
  /** The builtins that it asks the host for, all of which the host has. */
  readonly builtins: readonly string[]
  /** What answers those that this host has no form of its own for; null where the module asks for none. */
  readonly go: GoBuiltins | null
  readonly compiled: WebAssembly.Module
  /** Whether values lie in its memory as this host knows it. Else the module reads and prints them by itself, which takes longer. */
  readonly isLaidOut: boolean
  /** What its memory must have from the start, and may have at most (null: no bound of its own). */
  readonly pages: { readonly initial: number; readonly maximum: number | null }
}

/** What `loadModule` found out about a module: all of it but what runs. It can be kept as JSON. */
export type ModuleFacts = Omit<RegoModule, 'compiled' | 'go'>

const pageSize = 65_536
/** A gigabyte. */
const mostPages = 16_384
const knownImports = /^(?:memory|opa_abort|opa_println|opa_builtin[0-4])$/

type LoadOptions = { readonly go?: () => GoBuiltins | null }

/**
 * Compiles a metered module and looks at all it asks for: of the host, then of OPA's own builtins, which are loaded only then.
 * Throws a RegoError that names everything it cannot have.
 */
export function loadModule(
  bytes: Uint8Array,
  { go: loadGo = () => null }: LoadOptions = {},
): RegoModule {
  const compiled = compile(bytes)
  refuseForeign(compiled)
  const pages = pagesOf(bytes)
  const host = firstHost(compiled, pages)
  refuseAbi(host)
  const foreign = host.builtins.filter((name) => !builtins.has(name))
  const go = foreign.length > 0 ? loadGo() : null
  const missing = foreign.filter((name) => go?.names.has(name) !== true).sort()
  if (missing.length > 0)
    throw new RegoError(
      'builtin_missing',
      `the module needs ${missing.map(withReason).join(', ')}, which this host does not have`,
      { builtins: missing },
    )
  return {
    go,
    entrypoints: [...host.entrypoints.keys()],
    builtins: host.builtins,
    compiled,
    isLaidOut: hasKnownLayout(host),
    pages,
  }
}

/** A module that `loadModule` once looked at: it is compiled, and nothing is looked at again. The bytes must be the same ones. */
export function loadKnownModule(
  bytes: Uint8Array,
  facts: ModuleFacts,
  { go: loadGo = () => null }: LoadOptions = {},
): RegoModule {
  const isOwn = facts.builtins.every((name) => builtins.has(name))
  return { ...facts, compiled: compile(bytes), go: isOwn ? null : loadGo() }
}

function withReason(name: string): string {
  const reason = excludedBuiltins.get(name)
  return reason === undefined ? name : `${name} (${reason})`
}

function compile(bytes: Uint8Array): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes)
  } catch (cause) {
    throw new RegoError('module_invalid', `not a WebAssembly module: ${wordsOf(cause)}`, { cause })
  }
}

function refuseForeign(module: WebAssembly.Module): void {
  const foreign = WebAssembly.Module.imports(module)
    .filter((wanted) => wanted.module !== 'env' || !knownImports.test(wanted.name))
    .map((wanted) => `${wanted.module}.${wanted.name}`)
  if (foreign.length > 0)
    throw new RegoError(
      'module_unsupported',
      `the module asks for ${foreign.join(', ')}, which no OPA module does`,
    )
  const exported = new Set(WebAssembly.Module.exports(module).map(({ name }) => name))
  const lacking = neededExports.filter((name) => !exported.has(name))
  if (lacking.length > 0)
    throw new RegoError(
      'module_unsupported',
      `the module does not export ${lacking.join(', ')}: it is not one of OPA with ABI 1.2 or newer`,
    )
  if (!exported.has(fuelExport) || !exported.has(stackExport))
    throw new RegoError(
      'not_metered',
      'the module counts no fuel, or not how deep its calls go: pass it through meter first',
    )
}

/** An OPA module may ask for fewer pages than its own data segments fill. */
function pagesOf(bytes: Uint8Array): RegoModule['pages'] {
  const { memory } = importedBy(bytes)
  if (memory === null)
    throw new RegoError('module_unsupported', 'the module does not import its memory')
  const initial = Math.max(memory.minimum, Math.ceil(dataEndOf(bytes) / pageSize))
  if (initial > mostPages)
    throw new RegoError(
      'module_unsupported',
      `the module needs ${initial} pages of memory from the start: more than ${mostPages} are never given`,
    )
  return { initial, maximum: memory.maximum }
}

/** 16 MB: where a module prints the names of its entrypoints and builtins, of which some have thousands. */
const roomForNames = 256

function firstHost(compiled: WebAssembly.Module, { initial, maximum }: RegoModule['pages']): Host {
  try {
    return createHost(
      { compiled, go: null, isLaidOut: true },
      { initial, maximum: maximum ?? initial + roomForNames },
    )
  } catch (cause) {
    if (cause instanceof RegoError) throw cause
    throw new RegoError('module_invalid', `the module does not start: ${wordsOf(cause)}`, { cause })
  }
}

function refuseAbi({ instance }: Host): void {
  const major = numberOf(instance, 'opa_wasm_abi_version')
  const minor = numberOf(instance, 'opa_wasm_abi_minor_version')
  if (major !== 1 || minor < 2)
    throw new RegoError(
      'module_unsupported',
      `the module has ABI ${major}.${minor}; this host runs 1.2 and newer`,
    )
}
