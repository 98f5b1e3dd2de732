import { inLanes } from './bodies.ts'
import type { Connection, Session } from './connection.ts'
import { tellEntity, type Unfolded } from './entity.ts'
import { facetsIn } from './entries.ts'
import { placeIn, servicePartition, unfoldedPartitions, type Partition } from './keys.ts'
import { text, textIn, type Item } from './item.ts'

/*
 * An entry and the mark that its scorecard must be told of it are one item, so that one put makes both durable and a decision
 * costs no second write. Here the marks are taken off, and what they say is counted at the entity. A mark is taken off only
 * after it was counted, and only counted once the list that a fold reads has the entry: a card cannot miss what it counts.
 */

/** How many marks of one shard are looked at in one round, and how many rounds one call does. */
const perShard = 25
const rounds = 8
const lanes = 8

export async function tellScorecards(connection: Connection): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const marked = await markedRecords(connection.session())
    const listed = await inLanes(lanes, marked, (record) => isListed(connection.session(), record))
    const told = marked.filter((_, at) => listed[at] === true)
    if (told.length === 0) return
    await inLanes(lanes, byEntity(told), async (ofEntity) => {
      const session = connection.session()
      await tellEntity(session, ofEntity)
      await inLanes(lanes, ofEntity, ({ key }) => unmark(session, key))
    })
  }
}

/** The records that are marked, oldest first, as they are in the table: an index may still name what is done. */
async function markedRecords(session: Session): Promise<readonly Unfolded[]> {
  const named = await Promise.all(
    unfoldedPartitions().map((partition) => namesIn(session, partition)),
  )
  const items = await session.getAll('records', named.flat())
  return items
    .filter((item) => item['by_unfolded'] !== undefined)
    .flatMap(unfoldedOf)
    .toSorted((left, right) => (left.place < right.place ? -1 : 1))
}

async function namesIn(session: Session, { index, key }: Partition): Promise<readonly Item[]> {
  const { items } = await session.query('records', {
    IndexName: index,
    KeyConditionExpression: '#by = :by',
    ExpressionAttributeNames: { '#by': `by_${index}` },
    ExpressionAttributeValues: { ':by': text(key) },
    Limit: perShard,
  })
  return items.map((item) => ({ key: text(textIn(item, 'key')) }))
}

function unfoldedOf(item: Item): readonly Unfolded[] {
  const { service } = facetsIn(item).facets
  const [tenant, key, place] = [textIn(item, 'tenant'), textIn(item, 'key'), textIn(item, 'place')]
  return service === null ? [] : [{ tenant, entity: service, key, place }]
}

async function isListed(session: Session, { tenant, entity, place }: Unfolded): Promise<boolean> {
  const { index, key } = servicePartition(tenant, entity, placeIn(place).id)
  const { items } = await session.query('records', {
    IndexName: index,
    KeyConditionExpression: '#by = :by AND #place = :place',
    ExpressionAttributeNames: { '#by': `by_${index}`, '#place': 'place' },
    ExpressionAttributeValues: { ':by': text(key), ':place': text(place) },
    Limit: 1,
  })
  return items.length > 0
}

function byEntity(records: readonly Unfolded[]): readonly (readonly Unfolded[])[] {
  const groups = Map.groupBy(records, ({ tenant, entity }) => JSON.stringify([tenant, entity]))
  return [...groups.values()]
}

async function unmark(session: Session, key: string): Promise<void> {
  await session.update('records', {
    Key: { key: text(key) },
    UpdateExpression: 'REMOVE #unfolded',
    ConditionExpression: 'attribute_exists(#key)',
    ExpressionAttributeNames: { '#unfolded': 'by_unfolded', '#key': 'key' },
  })
}
