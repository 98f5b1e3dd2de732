import type { ErrorObject } from 'ajv'
import { messageOf } from './messages.ts'

/** One mistake in a value: where (RFC 6901), and what was expected there. */
export type SchemaMistake = { readonly pointer: string; readonly message: string }

/** Gives every mistake of a value, in the schema's order; at most a hundred, then one that says how many more there are. */
export type SchemaCheck = (value: unknown) => readonly SchemaMistake[]

/** A compiled schema as ajv leaves it: true where the value fits, else the errors lie beside it. */
export type Validate = {
  (value: unknown): boolean
  errors?: ErrorObject[] | null | undefined
}

const maxMistakes = 100

/** A check by a schema that was compiled before: ajv itself is not needed for it. */
export function checkWith(validate: Validate): SchemaCheck {
  return (value) => {
    if (validate(value)) return []
    const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if')
    const mistakes = errors.slice(0, maxMistakes).map(mistakeOf)
    const left = errors.length - mistakes.length
    return left === 0
      ? mistakes
      : [...mistakes, { pointer: '', message: `has ${left} more mistakes` }]
  }
}

/** A field that is not known is a mistake at the field, not at the object around it. */
function mistakeOf(error: ErrorObject): SchemaMistake {
  const extra: unknown = error.params['additionalProperty'] ?? error.params['unevaluatedProperty']
  const step =
    typeof extra === 'string' ? `/${extra.replaceAll('~', '~0').replaceAll('/', '~1')}` : ''
  return { pointer: error.instancePath + step, message: messageOf(error) }
}
