import { readFile } from 'node:fs/promises'
import { goBuiltinsFile } from '@writ/contract'
import { Fault } from '@writ/domain'
import {
  loadGoBuiltins,
  loadModule,
  meter,
  RegoError,
  type GoBuiltins,
  type RegoModule,
} from '@writ/rego'
import { ensureGoBuiltins } from '../opa/ensure-opa.ts'
import type { Surroundings } from '../surroundings.ts'

/**
 * A module of OPA as this host runs it, with OPA's own builtins behind it where it asks for some. Throws the Fault
 * `bundle-invalid`, after the given words, where it cannot be run.
 */
export async function loadRego(
  bytes: Uint8Array,
  complaint: string,
  surroundings: Surroundings,
): Promise<RegoModule> {
  try {
    return (await loadMetered(meter(bytes), surroundings)).module
  } catch (cause) {
    if (!(cause instanceof RegoError)) throw cause
    throw new Fault('bundle-invalid', `${complaint}: ${cause.message}`, { cause })
  }
}

/** A metered module, and the bytes of OPA's own builtins where it asks for some of them. Throws a RegoError where it cannot be run. */
export async function loadMetered(
  metered: Uint8Array,
  surroundings: Surroundings,
): Promise<{ readonly module: RegoModule; readonly goBuiltins: Uint8Array | null }> {
  const alone = attempt(metered)
  if (alone !== null) return { module: alone, goBuiltins: null }
  const goBuiltins = await goBuiltinsBytes(surroundings)
  return { module: loadModule(metered, { go: () => loadGoBuiltins(goBuiltins) }), goBuiltins }
}

const read = new Map<string, Promise<Uint8Array>>()

/** OPA's own builtins, read once in a process: they are 30 MB. */
export async function goBuiltinsBytes(surroundings: Surroundings): Promise<Uint8Array> {
  const path = await ensureGoBuiltins(surroundings)
  const bytes = read.get(path) ?? readFile(path)
  read.set(path, bytes)
  return bytes
}

/** OPA's own builtins as they lie in a bundle of a pack; null where its modules need none. */
export function goBuiltinsIn(files: ReadonlyMap<string, Uint8Array>): GoBuiltins | null {
  const bytes = files.get(goBuiltinsFile)
  return bytes === undefined ? null : loadGoBuiltins(bytes)
}

/** Null where the module needs a builtin that OPA may have and the host has no form of its own for. */
function attempt(metered: Uint8Array): RegoModule | null {
  try {
    return loadModule(metered)
  } catch (thrown) {
    if (thrown instanceof RegoError && thrown.code === 'builtin_missing') return null
    throw thrown
  }
}
