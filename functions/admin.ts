import { createDoors, grantingRoutes } from '@writ/http'
import { createErase, createGrantWaiver, createRevokeWaiver } from '@writ/service'
import { openDoors } from './doors.ts'

/** Grants and revokes waivers, each with its record, and erases what a record holds. */
export const handler = await openDoors('admin', import.meta.dirname, {
  kinds: [],
  app: ({ records, waivers, ...parts }, fence) =>
    createDoors(
      fence,
      grantingRoutes({
        grantWaiver: createGrantWaiver({ ...parts, waivers }),
        revokeWaiver: createRevokeWaiver({ ...parts, waivers }),
        erase: createErase({ ...parts, records }),
      }),
    ),
})
