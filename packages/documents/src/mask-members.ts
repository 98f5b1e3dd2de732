import type { Json, JsonObject } from '@writ/domain'

/** The object with each member changed; names and order stay. */
export function mapMembers(
  object: JsonObject,
  change: (name: string, value: Json) => Json,
): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, change(name, value)]),
  )
}
