import { Fault } from '@writ/domain'
import type { Session } from './connection.ts'
import { countIn, number, text, textIn, texts, type Item } from './item.ts'
import { entityKey, staleKey } from './keys.ts'

/** A record that the scorecard of its service is to be told of. */
export type Unfolded = {
  readonly tenant: string
  readonly entity: string
  /** The record's own. */
  readonly key: string
  readonly place: string
}

/** How often a change is tried anew because another process changed the entity first. */
const attempts = 8

/**
 * Counts these records of one entity, oldest first, and marks it stale from the first one that its card has not taken in.
 * Those counted last are kept by name, so to be told of them again, as after a crash, changes nothing.
 */
export async function tellEntity(session: Session, told: readonly Unfolded[]): Promise<void> {
  const [first] = told
  if (first === undefined) return
  const key = { key: text(entityKey(first.tenant, first.entity)) }
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const stands = (await session.get('scorecards', key)) ?? {}
    const counted = new Set(stands['counted']?.SS)
    const fresh = told.filter(({ key }) => !counted.has(key))
    if (fresh.length === 0) return
    if (await count(session, { key, stands, told, fresh })) return
  }
  throw new Fault('records-unavailable', `Too many processes fold ${first.entity} at a time`)
}

type Telling = {
  readonly key: Item
  readonly stands: Item
  readonly told: readonly Unfolded[]
  readonly fresh: readonly Unfolded[]
}

function count(session: Session, { key, stands, told, fresh }: Telling): Promise<boolean> {
  const [{ tenant, entity } = { tenant: '', entity: '' }] = fresh
  const since = sinceOf(stands, fresh)
  const [version, saved] = [countIn(stands, 'version'), stands['saved']]
  const newest = [...fresh.map(({ place }) => place), textOr(stands, 'newest')].toSorted().at(-1)
  return session.update('scorecards', {
    Key: { ...key },
    UpdateExpression: `SET #tenant = :tenant, #entity = :entity, #version = :next, #newest = :newest, #counted = :counted${since === null ? '' : ', #stale = :stale, #since = :since'}`,
    ConditionExpression: `${version === 0 ? 'attribute_not_exists(#version)' : '#version = :version'} AND ${saved === undefined ? 'attribute_not_exists(#saved)' : '#saved = :saved'}`,
    ExpressionAttributeNames: {
      '#tenant': 'tenant',
      '#entity': 'entity',
      '#version': 'version',
      '#saved': 'saved',
      '#newest': 'newest',
      '#counted': 'counted',
      ...(since === null ? {} : { '#stale': 'by_stale', '#since': 'since' }),
    },
    ExpressionAttributeValues: {
      ...texts({ ':tenant': tenant, ':entity': entity, ':newest': newest ?? '' }),
      ':next': number(version + fresh.length),
      ':counted': { SS: told.map(({ key }) => key) },
      ...(version === 0 ? {} : { ':version': number(version) }),
      ...(saved === undefined ? {} : { ':saved': saved }),
      ...(since === null ? {} : texts({ ':stale': staleKey, ':since': since })),
    },
  })
}

/** The place of the first record that the saved card has not taken in; null where it has them all. */
function sinceOf(stands: Item, fresh: readonly Unfolded[]): string | null {
  const ahead = countIn(stands, 'saved') - countIn(stands, 'version')
  if (ahead < 0) return textIn(stands, 'since')
  return fresh[ahead]?.place ?? null
}

function textOr(stands: Item, name: string): string {
  return stands[name] === undefined ? '' : textIn(stands, name)
}
