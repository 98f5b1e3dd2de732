import { masked } from '@writ/documents'
import { isList, type Json, type JsonObject } from '@writ/domain'

/** A request as it is recorded, and what of it was withheld: the pointers that led somewhere, or `''` for all of it. */
export type Withheld = { readonly request: JsonObject; readonly masked: readonly string[] }

/**
 * Masks what a pack keeps out of the records, after it was decided on. A step `*` stands for every member. Where that fails
 * nothing of the request is recorded but its kind: a mistake in masking never tells more, and never costs the record.
 */
export function withhold(request: JsonObject, pointers: readonly string[]): Withheld {
  try {
    let recorded: Json = request
    const led: string[] = []
    for (const pointer of pointers) {
      const next = maskedAt(recorded, stepsOf(pointer))
      if (next !== recorded) led.push(pointer)
      recorded = next
    }
    if (isObject(recorded)) return { request: recorded, masked: led }
  } catch {
    // As where it left no object.
  }
  return { request: { kind: request['kind'] ?? masked }, masked: [''] }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value)
}

function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The value with what the steps lead to masked; the very same value where they lead nowhere. */
function maskedAt(value: Json, steps: readonly string[]): Json {
  const [step, ...rest] = steps
  if (step === undefined) return masked
  if (typeof value !== 'object' || value === null) return value
  const isAsked = (name: string): boolean => step === '*' || step === name
  const members = Object.entries(value).map(
    ([name, member]) => [name, isAsked(name) ? maskedAt(member, rest) : member] as const,
  )
  if (members.every(([name, member]) => Reflect.get(value, name) === member)) return value
  return isList(value) ? members.map(([, member]) => member) : Object.fromEntries(members)
}
