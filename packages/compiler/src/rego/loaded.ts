import { Fault } from '@writ/domain'
import { loadModule, meter, RegoError, type RegoModule } from '@writ/rego'

/** A module of OPA as this host runs it. Throws the Fault `bundle-invalid`, after the given words, where it cannot. */
export function loaded(module: Uint8Array, complaint: string): RegoModule {
  try {
    return loadModule(meter(module))
  } catch (cause) {
    if (!(cause instanceof RegoError)) throw cause
    throw new Fault('bundle-invalid', `${complaint}: ${cause.message}`, { cause })
  }
}
