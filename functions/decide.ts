import { kinds } from '@writ/domain'
import { openDoors } from './doors.ts'

/** Decides, and records what became of it. Its role may add records and read waivers, and no more. */
export const handler = await openDoors('decide', import.meta.dirname, kinds)
