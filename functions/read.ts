import { pages } from '@writ/http'
import { openDoors } from './doors.ts'
import { openLog } from './store.ts'

/**
 * Answers everything that only reads: decisions, records, scorecards, waivers, policies, and the pages. Listing waivers finishes
 * one that was half granted, so its role may also put the record of one.
 */
export const handler = await openDoors('read', import.meta.dirname, { kinds: [], pages, openLog })
