import { accessIn, kmsSigner } from '@writ/aws'
import { Fault } from '@writ/domain'
import { aPublicKey, aText, createWorkHandler, readSettings } from '@writ/lambda'
import { createSeal, oldestUnsealed } from '@writ/service'
import { edgeParts, openLog, sources, tableSettings } from './store.ts'

const edge = edgeParts('seal')
const { WRIT_LOG: name, WRIT_LOG_KEY: keyId, WRIT_LOG_PUBLIC_KEY: publicKey, ...settings } = readSettings(process.env, { ...tableSettings, WRIT_LOG: aText, WRIT_LOG_KEY: aText, WRIT_LOG_PUBLIC_KEY: aPublicKey }) // prettier-ignore
const { log, memory } = openLog(settings, edge.metrics)
const seal = createSeal({
  log,
  memory,
  signer: kmsSigner(accessIn('kms', process.env), { keyId, name, publicKey }),
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
