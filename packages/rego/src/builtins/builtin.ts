import { isArray, isSet, type RegoValue } from '../values/value.ts'

/** What a builtin may know of the evaluation it runs in. */
export type BuiltinContext = {
  /** The instant of the evaluation in nanoseconds since 1970. */
  readonly now: bigint
  /** Takes fuel for work that grows with the arguments; does not return when there is none left. */
  readonly charge: (units: number) => void
}

/** Either a value, or why there is none: to the policy that is undefined, the caller learns of it. */
type BuiltinResult = { readonly value: RegoValue } | { readonly failure: string }

export type Builtin = (args: readonly RegoValue[], context: BuiltinContext) => BuiltinResult

/** A string, or the strings of an array or a set; null where it is, or holds, anything else. */
export function stringsOf(value: RegoValue | undefined): readonly string[] | null {
  if (typeof value === 'string') return [value]
  if (value === undefined || value === null) return null
  const members = isArray(value) ? value : isSet(value) ? value.set : [null]
  const strings = members.filter((member) => typeof member === 'string')
  return strings.length === members.length ? strings : null
}
