import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { Fault } from '@writ/domain'
import type { EntryName, PlacedEntry } from '@writ/service'
import { inLanes } from '../bodies.ts'
import type { Connection, Session } from '../connection.ts'
import { countIn, number, numberIn, text, textIn, texts, type Item } from '../item.ts'
import { placesKey, placesOfBlock, recordKey } from '../keys.ts'
import { halted } from './halt.ts'
import { ifVersion } from './head.ts'

/** How many entries are marked at a time. */
const lanes = 32

/**
 * Marks entries with their place. What contradicts the log is looked for before anything is written; that no two entries have
 * one place is kept by what holds the places of a block, which changes only as it was read.
 */
export async function markEntries(
  connection: Connection,
  placed: readonly PlacedEntry[],
): Promise<void> {
  const entries = placed.map(({ tenant, id, index }) => ({ id, index, key: recordKey(tenant, id) }))
  const items = await connection.session().getAll(
    'records',
    [...new Set(entries.map(({ key }) => key))].map((key) => ({ key: text(key) })),
  )
  const stands = new Map(items.map((item) => [textIn(item, 'key'), item]))
  for (const entry of entries) check(entry, stands.get(entry.key))
  for (const [block, ofBlock] of Map.groupBy(entries, ({ index }) => blockOf(index)))
    await takePlaces(connection.session(), block, ofBlock)
  const unmarked = entries.filter(({ key }) => stands.get(key)?.['sealed'] === undefined)
  await inLanes(lanes, unmarked, (entry) => mark(connection.session(), entry))
}

/** The place of an entry; null until it has one. */
export async function placeOf(session: Session, { tenant, id }: EntryName): Promise<number | null> {
  const item = await session.get('records', { key: text(recordKey(tenant, id)) })
  return item?.['sealed'] === undefined ? null : numberIn(item, 'sealed')
}

/** An entry that is about to be marked, with the key of its record. */
type Marking = { readonly id: string; readonly index: number; readonly key: string }

function check({ id, index }: Marking, item: Item | undefined): void {
  if (item === undefined) throw halted(`the entry ${id} is in the log and not in the store`)
  if (item['sealed'] !== undefined && numberIn(item, 'sealed') !== index) throw twoPlaces(id)
}

function twoPlaces(id: string): Fault {
  return halted(`the entry ${id} has two places`)
}

function blockOf(index: number): number {
  return Math.floor(index / placesOfBlock)
}

/** How often a change is tried anew because another sealer changed the block first. */
const attempts = 8

async function takePlaces(
  session: Session,
  block: number,
  entries: readonly Marking[],
): Promise<void> {
  const key = texts(placesKey(block))
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const stands = (await session.get('log', key)) ?? {}
    const holders = { ...stands['holders']?.M }
    if (!isNews(holders, entries)) return
    const version = countIn(stands, 'version')
    const Item = { ...key, version: number(version + 1), holders: { M: holders } }
    if ((await session.put('log', { Item, ...ifVersion(version) })) === null) return
  }
  throw new Fault('records-unavailable', 'Too many processes seal at a time')
}

/** Adds who has each place; false when all of it was there. */
function isNews(holders: Record<string, AttributeValue>, entries: readonly Marking[]): boolean {
  const before = Object.keys(holders).length
  for (const { index, key } of entries) {
    const holder = holders[index]?.S ?? key
    if (holder !== key) throw halted(`two entries have the place ${index}`)
    holders[index] = text(key)
  }
  return Object.keys(holders).length > before
}

async function mark(session: Session, { id, index, key }: Marking): Promise<void> {
  const isMarked = await session.update('records', {
    Key: { key: text(key) },
    UpdateExpression: 'SET #sealed = :index REMOVE #unsealed',
    ConditionExpression:
      'attribute_exists(#key) AND (attribute_not_exists(#sealed) OR #sealed = :index)',
    ExpressionAttributeNames: { '#key': 'key', '#sealed': 'sealed', '#unsealed': 'by_unsealed' },
    ExpressionAttributeValues: { ':index': number(index) },
  })
  if (!isMarked) throw twoPlaces(id)
}
