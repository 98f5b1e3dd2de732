import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { emptyFrontier, isFrontier, sameBytes, type Frontier } from '@writ/ledger'
import type { LogHead, StageName } from '@writ/service'
import type { Session } from '../connection.ts'
import {
  bytes,
  bytesIn,
  damaged,
  number,
  numberIn,
  text,
  textIn,
  texts,
  type Item,
} from '../item.ts'
import { onlyKey } from '../keys.ts'

export async function readHead(session: Session): Promise<LogHead> {
  const item = await session.get('log', texts(onlyKey('head')))
  return item === null ? { version: 0, frontier: emptyFrontier, staged: null } : headIn(item)
}

/**
 * Puts the next head. A put of ours whose reply was lost is put again, and refused, since it stands already: a head that stands
 * as it was asked for has been put.
 */
export async function swapHead(session: Session, next: LogHead): Promise<boolean> {
  const refused = await session.put('log', {
    Item: itemOf(next),
    ...ifVersion(next.version - 1),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  })
  if (refused === null) return true
  const stands = refused.item ?? (await session.get('log', texts(onlyKey('head'))))
  return stands !== null && isSame(headIn(stands), next)
}

/** The condition that an item has this version; one that is not there has version 0. */
export function ifVersion(version: number) {
  return version === 0
    ? {
        ConditionExpression: 'attribute_not_exists(#version)',
        ExpressionAttributeNames: { '#version': 'version' },
      }
    : {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': number(version) },
      }
}

function isSame(left: LogHead, right: LogHead): boolean {
  return (
    left.version === right.version &&
    left.staged?.attempt === right.staged?.attempt &&
    left.frontier.size === right.frontier.size &&
    sameBytes(Buffer.concat(left.frontier.hashes), Buffer.concat(right.frontier.hashes))
  )
}

const hashLength = 32

function itemOf({ version, frontier, staged }: LogHead): Record<string, AttributeValue> {
  return {
    ...texts(onlyKey('head')),
    version: number(version),
    size: number(frontier.size),
    hashes: bytes(Buffer.concat(frontier.hashes)),
    ...(staged === null
      ? {}
      : { staged_version: number(staged.version), staged_attempt: text(staged.attempt) }),
  }
}

function headIn(item: Item): LogHead {
  return { version: numberIn(item, 'version'), frontier: frontierIn(item), staged: stagedIn(item) }
}

function frontierIn(item: Item): Frontier {
  const all = bytesIn(item, 'hashes')
  const hashes = Array.from({ length: all.byteLength / hashLength }, (_, place) =>
    all.slice(place * hashLength, (place + 1) * hashLength),
  )
  const frontier = { size: numberIn(item, 'size'), hashes }
  if (all.byteLength % hashLength === 0 && isFrontier(frontier)) return frontier
  throw damaged('hashes')
}

function stagedIn(item: Item): StageName | null {
  if (item['staged_attempt'] === undefined) return null
  return { version: numberIn(item, 'staged_version'), attempt: textIn(item, 'staged_attempt') }
}
