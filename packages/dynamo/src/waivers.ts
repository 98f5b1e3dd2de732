import { type Waiver, type Instant } from '@writ/domain'
import type { Entry } from '@writ/ledger'
import type { WaiverQuery, Waivers } from '@writ/service'
import { inLanes, type Bodies } from './bodies.ts'
import type { Connection, Session } from './connection.ts'
import { appendEntry, itemOf } from './entries.ts'
import { damaged, text, textIn, texts, valueIn, type Item } from './item.ts'
import { aboutKey, pointerKey, ruleMembers, tenantKey, waiverKey, type WaiverKey } from './keys.ts'
import { pendingOf, settled } from './settle.ts'
import { itemOfWaiver, waiverOf } from './waiver-item.ts'

/*
 * A waiver and its entry lie in two tables, and one write makes both stand: the waiver's item is put with the whole entry in
 * it. Then the entry is put where entries are, and taken out of the waiver. If the process dies in between, whoever reads the
 * waiver next does the rest first, so nobody sees one without the other. No transaction is needed, and none is paid for.
 */
export function createWaivers(connection: Connection, bodies: Bodies): Waivers {
  const reading = async (session: Session, items: readonly Item[]): Promise<readonly Waiver[]> =>
    (await inLanes(lanes, items, (item) => settled(session, item))).map(waiverOf)
  return {
    put: (waiver, entry) => putWaiver(connection.session(), bodies, { waiver, entry }),
    get: async (tenant, id) => {
      const session = connection.session()
      const item = await itemById(session, tenant, id)
      return item === null ? null : waiverOf(await settled(session, item))
    },
    find: async (tenant, about) => {
      const session = connection.session()
      const rules = [...new Set(about.rules)]
      const found = await inLanes(lanes, rules, (rule) =>
        itemsAbout(session, { tenant, about, rule }),
      )
      return (await reading(session, found.flat())).toSorted(oldestFirst)
    },
    list: async (tenant, limit) => {
      const session = connection.session()
      const items = await itemsGranted(session, tenant, limit)
      return (await reading(session, items)).toSorted(oldestFirst).toReversed()
    },
  }
}

const lanes = 8

type Put = { readonly waiver: Waiver; readonly entry: Entry }

/** A waiver is granted once and revoked at most once; a repeated write, also a late one, changes neither. */
async function putWaiver(session: Session, bodies: Bodies, put: Put): Promise<Waiver> {
  const pending = pendingOf(await itemOf(session, bodies, put.entry))
  const key = await pointTo(session, put.waiver)
  await session.put('waivers', {
    Item: { ...itemOfWaiver(put.waiver), ...pending },
    ConditionExpression: 'attribute_not_exists(#key)',
    ExpressionAttributeNames: { '#key': 'key' },
  })
  const stands = await standing(session, key)
  const kept = await revoked(session, stands, { key, pending, at: put.waiver.revokedAt })
  // What stood already was recorded under this id by another attempt; if under another id, it is recorded now.
  await appendEntry(session, bodies, put.entry)
  return waiverOf(kept)
}

/** Where the waiver of this id lies, or will. Written first: it names nothing until the waiver is there. */
async function pointTo(session: Session, waiver: Waiver): Promise<WaiverKey> {
  const pointer = pointerKey(waiver.tenant, waiver.id)
  const target = waiverKey(waiver)
  const refused = await session.put('waivers', {
    Item: texts({ ...pointer, to_key: target.key, to_member: target.member }),
    ConditionExpression: 'attribute_not_exists(#key)',
    ExpressionAttributeNames: { '#key': 'key' },
  })
  if (refused === null) return target
  const item = refused.item ?? (await session.get('waivers', texts(pointer)))
  if (item === null) throw damaged('to_key')
  return targetIn(item)
}

async function standing(session: Session, key: WaiverKey): Promise<Item> {
  const item = await session.get('waivers', texts(key))
  if (item === null) throw damaged('to_key')
  return settled(session, item)
}

type Revocation = { readonly key: WaiverKey; readonly pending: Item; readonly at: Instant | null }

/** Revokes what stands, if that is asked for and nobody has. Only a waiver whose entry was put can take another one. */
async function revoked(
  session: Session,
  stands: Item,
  { key, pending, at }: Revocation,
): Promise<Item> {
  if (at === null || stands['revoked_at'] !== undefined) return stands
  await session.update('waivers', {
    Key: texts(key),
    UpdateExpression: 'SET #revoked = :revoked, #pending = :pending, #entry = :entry',
    ConditionExpression: 'attribute_not_exists(#revoked) AND attribute_not_exists(#pending)',
    ExpressionAttributeNames: {
      '#revoked': 'revoked_at',
      '#pending': 'pending',
      '#entry': 'entry',
    },
    ExpressionAttributeValues: {
      ':revoked': text(at),
      ':pending': valueIn(pending, 'pending'),
      ':entry': valueIn(pending, 'entry'),
    },
  })
  return revoked(session, await standing(session, key), { key, pending, at })
}

function targetIn(item: Item): WaiverKey {
  return { key: textIn(item, 'to_key'), member: textIn(item, 'to_member') }
}

async function itemById(session: Session, tenant: string, id: string): Promise<Item | null> {
  const pointer = await session.get('waivers', texts(pointerKey(tenant, id)))
  return pointer === null ? null : session.get('waivers', texts(targetIn(pointer)))
}

type About = { readonly tenant: string; readonly about: WaiverQuery; readonly rule: string }

async function itemsAbout(
  session: Session,
  { tenant, about, rule }: About,
): Promise<readonly Item[]> {
  const found: Item[] = []
  let start: Item | undefined
  do {
    const { items, more } = await session.query('waivers', {
      ConsistentRead: true,
      KeyConditionExpression: '#key = :key AND begins_with(#member, :rule)',
      ExpressionAttributeNames: { '#key': 'key', '#member': 'member' },
      ExpressionAttributeValues: texts({
        ':key': aboutKey(tenant, about),
        ':rule': ruleMembers(rule),
      }),
      ...(start === undefined ? {} : { ExclusiveStartKey: { ...start } }),
    })
    found.push(...items)
    start = more
  } while (start !== undefined)
  return found
}

async function itemsGranted(
  session: Session,
  tenant: string,
  limit: number,
): Promise<readonly Item[]> {
  const keys: Item[] = []
  let start: Item | undefined
  do {
    const { items, more } = await session.query('waivers', {
      IndexName: 'granted',
      KeyConditionExpression: '#tenant = :tenant',
      ExpressionAttributeNames: { '#tenant': 'by_tenant' },
      ExpressionAttributeValues: texts({ ':tenant': tenantKey(tenant) }),
      ScanIndexForward: false,
      Limit: limit - keys.length,
      ...(start === undefined ? {} : { ExclusiveStartKey: { ...start } }),
    })
    keys.push(
      ...items.map((item) => texts({ key: textIn(item, 'key'), member: textIn(item, 'member') })),
    )
    start = more
  } while (start !== undefined && keys.length < limit)
  return session.getAll('waivers', keys)
}

/** In a fixed order: which of two waivers a decision names must not depend on chance. */
function oldestFirst(left: Waiver, right: Waiver): number {
  const [one, other] = [left, right].map(({ grantedAt, id }) => `${grantedAt}#${id}`)
  return (one ?? '') < (other ?? '') ? -1 : 1
}
