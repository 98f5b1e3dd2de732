import { isDeepStrictEqual } from 'node:util'
import type { Waiver } from '@writ/domain'
import type { Connection } from '../connection.ts'
import { textIn, texts, type Item } from '../item.ts'
import { pointerKey } from '../keys.ts'
import { everyItem } from '../scan.ts'
import { settled } from '../settle.ts'
import { itemOfWaiver, waiverOf } from '../waiver-item.ts'
import { inWords } from './in-words.ts'

/** Every waiver that is kept, of all tenants, once its entry is where entries are. */
export async function everyWaiver(connection: Connection): Promise<readonly Waiver[]> {
  const found: Waiver[] = []
  for await (const item of everyItem(connection, { table: 'waivers' }))
    if (!isPointer(item)) found.push(waiverOf(await settled(connection.session(), item)))
  return found
}

/** A waiver that lies elsewhere than its lists, its id and its decisions look for it decides unseen, or is seen and does not. */
export async function misfiledWaivers(connection: Connection): Promise<string | null> {
  for await (const item of everyItem(connection, { table: 'waivers' })) {
    if (isPointer(item)) continue
    const amiss =
      inWords('waivers', item, amissInWaiver) ?? (await amissInPointer(connection, item))
    if (amiss !== null) return amiss
  }
  return null
}

function isPointer(item: Item): boolean {
  return item['to_key'] !== undefined
}

function amissInWaiver(item: Item): string | null {
  const { pending: _, entry: __, ...own } = item
  const waiver = waiverOf(item)
  return isDeepStrictEqual({ ...own }, { ...itemOfWaiver(waiver) })
    ? null
    : `the waiver ${waiver.id} is not filed where its list and its decisions look for it`
}

async function amissInPointer({ session }: Connection, item: Item): Promise<string | null> {
  const [tenant, id] = [textIn(item, 'tenant'), textIn(item, 'id')]
  const pointer = await session().get('waivers', texts(pointerKey(tenant, id)))
  const leads = [pointer?.['to_key']?.S, pointer?.['to_member']?.S]
  return isDeepStrictEqual(leads, [textIn(item, 'key'), textIn(item, 'member')])
    ? null
    : `the waiver ${id} lies where its id does not lead`
}
