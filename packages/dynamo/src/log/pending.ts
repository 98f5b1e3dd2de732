import type { EntryName, Unsealed } from '@writ/service'
import type { Session } from '../connection.ts'
import { bytesIn, text, textIn, texts, type Item } from '../item.ts'
import { onlyKey, recordKey, unsealedPartitions, type Partition } from '../keys.ts'

/*
 * What an index names is only a hint. Beside it goes a walk through the whole table, a few records at a time and round and
 * round: it finds what no index names, such as every record from before there was one, and costs next to nothing.
 */

/** How many records one step of the walk looks at, at the most. */
const stride = 100

export async function pendingNames(session: Session, limit: number): Promise<readonly EntryName[]> {
  const named = await Promise.all(
    unsealedPartitions().map((partition) => namesIn(session, partition, limit)),
  )
  const first = named
    .flat()
    .toSorted((left, right) => (textIn(left, 'place') < textIn(right, 'place') ? -1 : 1))
    .slice(0, limit)
  const room = Math.min(stride, limit - first.length)
  const met = room === 0 ? [] : await walkOn(session, room)
  return [...first, ...met].map(nameIn)
}

async function namesIn(
  session: Session,
  { index, key }: Partition,
  limit: number,
): Promise<readonly Item[]> {
  const { items } = await session.query('records', {
    IndexName: index,
    KeyConditionExpression: '#by = :by',
    ExpressionAttributeNames: { '#by': `by_${index}` },
    ExpressionAttributeValues: { ':by': text(key) },
    Limit: limit,
  })
  return items
}

/** Goes so many records further, and gives those that have no place and that the index does not name. */
async function walkOn(session: Session, steps: number): Promise<readonly Item[]> {
  const walk = await session.get('log', texts(onlyKey('walk')))
  const from = walk?.['from']?.S
  const { items, more } = await session.scan('records', {
    FilterExpression: 'attribute_not_exists(#sealed) AND attribute_not_exists(#by)',
    ProjectionExpression: '#tenant, #id',
    ExpressionAttributeNames: {
      '#sealed': 'sealed',
      '#by': 'by_unsealed',
      '#tenant': 'tenant',
      '#id': 'id',
    },
    Limit: steps,
    ...(from === undefined ? {} : { ExclusiveStartKey: { key: text(from) } }),
  })
  const next = more === undefined ? {} : { from: text(textIn(more, 'key')) }
  await session.put('log', { Item: { ...texts(onlyKey('walk')), ...next } })
  return items
}

function nameIn(item: Item): EntryName {
  return { tenant: textIn(item, 'tenant'), id: textIn(item, 'id') }
}

export async function unsealedOf(
  session: Session,
  names: readonly EntryName[],
): Promise<readonly Unsealed[]> {
  const keys = names.map(({ tenant, id }) => ({ key: text(recordKey(tenant, id)) }))
  const items = await session.getAll('records', keys)
  return items
    .filter((item) => item['sealed'] === undefined)
    .map((item) => ({ ...nameIn(item), at: textIn(item, 'at'), leaf: bytesIn(item, 'leaf') }))
}
