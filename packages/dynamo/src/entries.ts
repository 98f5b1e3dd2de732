import { kinds, outcomes } from '@writ/domain'
import {
  commitmentOf,
  entryTypes,
  isDigest,
  isErased,
  noBody,
  type Body,
  type Digest,
  type Entry,
  type EntryType,
  type Facets,
} from '@writ/ledger'
import type { Bodies } from './bodies.ts'
import type { Session, Standing } from './connection.ts'
import {
  bytes,
  bytesIn,
  damaged,
  fieldsIn,
  number,
  numberIn,
  text,
  textIn,
  texts,
  wordIn,
  type Fields,
  type Item,
} from './item.ts'
import { indexKeys, placeKey, recordKey } from './keys.ts'
import { packed, unpacked } from './packing.ts'

/** A body that packs up to here lies in its entry's item: larger items make every change of their marks dearer. */
const inlineBytes = 16_000

/**
 * Appends the entry unless one stands under its id; gives the one that stands. A put that was lost, or whose reply was, is
 * put again: whichever attempt was first stands, and is known by its leaf.
 */
export async function appendEntry(session: Session, bodies: Bodies, entry: Entry): Promise<Entry> {
  const item = await itemOf(session, bodies, entry)
  const refused = await putItem(session, item)
  if (refused === null) return entry
  const stands = refused.item ?? (await session.get('records', { key: text(textIn(item, 'key')) }))
  if (stands === null) throw damaged('key')
  return entryOf(session, bodies, stands)
}

/** Puts an entry's item unless one stands under its key. */
export function putItem(session: Session, item: Item): Promise<Standing> {
  return session.put('records', {
    Item: { ...item },
    ConditionExpression: 'attribute_not_exists(#key)',
    ExpressionAttributeNames: { '#key': 'key' },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  })
}

export async function entryById(
  session: Session,
  bodies: Bodies,
  { tenant, id }: { readonly tenant: string; readonly id: string },
): Promise<Entry | null> {
  const item = await session.get('records', { key: text(recordKey(tenant, id)) })
  return item === null ? null : entryOf(session, bodies, item)
}

/** The item of an entry. A body that is too large for it is kept first, so that no entry stands without its body. */
export async function itemOf(session: Session, bodies: Bodies, entry: Entry): Promise<Item> {
  const { tenant, id, at, type, requestDigest, facets, leaf, body } = entry
  const commitment = commitmentOf(body.salt, body.content)
  const content = packed(body.content)
  const isInline = content.length <= inlineBytes
  if (!isInline) await bodies.keep(session, commitment, body)
  return {
    ...texts({ key: recordKey(tenant, id), place: placeKey(entry), ...indexKeys(entry) }),
    ...texts({ tenant, id, at, type, request_digest: requestDigest, commitment }),
    facets: text(JSON.stringify({ type, ...facets })),
    leaf: bytes(leaf),
    size: number(body.content.length),
    ...(isErased(entry) ? {} : { salt: bytes(body.salt) }),
    ...(isInline && !isErased(entry) ? { content: bytes(content) } : {}),
  }
}

export async function entryOf(session: Session, bodies: Bodies, item: Item): Promise<Entry> {
  return {
    tenant: textIn(item, 'tenant'),
    id: textIn(item, 'id'),
    at: textIn(item, 'at'),
    type: wordIn(item, 'type', entryTypes),
    requestDigest: digestIn(item, 'request_digest'),
    facets: facetsIn(item).facets,
    leaf: bytesIn(item, 'leaf'),
    body: await bodyOf(session, bodies, item),
  }
}

/** An entry without a salt has been erased. */
async function bodyOf(session: Session, bodies: Bodies, item: Item): Promise<Body> {
  if (item['salt'] === undefined) return noBody
  return { salt: bytesIn(item, 'salt'), content: await contentOf(session, bodies, item) }
}

async function contentOf(session: Session, bodies: Bodies, item: Item): Promise<Uint8Array> {
  const size = numberIn(item, 'size')
  if (item['content'] !== undefined) return unpacked(bytesIn(item, 'content'), size)
  const content = await bodies.read(session, {
    commitment: textIn(item, 'commitment'),
    saltLength: bytesIn(item, 'salt').length,
    size,
  })
  if (content === null) throw damaged('content')
  return content
}

function digestIn(item: Item, name: string): Digest {
  const digest = textIn(item, name)
  if (isDigest(digest)) return digest
  throw damaged(name)
}

/** What an index tells of an entry: enough to filter by. */
export type Told = { readonly type: EntryType; readonly facets: Facets }

export function facetsIn(item: Item): Told {
  const fields = fieldsIn(item, 'facets')
  const type = oneOf(fields, 'type', entryTypes)
  if (type === null) throw damaged('facets')
  return {
    type,
    facets: {
      kind: oneOf(fields, 'kind', kinds),
      outcome: oneOf(fields, 'outcome', outcomes),
      resource: textOf(fields, 'resource'),
      service: textOf(fields, 'service'),
      team: textOf(fields, 'team'),
      environment: textOf(fields, 'environment'),
      actor: textOf(fields, 'actor'),
      rules: listOf(fields['rules']),
      correlation: textOf(fields, 'correlation'),
    },
  }
}

function textOf(fields: Fields, name: keyof Facets): string | null {
  const value = fields[name]
  if (value === null || typeof value === 'string') return value
  throw damaged('facets')
}

function oneOf<W extends string>(fields: Fields, name: string, words: readonly W[]): W | null {
  const value = fields[name]
  if (value === null) return null
  const found = words.find((word) => word === value)
  if (found !== undefined) return found
  throw damaged('facets')
}

function listOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw damaged('facets')
  return value.map((member: unknown) => {
    if (typeof member === 'string') return member
    throw damaged('facets')
  })
}
