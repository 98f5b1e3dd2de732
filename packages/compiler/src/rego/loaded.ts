import { readFile } from 'node:fs/promises'
import { Fault } from '@writ/domain'
import { loadGoBuiltins, loadModule, meter, RegoError, type RegoModule } from '@writ/rego'
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
    const metered = meter(bytes)
    const alone = attempt(metered)
    if (alone !== null) return alone
    const go = loadGoBuiltins(await readFile(await ensureGoBuiltins(surroundings)))
    return loadModule(metered, { go })
  } catch (cause) {
    if (!(cause instanceof RegoError)) throw cause
    throw new Fault('bundle-invalid', `${complaint}: ${cause.message}`, { cause })
  }
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
