import { Fault } from '@writ/domain'
import { textOrNullIn, type Item } from '../item.ts'

/** What is amiss with an item, in words; also where it is not even one that can be read. */
export function inWords(
  table: string,
  item: Item,
  amissIn: (item: Item) => string | null,
): string | null {
  try {
    return amissIn(item)
  } catch (thrown) {
    if (!(thrown instanceof Fault)) throw thrown
    return `the item ${textOrNullIn(item, 'key')} of ${table} is none of Writ: ${thrown.message}`
  }
}
