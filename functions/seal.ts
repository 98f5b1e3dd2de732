import { Fault } from '@writ/domain'
import { aText, createWorkHandler, readSettings } from '@writ/lambda'
import { createSeal, createTurns, oldestUnsealed } from '@writ/service'
import { openSigners, signerSettings } from './signers.ts'
import { edgeParts, openLog, openStore, sources, tableSettings } from './store.ts'

const edge = edgeParts('seal')
const settings = readSettings(process.env, {
  ...tableSettings,
  ...signerSettings,
  WRIT_TENANT: aText,
})
const { log, memory } = openLog(settings, edge.metrics)
const { records } = openStore(settings, edge.metrics)
const signers = openSigners(settings)
const seal = createSeal({
  log,
  memory,
  signers: () => signers,
  turns: createTurns({ ...sources, records, tenant: settings.WRIT_TENANT }),
  newAttempt: () => Buffer.from(sources.random(16)).toString('hex'),
  batch: 256,
})

/** Seals round after round while there is something to seal, and tells how long the oldest entry has waited, whatever comes of it. */
export const handler = createWorkHandler({
  ...edge,
  onRecord: async () => {
    throw new Fault('request-malformed', 'Sealing is woken by the clock alone')
  },
  onSchedule: async (isTimeLeft) => {
    try {
      for (let again = true; again && isTimeLeft();) {
        const round = await seal()
        edge.metrics.add('Sealed', round.sealed, 'Count')
        again = round.again
      }
    } finally {
      const oldest = await oldestUnsealed(log)
      const waited = oldest === null ? 0 : sources.now().getTime() - Date.parse(oldest)
      edge.metrics.add('OldestUnsealed', waited, 'Milliseconds')
    }
  },
})
