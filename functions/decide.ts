import { kinds } from '@writ/domain'
import { openDoors } from './doors.ts'

/** Decides, and records what became of it. Its role may add and get records, find waivers, and finish one that was half granted. */
export const handler = await openDoors('decide', import.meta.dirname, {
  kinds,
  pages: null,
  openLog: null,
})
