import { kinds, type Issue, type Json, type JsonObject } from '@writ/domain'
import { compileSchema } from '@writ/rego'
import { memberOf, objectOf } from './json-read.ts'
import { jsonOf, type Pack } from './pack.ts'

/** Kind → the JSON Schema of its settings, `settings/<kind>/schema.json`: what may be set, and what each setting is. */
export type SettingsSchemas = JsonObject

/** The schemas of a pack's settings. One that cannot be used is an issue, and is left out. */
export function settingsSchemasOf(pack: Pack): {
  readonly schemas: SettingsSchemas
  readonly issues: readonly Issue[]
} {
  const read = kinds.map((kind) => {
    const path = `settings/${kind}/schema.json`
    const { value, issues } = jsonOf(pack, path)
    const why = value === undefined ? null : whyUnusable(value)
    if (why === null) return { kind, value, issues }
    return { kind, value: undefined, issues: [{ pointer: path, message: why }] }
  })
  const usable = read.flatMap(({ kind, value }) => (value === undefined ? [] : [[kind, value]]))
  return { schemas: Object.fromEntries(usable), issues: read.flatMap(({ issues }) => issues) }
}

function whyUnusable(schema: Json): string | null {
  try {
    compileSchema(schema)
    return null
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown)
  }
}

/** Every mistake in `data.settings` of the kinds that have a schema, with its pointer from the root of `data`. */
export function mistakesIn(data: JsonObject, schemas: SettingsSchemas): readonly Issue[] {
  return Object.entries(schemas).flatMap(([kind, schema]) => {
    const settings = memberOf(memberOf(data, 'settings'), kind) ?? {}
    return compileSchema(schema)(settings).map(({ pointer, message }) => ({
      pointer: `/settings/${kind}${pointer}`,
      message,
    }))
  })
}

/** What the schemas say of a setting: of itself, or of what it is a part of. */
export function describedBy(schemas: SettingsSchemas, path: string): string {
  const said = schemasOn(schemas, path).map((schema) => memberOf(schema, 'description'))
  return said.findLast((words) => typeof words === 'string') ?? ''
}

/** The settings of which this one is made, where a schema names them; else itself. */
export function partsOf(schemas: SettingsSchemas, path: string): readonly string[] {
  const own = schemasOn(schemas, path)
  const names = Object.keys(objectOf(memberOf(own.at(-1), 'properties')) ?? {})
  if (names.length === 0 || own.length < path.split('.').length - 1) return [path]
  return names.flatMap((name) => partsOf(schemas, `${path}.${name}`))
}

/** The schemas on the way to a setting, from that of its kind on, as far as there are any. */
function schemasOn(schemas: SettingsSchemas, path: string): readonly Json[] {
  const [, kind = '', ...steps] = path.split('.')
  const found = [schemas[kind]]
  for (const step of steps) found.push(memberOf(memberOf(found.at(-1), 'properties'), step))
  return found.filter((schema) => schema !== undefined)
}
