import { isScorecard, type Scorecard } from '@writ/scorecard'
import type { Scorecards, StaleEntity } from '@writ/service'
import type { Connection, Session } from './connection.ts'
import { countIn, damaged, fieldsIn, number, text, textIn, texts, type Item } from './item.ts'
import { entityKey, nameKey, staleKey, tenantKey } from './keys.ts'
import { tellScorecards } from './unfolded.ts'

export function createScorecards(connection: Connection): Scorecards {
  return {
    stale: async (limit) => {
      await tellScorecards(connection)
      return staleEntities(connection.session(), limit)
    },
    save: (stale, card) => saveCard(connection.session(), stale, card),
    get: async (tenant, entity) => {
      const key = text(entityKey(tenant, entity))
      const item = await connection.session().get('scorecards', { key })
      return item?.['card'] === undefined ? null : cardIn(item)
    },
    list: async (tenant, limit) => {
      const session = connection.session()
      const items = await itemsOf(session, { index: 'named', key: tenantKey(tenant) }, limit)
      return items.toSorted(inOrderOf('name')).map(cardIn)
    },
  }
}

function cardIn(item: Item): Scorecard {
  const card = fieldsIn(item, 'card')
  if (isScorecard(card)) return card
  throw damaged('card')
}

async function staleEntities(session: Session, limit: number): Promise<readonly StaleEntity[]> {
  const items = await itemsOf(session, { index: 'stale', key: staleKey }, limit)
  const stale = items.filter((item) => item['since'] !== undefined) // an index may name what is no longer so
  return stale.toSorted(inOrderOf('since')).map((item) => ({
    tenant: textIn(item, 'tenant'),
    entity: textIn(item, 'entity'),
    version: countIn(item, 'version'),
  }))
}

function inOrderOf(name: string): (left: Item, right: Item) => number {
  return (left, right) => (textIn(left, name) < textIn(right, name) ? -1 : 1)
}

const partitionOf = { named: 'by_tenant', stale: 'by_stale' } as const

/** The first items of an index, as they are in the table. */
async function itemsOf(
  session: Session,
  { index, key }: { readonly index: keyof typeof partitionOf; readonly key: string },
  limit: number,
): Promise<readonly Item[]> {
  const keys: Item[] = []
  let start: Item | undefined
  do {
    const { items, more } = await session.query('scorecards', {
      IndexName: index,
      KeyConditionExpression: '#by = :by',
      ExpressionAttributeNames: { '#by': partitionOf[index] },
      ExpressionAttributeValues: { ':by': text(key) },
      Limit: limit - keys.length,
      ...(start === undefined ? {} : { ExclusiveStartKey: { ...start } }),
    })
    keys.push(...items.map((item) => texts({ key: textIn(item, 'key') })))
    start = more
  } while (start !== undefined && keys.length < limit)
  return session.getAll('scorecards', keys)
}

/** How often a card is saved anew because records came in between. */
const attempts = 8

/**
 * Upwards only. Where records came while the card was folded, its entity waits from about now on, behind those that have
 * waited longer: an entity with records all the time cannot keep the others from their turn.
 */
async function saveCard(session: Session, stale: StaleEntity, card: Scorecard): Promise<void> {
  const { tenant, entity, version } = stale
  const key = { key: text(entityKey(tenant, entity)) }
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await saveOver(session, stale, { card, isLatest: true })) return
    if (await saveOver(session, stale, { card, isLatest: false })) return
    const stands = await session.get('scorecards', key)
    if (stands !== null && countIn(stands, 'saved') >= version) return
  }
  throw damaged('saved')
}

/** Saves the card if the entity has no record beyond it, or if it has. */
function saveOver(
  session: Session,
  { tenant, entity, version }: StaleEntity,
  { card, isLatest }: { readonly card: Scorecard; readonly isLatest: boolean },
): Promise<boolean> {
  const waits = isLatest ? ' REMOVE #stale, #since' : ', #stale = :stale, #since = #newest'
  const isSo = isLatest
    ? '(attribute_not_exists(#version) OR #version <= :version)'
    : '#version > :version'
  return session.update('scorecards', {
    Key: { key: text(entityKey(tenant, entity)) },
    UpdateExpression: `SET #tenant = :tenant, #entity = :entity, #saved = :version, #card = :card, #by = :by, #name = :name${waits}`,
    ConditionExpression: `(attribute_not_exists(#saved) OR #saved < :version) AND ${isSo}`,
    ExpressionAttributeNames: {
      '#tenant': 'tenant',
      '#entity': 'entity',
      '#version': 'version',
      '#saved': 'saved',
      '#card': 'card',
      '#by': 'by_tenant',
      '#name': 'name',
      '#stale': 'by_stale',
      '#since': 'since',
      ...(isLatest ? {} : { '#newest': 'newest' }),
    },
    ExpressionAttributeValues: {
      ...texts({
        ':tenant': tenant,
        ':entity': entity,
        ':card': JSON.stringify(card),
        ':by': tenantKey(tenant),
        ':name': nameKey(entity),
        ...(isLatest ? {} : { ':stale': staleKey }),
      }),
      ':version': number(version),
    },
  })
}
