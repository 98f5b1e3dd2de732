import { Ajv, type Options, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standaloneCode from 'ajv/dist/standalone/index.js'
import { RegoError, wordsOf } from '../rego-error.ts'
import { checkWith, type SchemaCheck } from './check.ts'

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
  return checkWith(compiled(schema, options).validate)
}

/**
 * The same check as the source of a CommonJS module that exports a `Validate`, for who starts often and compiles once. It
 * may require files of ajv's `dist/runtime`. Throws a RegoError on a bad schema.
 */
export function schemaSource(schema: unknown): string {
  const { ajv, validate } = compiled(schema, { ...options, code: { source: true } })
  return standaloneCode.default(ajv, validate)
}

type Compiled = { readonly ajv: Ajv | Ajv2020; readonly validate: ValidateFunction }

function compiled(schema: unknown, asked: Options): Compiled {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
    throw new RegoError('schema_invalid', 'a schema is a JSON object')
  const draft = '$schema' in schema ? String(schema.$schema) : ''
  try {
    const ajv = draft.includes('draft-07') ? new Ajv(asked) : new Ajv2020(asked)
    return { ajv, validate: ajv.compile(schema) }
  } catch (cause) {
    throw new RegoError('schema_invalid', `the schema cannot be used: ${wordsOf(cause)}`, { cause })
  }
}
