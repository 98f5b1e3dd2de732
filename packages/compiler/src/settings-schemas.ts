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
  const [, kind = '', ...steps] = path.split('.')
  let schema: Json | undefined = schemas[kind]
  let said = ''
  for (const step of steps) {
    schema = memberOf(memberOf(schema, 'properties'), step)
    const own = memberOf(objectOf(schema) ?? {}, 'description')
    if (typeof own === 'string') said = own
  }
  return said
}
