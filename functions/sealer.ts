import { aText, optional, readSettings, type EdgeParts } from '@writ/lambda'
import { readTrustPolicy } from '@writ/ledger'
import {
  askWitnessBy,
  createCosign,
  createSeal,
  createTurns,
  readLogTile,
  type LogStore,
  type Seal,
} from '@writ/service'
import { receiptTurnOf, receiptTurnSettings } from './receipt-keys.ts'
import { openSigners, signerSettings } from './signers.ts'
import { openLog, openStore, sources, tableSettings } from './store.ts'

const known = {
  ...tableSettings,
  ...signerSettings,
  ...receiptTurnSettings,
  WRIT_TENANT: aText,
  WRIT_WITNESSES: optional(aText),
  WRIT_MOVED_LOG: optional(aText),
} as const

/** What seals the log of this deployment, over its tables, by its keys in KMS, and asking its witnesses. */
export function openSealer(edge: EdgeParts): { readonly seal: Seal; readonly log: LogStore } {
  const settings = readSettings(process.env, known)
  const { log, memory } = openLog(settings, edge.metrics)
  const { records } = openStore(settings, edge.metrics)
  const signers = openSigners(settings)
  const turns = createTurns({ ...sources, records, tenant: settings.WRIT_TENANT })
  const receiptTurn = receiptTurnOf(settings.WRIT_LOG, settings)
  const cosign = createCosign({
    policy: readTrustPolicy(settings.WRIT_WITNESSES ?? 'quorum none'),
    ask: askWitnessBy(fetch),
    readTile: readLogTile(log),
    onMissing: (fault) => {
      edge.log('witness', {}, fault)
      edge.metrics.add('NotCosigned', 1, 'Count')
    },
  })
  const seal = createSeal({
    log,
    memory,
    cosign,
    signers: () => signers,
    turns,
    newAttempt: () => Buffer.from(sources.random(16)).toString('hex'),
    batch: 256,
    isMoved: settings.WRIT_MOVED_LOG !== null,
  })
  return {
    log,
    seal: async () => {
      const round = await seal()
      // After it: nothing is recorded where the log may not go on. The next round seals it.
      if (receiptTurn !== null) await turns.announce(receiptTurn)
      return round
    },
  }
}
