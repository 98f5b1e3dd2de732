import type { Issue, Json, JsonObject } from '@writ/domain'
import { objectOf } from './json-read.ts'
import { jsonOf, type Pack } from './pack.ts'

/** What `data` is to the rules: each `data.json` under `settings/` at the path of its folder, as OPA loads a bundle. */
export function readSettings(pack: Pack): {
  readonly data: JsonObject
  readonly issues: readonly Issue[]
} {
  const issues: Issue[] = []
  let data: JsonObject = { settings: {} }
  for (const path of [...pack.json.keys()].filter((name) => name.startsWith('settings/'))) {
    const { value, issues: broken } = jsonOf(pack, path)
    issues.push(...broken)
    if (value === undefined) continue
    const merged = put(data, path.split('/').slice(0, -1), value)
    if (merged === null)
      issues.push({
        pointer: path,
        message: 'sets a path that another data.json sets too, or is no object',
      })
    else data = merged
  }
  return { data, issues }
}

function put(into: JsonObject, path: readonly string[], value: Json): JsonObject | null {
  const [key, ...rest] = path
  if (key === undefined) return merge(into, value)
  const inner = Object.hasOwn(into, key) ? objectOf(into[key]) : {}
  const placed = inner === null ? null : put(inner, rest, value)
  return placed === null ? null : Object.fromEntries([...Object.entries(into), [key, placed]])
}

function merge(into: JsonObject, value: Json): JsonObject | null {
  const object = objectOf(value)
  if (object === null || Object.keys(object).some((key) => Object.hasOwn(into, key))) return null
  return Object.fromEntries([...Object.entries(into), ...Object.entries(object)])
}
