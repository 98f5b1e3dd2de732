import { kinds } from '@writ/domain'
import { createDoors, decidingRoutes } from '@writ/http'
import { createDecide, createRecordOutcome } from '@writ/service'
import { openDoors } from './doors.ts'

/** Decides, and records what became of it. Its role may add and get records, find waivers, and finish one that was half granted. */
export const handler = await openDoors('decide', import.meta.dirname, {
  kinds,
  app: ({ records, waivers, ...parts }, fence) =>
    createDoors(
      fence,
      decidingRoutes({
        decide: createDecide({ ...parts, records, waivers }),
        recordOutcome: createRecordOutcome({ ...parts, records }),
        awaitProof: async () => null, // its role cannot see the log
      }),
    ),
})
