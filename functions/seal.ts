import { Fault } from '@writ/domain'
import { createWorkHandler } from '@writ/lambda'
import { oldestUnsealed } from '@writ/service'
import { openSealer } from './sealer.ts'
import { edgeParts, sources } from './store.ts'

const edge = edgeParts('seal')
const { seal, log } = openSealer(edge)

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
