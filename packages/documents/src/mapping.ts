import { isList, type Json } from '@writ/domain'
import type { Event } from 'js-yaml'
import { duplicate, mistake, type Mistake } from './mistake.ts'
import type { Dialect } from './scalars.ts'

/** The members of a mapping that is being read; those that only a merge gave may still be set. */
export type Members = { readonly members: Record<string, Json>; readonly merged: Set<string> }

export function put(
  { members, merged }: Members,
  key: string,
  { event, value }: { readonly event: Event | undefined; readonly value: Json },
): Mistake | null {
  if (Object.hasOwn(members, key) && !merged.delete(key)) return duplicate(key, event)
  set(members, key, value)
  return null
}

/** What stands in the mapping itself wins, and an earlier source over a later one. */
export function merge(
  { members, merged, dialect }: Members & { readonly dialect: Dialect },
  value: Json,
  event: Event | undefined,
): Mistake | null {
  const sources = isList(value) ? value : [value]
  for (const source of sources) {
    if (source === null || typeof source !== 'object' || isList(source))
      return mistake('<< takes a mapping, or a list of mappings', event)
    const keys = Object.keys(source)
    const overruled = keys.find((key) => Object.hasOwn(members, key) && !merged.has(key))
    // go-yaml lets a later << overwrite, other readers do not: what would be judged might not be what runs.
    if (overruled !== undefined && dialect === 'kubernetes')
      return mistake(`<< comes after “${overruled}”, which it sets too: put << first`, event)
    for (const key of keys.filter((key) => !Object.hasOwn(members, key))) {
      set(members, key, source[key] ?? null)
      merged.add(key)
    }
  }
  return null
}

/** `__proto__` becomes a member like any other. */
function set(members: Record<string, Json>, key: string, value: Json): void {
  if (key !== '__proto__') members[key] = value
  else Object.defineProperty(members, key, { value, enumerable: true, configurable: true, writable: true }) // prettier-ignore
}
