import { Fault } from '@writ/domain'

/** A value of JSON whose numbers keep the text that they were written in. */
type Exact = unknown

/** Data with more data beside it. What both have at one path must be objects on both sides, which are merged again. */
export function mergedData(own: Uint8Array, more: Uint8Array, path: string): Uint8Array {
  const [left, right] = [exactJson(own), exactJson(more)]
  if (!isObject(left) || !isObject(right))
    throw new Fault('request-invalid', `${path}: data must be a JSON object`)
  return Buffer.from(JSON.stringify(merged(left, right, { path, at: 'data' })))
}

type ExactObject = { readonly [name: string]: Exact }
type Place = { readonly path: string; readonly at: string }

function merged(left: ExactObject, right: ExactObject, { path, at }: Place): ExactObject {
  const both = Object.entries(right).map(([name, value]) => {
    if (!Object.hasOwn(left, name)) return [name, value] as const
    const [before, place] = [left[name], { path, at: `${at}.${name}` }]
    if (isObject(before) && isObject(value)) return [name, merged(before, value, place)] as const
    throw new Fault('request-invalid', `${path}: the bundle has a value at ${place.at} already`)
  })
  return Object.fromEntries([...Object.entries(left), ...both])
}

function isObject(value: Exact): value is ExactObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRaw(value)
}

function isRaw(value: object): boolean {
  return Boolean(Reflect.apply(json.isRawJSON, JSON, [value]))
}

type Source = { readonly source: string }

/** Numbers as their source text, which TypeScript's library does not know of yet. */
const json: { readonly isRawJSON: () => boolean; readonly rawJSON: () => unknown } = {
  isRawJSON: Reflect.get(JSON, 'isRawJSON'),
  rawJSON: Reflect.get(JSON, 'rawJSON'),
}

function exactJson(bytes: Uint8Array): Exact {
  const text = new TextDecoder().decode(bytes)
  const keep = (_: string, value: unknown, { source }: Source): unknown =>
    typeof value === 'number' ? Reflect.apply(json.rawJSON, JSON, [source]) : value
  try {
    return Reflect.apply(JSON.parse, JSON, [text, keep])
  } catch {
    return undefined
  }
}
