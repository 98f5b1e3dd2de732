import type { Issue, Json, JsonObject } from '@writ/domain'
import { memberOf, objectOf } from './json-read.ts'
import { jsonOf, type Pack, type RegoFile } from './pack.ts'
import { issueAt } from './place.ts'
import { mistakesIn, settingsSchemasOf } from './settings-schemas.ts'
import { tokensOf } from './tokens.ts'

/** What `data` is to the rules: each `data.json` under `settings/` at the path of its folder, as OPA loads a bundle. */
export function readSettings(pack: Pack): {
  readonly data: JsonObject
  readonly issues: readonly Issue[]
} {
  const issues: Issue[] = []
  let data: JsonObject = { settings: {} }
  for (const path of [...pack.json.keys()].filter(isSettings)) {
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
  // What a broken file would have held is not known.
  return { data, issues: issues.length > 0 ? issues : schemaMistakes(pack, data) }
}

function isSettings(path: string): boolean {
  return path.startsWith('settings/') && path.endsWith('/data.json')
}

/** What the pack's own settings say against `settings/<kind>/schema.json`, which a pack need not have. */
function schemaMistakes(pack: Pack, data: JsonObject): readonly Issue[] {
  const { schemas, issues } = settingsSchemasOf(pack)
  const found = mistakesIn(data, schemas).map(({ pointer, message }) => {
    const [, , kind = '', ...rest] = pointer.split('/')
    return { pointer: `settings/${kind}/data.json#/${rest.join('/')}`, message }
  })
  return [...issues, ...found]
}

/** Each `data.settings.…` that a file names and the settings do not hold: it would be undefined, and the rule around it silent. */
export function unsetPaths({ path, text }: RegoFile, data: JsonObject): readonly Issue[] {
  return tokensOf(text)
    .filter((token) => token.type === 'name' && token.text.startsWith('data.settings.'))
    .filter((token) => valueOf(token.text, data) === undefined)
    .map((token) =>
      issueAt(
        path,
        token,
        `${token.text} is not in settings/, so the rule would say nothing: set it, or read it with object.get and a default`,
      ),
    )
}

function valueOf(reference: string, data: JsonObject): Json | undefined {
  const [, ...steps] = reference.split('.')
  return steps.reduce<Json | undefined>((value, step) => memberOf(value, step), data)
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
