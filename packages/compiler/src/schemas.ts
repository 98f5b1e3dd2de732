import { pointerOf } from '@writ/contract'
import { isList, kinds, type Issue, type Json, type Kind } from '@writ/domain'
import { objectOf } from './json-read.ts'
import { jsonOf, type Pack } from './pack.ts'

/** The pack's schema of each kind that it has one for. */
export type Schemas = { readonly [kind in Kind]?: Json }

/** Reads `schemas/<kind>.json`. A schema checks types and never presence: what is absent is the rules' business. */
export function readSchemas(pack: Pack): {
  readonly schemas: Schemas
  readonly issues: readonly Issue[]
} {
  const read = kinds.map((kind) => {
    const path = `schemas/${kind}.json`
    const { value, issues } = jsonOf(pack, path)
    if (value === undefined) return { kind, value, issues }
    const shape =
      objectOf(value) === null ? [{ pointer: path, message: 'must be a JSON Schema object' }] : []
    const required = requiredIn(value, []).map((at) => ({
      pointer: `${path}#${pointerOf(at)}`,
      message:
        '`required` may not be used: name the path in requires or applies_requires of the rules that need it',
    }))
    return { kind, value, issues: [...shape, ...required] }
  })
  const given = read.flatMap(({ kind, value }) =>
    value === undefined ? [] : [[kind, value] as const],
  )
  return { schemas: Object.fromEntries(given), issues: read.flatMap(({ issues }) => issues) }
}

/** Keywords whose members are named freely, so that one called `required` is no keyword. */
const named = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']
/** Keywords that hold values, not schemas. */
const values = ['const', 'enum', 'default', 'examples', 'example']

function requiredIn(schema: Json, path: readonly string[]): readonly (readonly string[])[] {
  if (isList(schema))
    return schema.flatMap((item, index) => requiredIn(item, [...path, String(index)]))
  return Object.entries(objectOf(schema) ?? {}).flatMap(([key, value]) => {
    const here = [...path, key]
    if (key === 'required') return [here]
    if (values.includes(key)) return []
    if (!named.includes(key)) return requiredIn(value, here)
    return Object.entries(objectOf(value) ?? {}).flatMap(([name, one]) =>
      requiredIn(one, [...here, name]),
    )
  })
}
