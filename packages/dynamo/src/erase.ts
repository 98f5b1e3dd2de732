import { erased, type Entry } from '@writ/ledger'
import type { Bodies } from './bodies.ts'
import type { Session } from './connection.ts'
import { appendEntry } from './entries.ts'
import { bytesIn, number, numberIn, text, textIn, type Item } from './item.ts'
import { recordKey } from './keys.ts'

/**
 * Appends the erasure, empties the item of the entry, and then takes its parts away. Whatever breaks off in between is
 * finished by a second time: the item keeps what its parts are called.
 */
export async function eraseEntry(
  session: Session,
  bodies: Bodies,
  { entry, erasure }: { readonly entry: Entry; readonly erasure: Entry },
): Promise<Entry> {
  const stands = await appendEntry(session, bodies, erasure)
  const key = { key: text(recordKey(entry.tenant, entry.id)) }
  const item = await session.get('records', key)
  if (item === null) return stands
  const saltLength = saltLengthIn(item)
  await session.update('records', emptying(key, entry, saltLength))
  const isParted = item['content'] === undefined && saltLength > 0
  if (isParted) await bodies.drop(session, { commitment: textIn(item, 'commitment'), saltLength })
  return stands
}

function emptying(key: Item, entry: Entry, saltLength: number) {
  const { requestDigest, facets, type } = erased(entry)
  return {
    Key: { ...key },
    UpdateExpression:
      'SET #facets = :facets, #digest = :digest, #size = :none, #length = :length REMOVE #salt, #content, #actor',
    ConditionExpression: 'attribute_exists(#key)',
    ExpressionAttributeNames: {
      '#key': 'key',
      '#facets': 'facets',
      '#digest': 'request_digest',
      '#size': 'size',
      '#length': 'salt_length',
      '#salt': 'salt',
      '#content': 'content',
      '#actor': 'by_actor',
    },
    ExpressionAttributeValues: {
      ':facets': text(JSON.stringify({ type, ...facets })),
      ':digest': text(requestDigest),
      ':none': number(0),
      ':length': number(saltLength),
    },
  }
}

/** Once the salt is gone its length still names the parts. */
function saltLengthIn(item: Item): number {
  if (item['salt'] !== undefined) return bytesIn(item, 'salt').length
  return item['salt_length'] === undefined ? 0 : numberIn(item, 'salt_length')
}
