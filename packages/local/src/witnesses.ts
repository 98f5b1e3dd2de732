import { readFileSync } from 'node:fs'
import { Fault, faultOf } from '@writ/domain'
import { readTrustPolicy, type TrustPolicy } from '@writ/ledger'
import { askWitnessBy, createCosign, readLogTile, type Cosign, type LogStore } from '@writ/service'
import type { Log } from './log.ts'

type Asking = { readonly store: LogStore; readonly log: Log; readonly clock: () => number }

type Witnesses = {
  readonly cosign: Cosign
  /** For how many milliseconds they have been waited for, in all. */
  readonly waited: () => number
}

/** Asks the witnesses of this file; nobody where there is none. */
export function witnessesIn(path: string | null, { store, log, clock }: Asking): Witnesses {
  const ask = createCosign({
    policy: path === null ? readTrustPolicy('quorum none') : policyIn(path),
    ask: askWitnessBy(fetch),
    readTile: readLogTile(store),
    onMissing: (fault) => log('witness', {}, fault),
  })
  let waited = 0
  return {
    waited: () => waited,
    cosign: async (note) => {
      const began = clock()
      const cosigned = await ask(note)
      waited += clock() - began
      return cosigned
    },
  }
}

function policyIn(path: string): TrustPolicy {
  try {
    return readTrustPolicy(readFileSync(path, 'utf8'))
  } catch (cause) {
    const { message } = faultOf(cause)
    throw new Fault('start-refused', `${path} names no witnesses: ${message}`, { cause })
  }
}
