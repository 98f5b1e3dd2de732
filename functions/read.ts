import { pages } from '@writ/http'
import { foldAsOf } from '@writ/service'
import { openDoors } from './doors.ts'
import { openLog } from './store.ts'

/**
 * Answers everything that only reads: decisions, records, scorecards, waivers, policies, and the pages. Listing waivers finishes
 * one that was half granted, and who is shown records is recorded, so its role may also add records.
 */
export const handler = await openDoors('read', import.meta.dirname, {
  kinds: [],
  pages,
  openLog,
  foldAsOf,
})
