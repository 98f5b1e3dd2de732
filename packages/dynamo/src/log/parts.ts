import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { sameBytes } from '@writ/ledger'
import { inLanes } from '../bodies.ts'
import type { Queried, Session } from '../connection.ts'
import { bytes, bytesIn, number, numberIn, text, textIn, texts, type Item } from '../item.ts'
import { partKey, type LogKey } from '../keys.ts'

/** An item holds 400 KB, its keys and names included. */
const partBytes = 380_000
/** How many parts are under way at a time. */
const lanes = 4

/** Writes all parts, in the place of whatever stands there. */
export async function putParts(session: Session, at: LogKey, content: Uint8Array): Promise<void> {
  await inLanes(lanes, partsOf(at, content), (Item) => session.put('log', { Item }))
}

/** Writes those parts that are not there; false when one stands with other bytes. */
export async function keepParts(
  session: Session,
  at: LogKey,
  content: Uint8Array,
): Promise<boolean> {
  const kept = await inLanes(lanes, partsOf(at, content), (part) => keepPart(session, part))
  return kept.every(Boolean)
}

async function keepPart(session: Session, part: Part): Promise<boolean> {
  const refused = await session.put('log', {
    Item: part,
    ConditionExpression: 'attribute_not_exists(#key)',
    ExpressionAttributeNames: { '#key': 'key' },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  })
  if (refused === null) return true
  const stands = refused.item ?? (await session.get('log', keyIn(part)))
  // What has gone meanwhile is an unfinished form, dropped by a sealer that is further.
  if (stands === null) return true
  return (
    numberIn(stands, 'size') === numberIn(part, 'size') &&
    sameBytes(bytesIn(stands, 'content'), bytesIn(part, 'content'))
  )
}

type Part = Record<string, AttributeValue>

/** Each part says how long the whole is, so that one that is not all there is known. */
function partsOf(at: LogKey, content: Uint8Array): readonly Part[] {
  const count = Math.max(1, Math.ceil(content.length / partBytes))
  return Array.from({ length: count }, (_, place) => ({
    ...texts(partKey(at, place)),
    size: number(content.length),
    content: bytes(content.subarray(place * partBytes, (place + 1) * partBytes)),
  }))
}

/** The whole, or null when it is not all there. */
export async function readParts(session: Session, at: LogKey): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = []
  let size: number | null = null
  for await (const item of itemsFrom(session, at.key, { with: `${at.part}#` })) {
    size = numberIn(item, 'size')
    pieces.push(bytesIn(item, 'content'))
  }
  const content = new Uint8Array(Buffer.concat(pieces))
  return content.length === size ? content : null
}

/** Takes away what lies under this key before a part. */
export async function dropParts(session: Session, key: string, before: string): Promise<void> {
  for await (const item of itemsFrom(session, key, { before }))
    await session.remove('log', keyIn(item))
}

type Span = { readonly with: string } | { readonly before: string }

/** In order. */
async function* itemsFrom(session: Session, key: string, span: Span): AsyncGenerator<Item, void> {
  let start: Item | undefined
  do {
    const { items, more }: Queried = await session.query('log', {
      ConsistentRead: true,
      KeyConditionExpression: `#key = :key AND ${'with' in span ? 'begins_with(#part, :part)' : '#part < :part'}`,
      ExpressionAttributeNames: { '#key': 'key', '#part': 'part' },
      ExpressionAttributeValues: texts({
        ':key': key,
        ':part': 'with' in span ? span.with : span.before,
      }),
      ...(start === undefined ? {} : { ExclusiveStartKey: { ...start } }),
    })
    yield* items
    start = more
  } while (start !== undefined)
}

function keyIn(item: Item): Item {
  return { key: text(textIn(item, 'key')), part: text(textIn(item, 'part')) }
}
