import type { Entry } from '@writ/ledger'
import type { RecordPage, RecordQuery } from '@writ/service'
import type { Bodies } from './bodies.ts'
import type { Session } from './connection.ts'
import { entryOf } from './entries.ts'
import { numberIn, text, textIn } from './item.ts'
import { placeIn } from './keys.ts'
import { mergedHits, type Hit } from './merge.ts'

/** A page ends after so many bytes of bodies. */
const maxPageBytes = 16_000_000

/** One page of a tenant's entries, newest first. Bounded: in entries looked at, in entries given, and in bytes. */
export async function listEntries(
  session: Session,
  bodies: Bodies,
  { tenant, ...query }: RecordQuery & { readonly tenant: string },
): Promise<Omit<RecordPage, 'oldestUnlisted'>> {
  const { hits, next } = await mergedHits(session, tenant, query)
  const keys = hits.map(({ key }) => ({ key: text(key) }))
  const items = await session.getAll('records', keys)
  const byKey = new Map(items.map((item) => [textIn(item, 'key'), item]))
  const entries: Entry[] = []
  let size = 0
  let last: Hit | null = null
  for (const hit of hits) {
    if (last !== null && size >= maxPageBytes) return { entries, next: placeIn(last.place) }
    const item = byKey.get(hit.key) // an index may name what is gone
    if (item !== undefined) entries.push(await entryOf(session, bodies, item))
    size += item === undefined ? 0 : numberIn(item, 'size')
    last = hit
  }
  return { entries, next }
}
