/**
 * A Rego value. Numbers keep the text that they were written in, so that nothing is rounded; sets and objects keep
 * any value as a member or key, which JSON cannot.
 */
export type RegoValue = null | boolean | string | RegoNumber | RegoArray | RegoSet | RegoObject
export type RegoNumber = { readonly number: string }
export type RegoArray = readonly RegoValue[]
export type RegoSet = { readonly set: readonly RegoValue[] }
export type RegoObject = { readonly members: readonly (readonly [RegoValue, RegoValue])[] }

export function isArray(value: RegoValue): value is RegoArray {
  return Array.isArray(value)
}

export function isSet(value: RegoValue): value is RegoSet {
  return typeof value === 'object' && value !== null && 'set' in value
}

export function isObject(value: RegoValue): value is RegoObject {
  return typeof value === 'object' && value !== null && 'members' in value
}

export function isNumber(value: RegoValue): value is RegoNumber {
  return typeof value === 'object' && value !== null && 'number' in value
}

/** The value in Rego's own notation, as a module's value parser reads it. */
export function textOf(value: RegoValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value)
  if (isArray(value)) return `[${value.map(textOf).join(',')}]`
  if (isNumber(value)) return value.number
  if (isSet(value)) return value.set.length === 0 ? 'set()' : `{${value.set.map(textOf).join(',')}}`
  return `{${value.members.map(([key, member]) => `${textOf(key)}:${textOf(member)}`).join(',')}}`
}

/** A text that two values share exactly when Rego holds them equal: order of sets and objects and spelling of numbers aside. */
export function identityOf(value: RegoValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value)
  if (isArray(value)) return `[${value.map(identityOf).join(',')}]`
  if (isNumber(value)) return numberIdentity(value.number)
  if (isSet(value)) return `<${[...new Set(value.set.map(identityOf))].sort().join(',')}>`
  const pairs = value.members.map(([key, member]) => `${identityOf(key)}:${identityOf(member)}`)
  return `{${pairs.sort().join(',')}}`
}

/** Sign, significant digits and power of ten. */
function numberIdentity(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const sign = mantissa.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = mantissa.replace(/^[-+]/, '').split('.')
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  if (significant === '') return '0'
  const power =
    BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length)
  return `${sign}${significant}e${power}`
}
