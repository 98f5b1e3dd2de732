import { isList, type Json, type JsonObject } from '@writ/domain'
import type { Event } from 'js-yaml'
import { duplicate, mistake, type Mistake } from './mistake.ts'
import type { Dialect } from './scalars.ts'

/** The members of a mapping that is being read; those in `merged` only a merge gave, so they may still be set. */
export type Members = { readonly members: Record<string, Json>; merged: Set<string> | null }

type Given = { readonly event: Event | undefined; readonly dialect: Dialect }

/** A key that stands twice is a mistake, since its readers choose differently; kubectl and Helm take one that says the same word twice. */
export function put(
  { members, merged }: Members,
  key: string,
  { event, value, dialect }: Given & { readonly value: Json },
): Mistake | null {
  if (has(members, key) && merged?.delete(key) !== true) {
    const isSame = typeof value !== 'object' && members[key] === value
    return isSame && dialect === 'kubernetes' ? null : duplicate(key, event)
  }
  set(members, key, value)
  return null
}

/** What stands in the mapping itself wins, and an earlier source over a later one. */
export function merge(into: Members, value: Json, { event, dialect }: Given): Mistake | null {
  const sources = isList(value) ? value : [value]
  for (const source of sources) {
    if (source === null || typeof source !== 'object' || isList(source))
      return mistake('<< takes a mapping, or a list of mappings', event)
    const { members, merged } = into
    const keys = Object.keys(source)
    const overruled = keys.find((key) => has(members, key) && merged?.has(key) !== true)
    // go-yaml lets a later << overwrite, other readers do not: what would be judged might not be what runs.
    if (overruled !== undefined && dialect === 'kubernetes')
      return mistake(`<< comes after “${overruled}”, which it sets too: put << first`, event)
    add(into, source)
  }
  return null
}

function add(into: Members, source: JsonObject): void {
  const { members } = into
  const merged = (into.merged ??= new Set())
  for (const [key, value] of Object.entries(source)) {
    if (has(members, key)) continue
    set(members, key, value)
    merged.add(key)
  }
}

/** The first look is quick, and settles it for nearly every key. */
function has(members: Record<string, Json>, key: string): boolean {
  return members[key] !== undefined && Object.hasOwn(members, key)
}

/** `__proto__` becomes a member like any other. */
function set(members: Record<string, Json>, key: string, value: Json): void {
  if (key !== '__proto__') members[key] = value
  else
    Object.defineProperty(members, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
}
