import { openDoors } from './doors.ts'

/** Answers everything that only reads: decisions, records, scorecards, waivers, policies, and the pages. */
export const handler = await openDoors('read', import.meta.dirname, [])
