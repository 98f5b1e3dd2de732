import { commitmentOf, noBody, readLeaf } from '@writ/ledger'
import type { EntryName } from '@writ/service'
import type { Connection } from '../connection.ts'
import { facetsIn } from '../entries.ts'
import { bytesIn, countIn, numberIn, textIn, texts, type Item } from '../item.ts'
import { indexKeys, placeKey, placesKey, placesOfBlock, recordKey } from '../keys.ts'
import { readHead } from '../log/head.ts'
import { everyItem } from '../scan.ts'
import { tables } from '../tables.ts'
import { inWords } from './in-words.ts'

export type RecordsCheck = {
  readonly connection: Connection
  /** So many entries have their place for certain; those that come after may be getting theirs. */
  readonly marked: number
}

/** What was found of the records: what is amiss, in words, and entries that have no place in the log. */
export type RecordsFound = {
  readonly amiss: string | null
  readonly unsealed: readonly EntryName[]
}

/**
 * Looks at every item of the records: each lies where its lists look for it, and as many are marked as sealed as have a place.
 * Names at most so many that are not sealed.
 */
export async function misfiledRecords(
  { connection, marked }: RecordsCheck,
  limit: number,
): Promise<RecordsFound> {
  const unsealed: EntryName[] = []
  const hasPlace = placesNow(connection)
  let sealed = 0
  for await (const item of everyItem(connection, { table: 'records', attributes: looked })) {
    const amiss = inWords('records', item, amissInRecord)
    if (amiss !== null) return { amiss, unsealed }
    if (item['sealed'] === undefined) {
      if (unsealed.length < limit)
        unsealed.push({ tenant: textIn(item, 'tenant'), id: textIn(item, 'id') })
    } else if (numberIn(item, 'sealed') < marked) sealed += 1
    else if (!(await hasPlace(numberIn(item, 'sealed')))) return { amiss: foreign(item), unsealed }
  }
  return { amiss: sealed === marked ? null : await foreignIn(connection), unsealed }
}

/** Whether the log has this place by now; its head is read again only where it had not. */
function placesNow(connection: Connection): (place: number) => Promise<boolean> {
  let size = 0
  return async (place) => {
    if (place >= size) size = (await readHead(connection.session())).frontier.size
    return place < size
  }
}

const looked = Object.keys(tables.records.attributes).concat([
  'tenant',
  'id',
  'at',
  'type',
  'facets',
  'leaf',
  'commitment',
  'size',
  'salt',
  'sealed',
])

function amissInRecord(item: Item): string | null {
  const [id, isErased] = [textIn(item, 'id'), item['salt'] === undefined]
  if (!isFiled(item)) return `the record ${id} is not filed where its lists look for it`
  const committed = textIn(item, 'commitment')
  const { commitment } = readLeaf(bytesIn(item, 'leaf'))
  // Of a body that was erased elsewhere the empty one is kept.
  if (committed !== commitment && !(isErased && committed === commitmentOfNone))
    return `the body of the record ${id} lies under another commitment than its leaf names`
  return isErased && countIn(item, 'size') !== 0
    ? `the record ${id} was erased, and has a size`
    : null
}

const commitmentOfNone = commitmentOf(noBody.salt, noBody.content)

/** Marks that wait for somebody to act on them are there or not; all else by which a record is found follows from it. */
function isFiled(item: Item): boolean {
  const [tenant, id, at] = [textIn(item, 'tenant'), textIn(item, 'id'), textIn(item, 'at')]
  const {
    by_unsealed: unsealed,
    by_unfolded: unfolded,
    ...lasting
  } = indexKeys({
    tenant,
    id,
    facets: facetsIn(item).facets,
  })
  const isMark = (name: string, key: string | undefined): boolean =>
    item[name] === undefined || item[name].S === key
  const where = { ...lasting, key: recordKey(tenant, id), place: placeKey({ at, id }) }
  const fixed = Object.keys(tables.records.attributes).filter(
    (name) => name !== 'by_unsealed' && name !== 'by_unfolded',
  )
  return (
    fixed.every((name) => item[name]?.S === Reflect.get(where, name)) &&
    isMark('by_unfolded', unfolded) &&
    isMark('by_unsealed', item['sealed'] === undefined ? unsealed : undefined)
  )
}

/** A record that is marked with a place that another one has. */
async function foreignIn(connection: Connection): Promise<string> {
  for await (const item of everyItem(connection, {
    table: 'records',
    attributes: ['key', 'id', 'sealed'],
  })) {
    if (item['sealed'] === undefined) continue
    const place = numberIn(item, 'sealed')
    const key = texts(placesKey(Math.floor(place / placesOfBlock)))
    const block = await connection.session().get('log', key)
    if (block?.['holders']?.M?.[place]?.S !== textIn(item, 'key')) return foreign(item)
  }
  return 'a record is marked with a place that it does not have'
}

function foreign(item: Item): string {
  return `the record ${textIn(item, 'id')} is marked as sealed, and the log does not have it`
}
