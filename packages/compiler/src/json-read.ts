import { isList, type Json, type JsonObject } from '@writ/domain'

/** The value as an object; null when it is none. */
export function objectOf(value: Json | undefined): JsonObject | null {
  return typeof value === 'object' && value !== null && !isList(value) ? value : null
}

/** A member of a JSON object; undefined when it is no object, or has no such member of its own. */
export function memberOf(value: Json | undefined, key: string): Json | undefined {
  const object = objectOf(value)
  return object !== null && Object.hasOwn(object, key) ? object[key] : undefined
}

/** A member that is a list; an empty list when there is none. */
export function listOf(value: Json | undefined, key: string): readonly Json[] {
  const list = memberOf(value, key)
  return list !== undefined && isList(list) ? list : []
}

/** The value when it is a list of texts that say something. */
export function textsOf(value: Json | undefined): readonly string[] | null {
  if (value === undefined || !isList(value)) return null
  const texts = value.filter((item) => typeof item === 'string' && item.trim() !== '')
  return texts.length === value.length ? texts.filter((item) => typeof item === 'string') : null
}

const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** An RFC 3339 instant as records have it: UTC, three decimals. */
export function instantOf(value: Json | undefined): string | null {
  if (typeof value !== 'string' || !instantPattern.test(value)) return null
  const date = new Date(value)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

/** Names in words: `a, b or c`. */
export function oneOf(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

/** A text or number as it is; anything else as JSON. */
export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
