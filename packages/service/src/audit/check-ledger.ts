import {
  checkLog,
  type Amiss,
  type Entry,
  type Leaf,
  type Proven,
  type TrustedCheckpoint,
  type TrustPolicy,
} from '@writ/ledger'
import { amissInRecord } from './check-record.ts'
import { createErasures, type Erasures } from './erasures.ts'
import { loggedLeaves, type LedgerReader, type LoggedLeaf } from './ledger-reader.ts'
import type { EntryName } from '../seal/log-store.ts'
import { readRecords } from './walk-records.ts'

export type LedgerCheck = {
  readonly reader: LedgerReader
  readonly policy: TrustPolicy
  /** True for a leaf whose record must be there; the record of any other must not. */
  readonly expects: (leaf: Leaf) => boolean
  /** Told after each bundle, with the number of leaves so far. */
  readonly onProgress?: (leaves: number) => void
}

export type CheckedLedger = TrustedCheckpoint & {
  /** How many records were checked. */
  readonly records: number
  /** The waivers that were granted. */
  readonly waivers: readonly EntryName[]
}

/**
 * Checks a whole ledger: the log from its entries up (`checkLog`), that each of them is a leaf of Writ and names a record of
 * its own, and that each record that is expected is there and is the one that its leaf commits to. Of records it holds one
 * bundle at a time, of the others their names.
 */
export async function checkLedger(check: LedgerCheck): Promise<Proven<CheckedLedger>> {
  const names = new Set<string>()
  const waivers: EntryName[] = []
  const erasures = createErasures()
  let records = 0
  const checked = await checkLog({
    policy: check.policy,
    readFile: (path) => check.reader.file(path),
    onEntries: async (first, entries) => {
      const logged = loggedLeaves(first, entries)
      const amiss =
        amissInNames(logged, names) ??
        (await amissInRecords(check, logged, erasures)) ??
        (await amissInPlaces(check, logged))
      if (amiss !== null) return amiss
      waivers.push(...logged.map(({ leaf }) => leaf).filter(isGrant))
      records += logged.filter(({ leaf }) => check.expects(leaf)).length
      check.onProgress?.(first + entries.length)
      return null
    },
  })
  if (checked.status !== 'verified') return checked
  return erasures.amiss() ?? { ...checked, records, waivers }
}

/** Of a waiver two entries may be in the log: that it was granted, under its id, and that it was revoked. */
function isGrant({ type, id }: Leaf): boolean {
  return type === 'waiver' && !id.endsWith('.revoked')
}

function amissInNames(logged: readonly LoggedLeaf[], names: Set<string>): Amiss | null {
  for (const { index, leaf } of logged) {
    const name = `${leaf.tenant}\n${leaf.id}`
    if (names.has(name))
      return {
        status: 'refuted',
        reason: `the record ${leaf.id} is in the log twice, the second time at index ${index}`,
      }
    names.add(name)
  }
  return null
}

async function amissInRecords(
  { reader, expects }: LedgerCheck,
  logged: readonly LoggedLeaf[],
  erasures: Erasures,
): Promise<Amiss | null> {
  const records = await readRecords(reader, logged)
  if ('status' in records) return records
  for (const [place, one] of logged.entries()) {
    const record = records[place] ?? null
    const amiss = expects(one.leaf) ? amissInExpected(one, record) : amissInForeign(one, record)
    if (amiss !== null) return amiss
    erasures.take(one, record)
  }
  return null
}

function amissInExpected(logged: LoggedLeaf, record: Entry | null): Amiss | null {
  if (record !== null) return amissInRecord(logged, record)
  const { index, leaf } = logged
  return { status: 'unproven', reason: `the record ${leaf.id} at index ${index} is missing` }
}

function amissInForeign({ index, leaf }: LoggedLeaf, record: Entry | null): Amiss | null {
  if (record === null) return null
  const reason = `the record ${leaf.id} at index ${index} is there and should not be: it lies outside of what was asked for`
  return { status: 'unproven', reason }
}

async function amissInPlaces(
  { reader }: LedgerCheck,
  logged: readonly LoggedLeaf[],
): Promise<Amiss | null> {
  if (reader.marks === undefined) return null
  const marked = await reader.marks.size()
  const places = await reader.marks.places(logged)
  for (const [at, { index, leaf }] of logged.entries()) {
    const place = places[at] ?? null
    if (place === index || (place === null && index >= marked)) continue
    const found = place === null ? 'in no place' : `at index ${place}`
    const reason = `the record ${leaf.id} at index ${index} is marked as the one ${found}`
    return { status: 'refuted', reason }
  }
  return null
}
