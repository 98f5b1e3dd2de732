import {
  readAnnouncedReading,
  readReadingBody,
  readReadingsQuery,
  wireReadingOf,
  type DecisionsQuery,
  type WireReading,
  type WireReadingList,
} from '@writ/contract'
import { isErased, type Entry } from '@writ/ledger'
import type { Reader } from '@writ/service'
import type { AppParts } from '../parts.ts'
import { jsonReply, type Route } from '../route.ts'
import { listPage } from './list.ts'

/** Who has read what. A reading is announced before many records are read one after the other; any other is recorded unasked. */
export function readingRoutes(parts: AppParts): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/readings',
      answer: async ({ caller, json }) => {
        const entry = await parts.announceReading(caller, readAnnouncedReading(await json()))
        return jsonReply(201, readingOf(entry))
      },
    },
    {
      method: 'GET',
      path: '/v1/readings',
      takesQuery: true,
      answer: async ({ reader, query }) =>
        jsonReply(200, await listReadings(parts, reader, readReadingsQuery(query))),
    },
  ]
}

/** One page of a list of readings: that it is read is a reading too. */
export async function listReadings(
  parts: AppParts,
  reader: Reader,
  { filter, ...asked }: DecisionsQuery,
): Promise<WireReadingList> {
  const page = await listPage(parts, reader, { ...asked, filter: { ...filter, type: 'read' } })
  const { entries, ...rest } = page
  return { items: entries.map(readingOf), ...rest }
}

function readingOf(entry: Entry): WireReading {
  return wireReadingOf(entry, isErased(entry) ? null : readReadingBody(entry.body.content))
}
