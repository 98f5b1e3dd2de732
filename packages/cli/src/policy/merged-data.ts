import { isExactObject, readExactJson, type ExactObject } from '@writ/compiler'
import { Fault } from '@writ/domain'

/** Data with more data beside it. What both have at one path must be objects on both sides, which are merged again. */
export function mergedData(own: Uint8Array, more: Uint8Array, path: string): Uint8Array {
  const [left, right] = [readExactJson(own), readExactJson(more)]
  if (!isExactObject(left) || !isExactObject(right))
    throw new Fault('request-invalid', `${path}: data must be a JSON object`)
  return Buffer.from(JSON.stringify(merged(left, right, { path, at: 'data' })))
}

type Place = { readonly path: string; readonly at: string }

function merged(left: ExactObject, right: ExactObject, { path, at }: Place): ExactObject {
  const both = Object.entries(right).map(([name, value]) => {
    if (!Object.hasOwn(left, name)) return [name, value] as const
    const [before, place] = [left[name], { path, at: `${at}.${name}` }]
    if (isExactObject(before) && isExactObject(value))
      return [name, merged(before, value, place)] as const
    throw new Fault('request-invalid', `${path}: the bundle has a value at ${place.at} already`)
  })
  return Object.fromEntries([...Object.entries(left), ...both])
}
