import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { RegoError, wordsOf } from '../rego-error.ts'
import { messageOf } from './messages.ts'

/** One mistake in a value: where (RFC 6901), and what was expected there. */
export type SchemaMistake = { readonly pointer: string; readonly message: string }

/** Gives every mistake of a value, in the schema's order; at most a hundred, then one that says how many more there are. */
export type SchemaCheck = (value: unknown) => readonly SchemaMistake[]

const maxMistakes = 100

const options: Options = {
  allErrors: true,
  strict: true,
  allowUnionTypes: true,
  logger: false,
  formats: {
    'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2})$/,
    date: /^\d{4}-\d{2}-\d{2}$/,
  },
}

/** Compiles a JSON Schema of draft 2020-12, or of draft-07 where `$schema` says so. Throws a RegoError on a bad schema. */
export function compileSchema(schema: unknown): SchemaCheck {
  const validate = compile(schema)
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

function compile(schema: unknown): ValidateFunction {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
    throw new RegoError('schema_invalid', 'a schema is a JSON object')
  const draft = '$schema' in schema ? String(schema.$schema) : ''
  try {
    const ajv = draft.includes('draft-07') ? new Ajv(options) : new Ajv2020(options)
    return ajv.compile(schema)
  } catch (cause) {
    throw new RegoError('schema_invalid', `the schema cannot be used: ${wordsOf(cause)}`, cause)
  }
}

/** A field that is not known is a mistake at the field, not at the object around it. */
function mistakeOf(error: ErrorObject): SchemaMistake {
  const extra: unknown = error.params['additionalProperty'] ?? error.params['unevaluatedProperty']
  const step =
    typeof extra === 'string' ? `/${extra.replaceAll('~', '~0').replaceAll('/', '~1')}` : ''
  return { pointer: error.instancePath + step, message: messageOf(error) }
}
