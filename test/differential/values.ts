import fc from 'fast-check'

/** What a builtin declares to take, as `opa capabilities` says it. */
export type Declared = {
  readonly type: string
  readonly of?: Declared | readonly Declared[]
  readonly static?: readonly Declared[]
  readonly dynamic?: Declared | { readonly key: Declared; readonly value: Declared }
}

type Texts = fc.Arbitrary<string>

export const integers: Texts = fc.oneof(
  fc.integer({ min: -3, max: 12 }),
  fc.constantFrom(0, 1, -1, 8, 16, 127, 255, 256, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 53, 2 ** 53 - 1),
  fc.integer({ min: -1e9, max: 1e9 }),
).map(String) // prettier-ignore
export const fewNumbers: Texts = fc.integer({ min: -3, max: 300 }).map(String)

const numbers: Texts = fc.oneof(
  { arbitrary: integers, weight: 5 },
  {
    arbitrary: fc
      .tuple(integers, fc.stringMatching(/^\d{1,6}$/))
      .map(([whole, part]) => `${whole}.${part}`),
    weight: 3,
  },
  {
    arbitrary: fc.constantFrom('0.1', '0.2', '1e3', '1.5e-7', '2.0', '1e21', '123456789012345678901234567890', '-0.5', '2.5'),
    weight: 1,
  },
) // prettier-ignore

const pieces = [
  'a', 'b', 'ab', 'A', 'ä', 'ß', 'é', '日', '😀', '0', '1', '9', '10', '.', ',', '/', ':', '-', '_', ' ', '\n', '\t', '"', '\\', '<', '&',
  '*', '?', '[a-z]', '(', ')', '+', '^', '$', '{', '}', '|', '\\d', '\\w', '!', 'x', 'true', 'null', '[1,2]', '{"a":1}', '1.5', '-1', '\u0000', '\u0001', '\u007f', '\u2028',
  '10.0.0.0/8', '192.168.1.1', '2001:db8::/32', 'v1.2.3', '1.2.3-rc.1', 'YWJj', 'YWI=', '2026-03-01T09:30:00Z', '3', '%s', '%d', '(?<n>', '(?P<n>', 'i', 'İ', 'K',
] // prettier-ignore
const texts: Texts = fc
  .array(fc.constantFrom(...pieces), { maxLength: 5 })
  .map((parts) => parts.join(''))
  .map((text) => JSON.stringify(text))

const words = fc.constantFrom('null', 'true', 'false')

function list(texts: Texts, maxLength = 5): fc.Arbitrary<string[]> {
  return fc.array(texts, { maxLength })
}

function arrays(of: Texts): Texts {
  return list(of).map((values) => `[${values.join(',')}]`)
}

function sets(of: Texts): Texts {
  return list(of).map((values) => (values.length === 0 ? 'set()' : `{${values.join(',')}}`))
}

function objects(keys: Texts, values: Texts): Texts {
  return fc
    .uniqueArray(fc.tuple(keys, values), { maxLength: 5, selector: ([key]) => key })
    .map((members) => `{${members.map(([key, value]) => `${key}:${value}`).join(',')}}`)
}

/** Any value in Rego's notation. */
const anyValue: Texts = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    texts,
    numbers,
    words,
    arrays(tie('value')),
    sets(tie('value')),
    objects(fc.oneof({ arbitrary: texts, weight: 4 }, tie('value')), tie('value')),
  ),
})).value

/** A value as it is declared; now and then another. */
export function valueOf(declared: Declared): Texts {
  return fc.oneof({ arbitrary: exactly(declared), weight: 24 }, { arbitrary: anyValue, weight: 1 })
}

const scalars: { readonly [type: string]: Texts } = {
  string: texts,
  number: numbers,
  boolean: fc.constantFrom('true', 'false'),
  null: fc.constant('null'),
}

const composed: { readonly [type: string]: (declared: Declared) => Texts } = {
  set: ({ of }) => sets(isOne(of) ? exactly(of) : anyValue),
  object: ({ dynamic }) =>
    dynamic !== undefined && 'key' in dynamic
      ? objects(exactly(dynamic.key), exactly(dynamic.value))
      : objects(texts, anyValue),
  array: ({ dynamic, static: items }) => {
    if (items !== undefined)
      return fc.tuple(...items.map(exactly)).map((values) => `[${values.join(',')}]`)
    return arrays(dynamic !== undefined && 'type' in dynamic ? exactly(dynamic) : anyValue)
  },
}

function exactly(declared: Declared): Texts {
  const { type, of } = declared
  const known = scalars[type] ?? composed[type]?.(declared)
  if (known !== undefined) return known
  return isOne(of) || of === undefined ? anyValue : fc.oneof(...of.map(exactly))
}

function isOne(of: Declared['of']): of is Declared {
  return of !== undefined && !Array.isArray(of)
}
