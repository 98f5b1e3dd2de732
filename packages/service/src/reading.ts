import { readReadingBody, writeBody, type AnnouncedReading, type ReadingBody } from '@writ/contract'
import { Fault, type Instant } from '@writ/domain'
import { canonicalText, digestOf, isErased, sealable, timedId, type Entry } from '@writ/ledger'
import { readingFacets } from './facets.ts'
import type { Caller, Records, Sources } from './ports.ts'

/** Who reads what others have asked. */
export type Reader = Caller & {
  /** Why; null where they do not say. */
  readonly purpose: string | null
  /** The id of the reading that they have announced, of which this is a part; null where it is one of its own. */
  readonly within: string | null
}

/** Says that many records will be read one after the other: that is one reading. Gives its record. */
export type AnnounceReading = (caller: Caller, announced: AnnouncedReading) => Promise<Entry>

/** What was read, less by whom and why. */
export type Read = Omit<ReadingBody, 'caller' | 'purpose'>

export type RecordReading = (
  reader: Pick<Reader, keyof Caller | 'purpose'>,
  read: Read,
) => Promise<Entry>

type ReadingParts = Sources & { readonly records: Pick<Records, 'append' | 'get'> }

/** Nothing is shown before it is recorded that it is: what cannot be recorded is the Fault `reading-unrecorded`. */
export function createRecordReading({ records, now, random }: ReadingParts): RecordReading {
  return async ({ tenant, principal, roles, purpose }, read) => {
    const at = now()
    const content = { caller: { principal, roles: [...roles] }, ...read, purpose }
    const entry = sealable({
      tenant,
      id: timedId('read', at.getTime(), random(10)),
      at: at.toISOString(),
      type: 'read',
      requestDigest: digestOf(canonicalText(content)),
      facets: readingFacets(read.record, principal),
      statement: {},
      body: { salt: random(32), content: writeBody(content) },
    })
    return records.append(entry).catch((cause: unknown) => {
      throw new Fault(
        'reading-unrecorded',
        'That this was read could not be recorded, so it is not shown',
        { cause },
      )
    })
  }
}

export function createAnnounceReading(record: RecordReading): AnnounceReading {
  return (caller, { filter, purpose }) =>
    record({ ...caller, purpose }, { record: null, filter, given: null, more: true })
}

/** How long what was announced goes on, and what may be asked for by the cursors of a list. */
export const readingMilliseconds = 24 * 3_600_000

/** True when a record of this instant is part of what the reader has announced. */
export async function isAnnounced(
  { records, now }: Pick<ReadingParts, 'records' | 'now'>,
  { tenant, principal, within }: Reader,
  { at }: Pick<Entry, 'at'>,
): Promise<boolean> {
  const reading = within === null ? null : await records.get(tenant, within)
  if (reading === null || reading.type !== 'read' || isErased(reading)) return false
  const { caller, given, filter } = readReadingBody(reading.body.content)
  const isTheirs = given === null && caller.principal === principal
  const isGoingOn = now().getTime() - Date.parse(reading.at) < readingMilliseconds
  return isTheirs && isGoingOn && isWithin(filter, at)
}

function isWithin({ from, to }: ReadingBody['filter'], at: Instant): boolean {
  return (from === undefined || at >= from) && (to === undefined || at < to)
}
