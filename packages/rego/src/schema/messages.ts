import type { ErrorObject } from 'ajv'

type Params = Readonly<Record<string, unknown>>

/** What each keyword expects, in words that finish the sentence “this value …”. */
const messages: Readonly<Record<string, (params: Params) => string>> = {
  type: ({ type }) => `must be ${kindsOf(type)}`,
  enum: ({ allowedValues }) => `must be one of ${listed(allowedValues)}`,
  const: ({ allowedValue }) => `must be ${JSON.stringify(allowedValue)}`,
  additionalProperties: () => 'is not a field that is known here',
  unevaluatedProperties: () => 'is not a field that is known here',
  required: ({ missingProperty }) => `must have the field ${JSON.stringify(missingProperty)}`,
  minLength: ({ limit }) => `must have ${atLeast(limit, 'character')}`,
  maxLength: ({ limit }) => `must have at most ${counted(limit, 'character')}`,
  minItems: ({ limit }) => `must have ${atLeast(limit, 'item')}`,
  maxItems: ({ limit }) => `must have at most ${counted(limit, 'item')}`,
  minProperties: ({ limit }) => `must have ${atLeast(limit, 'field')}`,
  maxProperties: ({ limit }) => `must have at most ${counted(limit, 'field')}`,
  uniqueItems: ({ i, j }) =>
    `must not hold the same item twice, as at ${String(i)} and ${String(j)}`,
  pattern: ({ pattern }) => `must match ${String(pattern)}`,
  format: ({ format }) => `must be written as ${formatWords[String(format)] ?? String(format)}`,
  minimum: ({ limit }) => `must be at least ${String(limit)}`,
  maximum: ({ limit }) => `must be at most ${String(limit)}`,
  exclusiveMinimum: ({ limit }) => `must be more than ${String(limit)}`,
  exclusiveMaximum: ({ limit }) => `must be less than ${String(limit)}`,
  multipleOf: ({ multipleOf }) => `must be a multiple of ${String(multipleOf)}`,
  oneOf: () => 'must have exactly one of the forms that are allowed here',
  anyOf: () => 'must have one of the forms that are allowed here',
}

const formatWords: Readonly<Record<string, string>> = {
  'date-time': 'an instant, such as 2026-03-01T09:30:00Z',
  date: 'a date, such as 2026-03-01',
}

export function messageOf({ keyword, params, message }: ErrorObject): string {
  return messages[keyword]?.(params) ?? message ?? 'is not allowed here'
}

function kindsOf(type: unknown): string {
  const kinds = Array.isArray(type) ? type.map(String) : String(type).split(',')
  return kinds.map(withArticle).join(' or ')
}

function withArticle(kind: string): string {
  if (kind === 'null') return kind
  return /^[aio]/.test(kind) ? `an ${kind}` : `a ${kind}`
}

function listed(values: unknown): string {
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(', ') : 'a few'
}

function atLeast(limit: unknown, thing: string): string {
  return `at least ${counted(limit, thing)}`
}

function counted(limit: unknown, thing: string): string {
  return `${String(limit)} ${thing}${limit === 1 ? '' : 's'}`
}
