import type { Body, Digest } from '@writ/ledger'
import type { Queried, Session } from './connection.ts'
import { bytes, bytesIn, number, text, valueIn, type Item } from './item.ts'
import { bodyKey } from './keys.ts'

/** Where the bodies lie that are too large for an entry's own item. */
export type Bodies = {
  /** Durable on return. The same body twice changes nothing. */
  readonly keep: (session: Session, commitment: Digest, body: Body) => Promise<void>
  /** The content, or null when it is not there. */
  readonly read: (session: Session, name: BodyName) => Promise<Uint8Array | null>
  /** Takes it away for good; one that is not there is no mistake. */
  readonly drop: (session: Session, name: Omit<BodyName, 'size'>) => Promise<void>
}

export type BodyName = {
  readonly commitment: string
  readonly saltLength: number
  /** Of the content, in bytes. */
  readonly size: number
}

/** An item holds 400 KB, its keys and names included. */
const partBytes = 380_000
/** How many parts are under way at a time. */
const lanes = 4

/** Bodies in parts of one table. */
export const partedBodies: Bodies = {
  keep: async (session, commitment, { salt, content }) => {
    const key = text(bodyKey(commitment, salt.length))
    const parts = Array.from({ length: Math.ceil(content.length / partBytes) }, (_, part) => part)
    await inLanes(lanes, parts, async (part) => {
      const piece = content.subarray(part * partBytes, (part + 1) * partBytes)
      await session.put('bodies', { Item: { key, part: number(part), content: bytes(piece) } })
    })
  },
  read: async (session, { commitment, saltLength, size }) => {
    const content = new Uint8Array(size)
    let filled = 0
    let start: Item | undefined
    do {
      const { items, more } = await partsFrom(session, bodyKey(commitment, saltLength), start)
      for (const item of items) {
        const piece = bytesIn(item, 'content')
        if (filled + piece.length > size) return null
        content.set(piece, filled)
        filled += piece.length
      }
      start = more
    } while (start !== undefined)
    return filled === size ? content : null
  },
  drop: async (session, { commitment, saltLength }) => {
    let start: Item | undefined
    do {
      const { items, more } = await partsFrom(session, bodyKey(commitment, saltLength), start)
      await inLanes(lanes, items, (item) => session.remove('bodies', keyOf(item)))
      start = more
    } while (start !== undefined)
  },
}

function keyOf(item: Item): Item {
  return { key: valueIn(item, 'key'), part: valueIn(item, 'part') }
}

function partsFrom(session: Session, key: string, start: Item | undefined): Promise<Queried> {
  return session.query('bodies', {
    ConsistentRead: true,
    KeyConditionExpression: '#key = :key',
    ExpressionAttributeNames: { '#key': 'key' },
    ExpressionAttributeValues: { ':key': text(key) },
    ...(start === undefined ? {} : { ExclusiveStartKey: { ...start } }),
  })
}

/** Does the work for each, a few at a time, and gives the results in order. */
export async function inLanes<T, Out>(
  count: number,
  given: readonly T[],
  work: (one: T) => Promise<Out>,
): Promise<readonly Out[]> {
  const results: Out[] = []
  for (let at = 0; at < given.length; at += count)
    results.push(...(await Promise.all(given.slice(at, at + count).map(work))))
  return results
}
