import { openDoors } from './doors.ts'

/** Grants and revokes waivers, each with its record. */
export const handler = await openDoors('admin', import.meta.dirname, {
  kinds: [],
  pages: null,
  openLog: null,
})
