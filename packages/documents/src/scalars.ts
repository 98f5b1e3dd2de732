/** How plain words become values: as kubectl reads them (YAML 1.1, as go-yaml does), or as GitHub does (YAML 1.2). */
export type Dialect = 'kubernetes' | 'github-workflow'

/** A number that JSON has no word for. */
export const notJson = Symbol('not JSON')
export type Scalar = null | boolean | number | string | typeof notJson

const newWords: Words = new Map([
  ...meaning(null, '', '~', 'null', 'Null', 'NULL'),
  ...meaning(true, 'true', 'True', 'TRUE'),
  ...meaning(false, 'false', 'False', 'FALSE'),
])
const oldWords: Words = new Map([
  ...newWords,
  ...meaning(true, 'y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'),
  ...meaning(false, 'n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'),
])
const longestWord = 5
/** The words of a dialect by their first character: a look at it settles most texts, and to hash each takes far longer. */
const wordsByFirst = { kubernetes: byFirst(oldWords), 'github-workflow': byFirst(newWords) }
/** As every reader reads it: neither octal, nor too long to be exact. */
const shortInteger = /^[1-9][0-9]{0,14}$/
const notFinite = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const decimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
/** `017` is octal to go-yaml and decimal to YAML 1.2. A longer one fits no 64 bits, so it is none. */
const oldInteger =
  /^(?<sign>[-+]?)(?:0[xX](?<hex>[0-9a-fA-F]{1,64})|0[bB](?<bin>[01]{1,64})|0[oO]?(?<oct>[0-7]{1,64}))$/
const newInteger = /^(?:0x(?<hex>[0-9a-fA-F]{1,64})|0o(?<oct>[0-7]{1,64}))$/

/** The value of a word that stands without quotes. Dates stay texts, as both readers leave them; so do numbers that would be rounded. */
export function plainScalar(text: string, dialect: Dialect): Scalar {
  const first = text.charCodeAt(0)
  if (text.length <= longestWord) {
    for (const [word, value] of wordsByFirst[dialect].get(first) ?? [])
      if (word === text) return value
  }
  return beginsNumber(first) ? numberOrText(text, dialect) : text
}

/** A digit, a sign or a point. */
function beginsNumber(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46
}

function meaning(
  value: null | boolean,
  ...words: readonly string[]
): readonly (readonly [string, null | boolean])[] {
  return words.map((word) => [word, value])
}

type Words = ReadonlyMap<string, null | boolean>

function byFirst(
  words: Words,
): ReadonlyMap<number, readonly (readonly [string, null | boolean])[]> {
  return Map.groupBy(words, ([word]) => word.charCodeAt(0))
}

function numberOrText(text: string, dialect: Dialect): number | string | typeof notJson {
  if (shortInteger.test(text)) return Number(text)
  if (notFinite.test(text)) return notJson
  const value = numberOf(text, dialect)
  if (value === null || !isKept(value, text)) return text
  return value === 0 ? 0 : value // zero has no sign in JSON
}

/** The value of a word under a tag that names one of JSON's kinds; undefined where it is not of that kind. */
export function taggedScalar(text: string, tag: string, dialect: Dialect): Scalar | undefined {
  if (tag === 'str' || tag === 'timestamp') return text
  if (tag === 'merge') return text === '<<' ? text : undefined
  const value = plainScalar(text, dialect)
  return Object.hasOwn(fits, tag) && fits[tag]?.(value) === true ? value : undefined
}

const fits: Readonly<Record<string, (value: Scalar) => boolean>> = {
  null: (value) => value === null,
  bool: (value) => typeof value === 'boolean',
  int: Number.isInteger,
  float: (value) => typeof value === 'number' || value === notJson,
}

/** A key as the text that JSON needs; null where the readers of this dialect refuse it. */
export function keyOf(text: string, plain: boolean, dialect: Dialect): string | null {
  if (!plain || dialect === 'github-workflow') return text
  const value = plainScalar(text, dialect)
  if (value === null) return null
  return value === notJson ? text : String(value)
}

function numberOf(text: string, dialect: Dialect): number | null {
  if (dialect === 'github-workflow') return basedInteger(newInteger.exec(text)) ?? float(text)
  const plain = text.replaceAll('_', '')
  return basedInteger(oldInteger.exec(plain)) ?? float(plain)
}

function basedInteger(match: RegExpExecArray | null): number | null {
  if (match === null) return null
  const { sign, hex, bin, oct } = match.groups ?? {}
  const digits = hex === undefined ? undefined : `0x${hex}`
  const value = BigInt(digits ?? (bin === undefined ? `0o${oct ?? '0'}` : `0b${bin}`))
  if (value >= 2n ** 64n) return null
  return sign === '-' ? -Number(value) : Number(value)
}

/** The nearest double. */
function float(text: string): number | null {
  return decimal.test(text) ? Number(text) : null
}

/** False for what the wire refuses, because two readers could take it for two numbers (docs/decisions/0003). */
function isKept(value: number, text: string): boolean {
  if (value === 0) return !/^[^eE]*[1-9]/.test(text)
  return Number.isFinite(value) && (Number.isSafeInteger(value) || !Number.isInteger(value))
}
