import { digestOf } from '@writ/ledger'
import type { Session } from './connection.ts'
import { putItem } from './entries.ts'
import { bytesIn, damaged, text, textIn, texts, type Item } from './item.ts'

/** What a waiver's item holds until its entry is put: the entry's item, and the digest of its leaf, which tells it from others. */
export function pendingOf(entry: Item): Item {
  return { pending: text(digestOf(bytesIn(entry, 'leaf'))), entry: { M: { ...entry } } }
}

/** The waiver's item, once its entry is where entries are. */
export async function settled(session: Session, waiver: Item): Promise<Item> {
  if (waiver['pending'] === undefined) return waiver
  const entry = waiver['entry']?.M
  if (entry === undefined) throw damaged('entry')
  await putItem(session, entry)
  await session.update('waivers', {
    Key: texts({ key: textIn(waiver, 'key'), member: textIn(waiver, 'member') }),
    UpdateExpression: 'REMOVE #pending, #entry',
    ConditionExpression: '#pending = :pending',
    ExpressionAttributeNames: { '#pending': 'pending', '#entry': 'entry' },
    ExpressionAttributeValues: { ':pending': waiver['pending'] },
  })
  return waiver
}
