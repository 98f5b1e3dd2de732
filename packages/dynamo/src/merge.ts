import type { RecordFilter, RecordPlace, RecordQuery } from '@writ/service'
import type { Session } from './connection.ts'
import { facetsIn } from './entries.ts'
import { text, textIn, type Item } from './item.ts'
import { partitionsFor, placeIn, placeKey, type Partition } from './keys.ts'

/** How many entries one page looks at, at the most: a filter that finds little answers with a short page and a place to go on. */
const maxExamined = 5000
/** How many names one request asks for when most of them may be turned away. */
const filtering = 200

/** An entry as an index names it. */
export type Hit = { readonly key: string; readonly place: string }

export type Hits = {
  readonly hits: readonly Hit[]
  /** The last place that was looked at, where there may be more beyond it. */
  readonly next: RecordPlace | null
}

/** A partition that is being read, newest first. */
type Reader = {
  readonly partition: Partition
  waiting: readonly Item[]
  start: Item | undefined
  hasMore: boolean
}

/** What a page is asked of: its span in the index, and what counts. */
type Page = {
  readonly from: string
  readonly to: string
  readonly filter: RecordFilter
  readonly limit: number
}

/** One page of names from the index that narrows most: its shards, each in order, merged into one order. */
export async function mergedHits(
  session: Session,
  tenant: string,
  { filter, before, limit }: RecordQuery,
): Promise<Hits> {
  const page: Page = { ...spanOf(filter, before), filter, limit }
  if (page.from > page.to) return { hits: [], next: null }
  const readers: readonly Reader[] = partitionsFor(tenant, filter).map((partition) => ({
    partition,
    waiting: [],
    start: undefined,
    hasMore: true,
  }))
  return merged(session, readers, page)
}

async function merged(session: Session, readers: readonly Reader[], page: Page): Promise<Hits> {
  const hits: Hit[] = []
  let examined = 0
  let last = ''
  for await (const item of newestFirst(session, readers, page)) {
    const place = textIn(item, 'place')
    if (place === page.to) continue // where the page before ended
    if (hits.length === page.limit || examined === maxExamined) return { hits, next: placeIn(last) }
    if (passes(item, page.filter)) hits.push({ key: textIn(item, 'key'), place })
    examined += 1
    last = place
  }
  return { hits, next: null }
}

/** What all the readers have, in one order; each is asked for more only when what it gave is used up. */
async function* newestFirst(
  session: Session,
  readers: readonly Reader[],
  page: Page,
): AsyncGenerator<Item, void> {
  for (;;) {
    const dry = readers.filter(isDry)
    await Promise.all(dry.map((reader) => fill(session, reader, page)))
    const item = readers.some(isDry) ? null : takeNewest(readers)
    if (item !== null) yield item
    else if (readers.every(({ hasMore }) => !hasMore)) return
  }
}

/** True of a reader that may hold more than was read of it, so that nobody knows yet which reader has the newest. */
function isDry({ waiting, hasMore }: Reader): boolean {
  return hasMore && waiting.length === 0
}

async function fill(session: Session, reader: Reader, page: Page): Promise<void> {
  const { items, more } = await session.query('records', {
    IndexName: reader.partition.index,
    KeyConditionExpression: '#by = :by AND #place BETWEEN :from AND :to',
    ExpressionAttributeNames: { '#by': `by_${reader.partition.index}`, '#place': 'place' },
    ExpressionAttributeValues: {
      ':by': text(reader.partition.key),
      ':from': text(page.from),
      ':to': text(page.to),
    },
    ScanIndexForward: false,
    Limit: isNarrowed(page.filter) ? filtering : Math.min(page.limit + 2, filtering),
    ...(reader.start === undefined ? {} : { ExclusiveStartKey: { ...reader.start } }),
  })
  reader.waiting = items
  reader.start = more
  reader.hasMore = more !== undefined
}

function takeNewest(readers: readonly Reader[]): Item | null {
  let newest: Reader | null = null
  for (const reader of readers)
    if (reader.waiting.length > 0 && (newest === null || headOf(reader) > headOf(newest)))
      newest = reader
  if (newest === null) return null
  const [head = null, ...rest] = newest.waiting
  newest.waiting = rest
  return head
}

function headOf({ waiting: [head] }: Reader): string {
  return head === undefined ? '' : textIn(head, 'place')
}

/** The span in the index: `from` is within, and of `to` only the place where the page before ended is without. */
function spanOf(
  { from = '', to = after }: RecordFilter,
  before: RecordPlace | null,
): { readonly from: string; readonly to: string } {
  const start = from === '' ? ' ' : from // a key is never empty
  return { from: start, to: before !== null && before.at < to ? placeKey(before) : to }
}

/** Sorts after every instant. */
const after = '~'

function isNarrowed(filter: RecordFilter): boolean {
  return Object.values(equalParts(filter)).some((value) => value !== undefined)
}

/** The parts of a filter that its index may not answer for. The span is in the keys already. */
function equalParts(filter: RecordFilter): RecordFilter {
  return { ...filter, from: undefined, to: undefined }
}

function passes(item: Item, filter: RecordFilter): boolean {
  const { rule, ...equal } = equalParts(filter)
  const { type, facets } = facetsIn(item)
  if (rule !== undefined && !facets.rules.includes(rule)) return false
  const held: Readonly<Record<string, unknown>> = { ...facets, type }
  return Object.entries(equal).every(([name, value]) => value === undefined || held[name] === value)
}
