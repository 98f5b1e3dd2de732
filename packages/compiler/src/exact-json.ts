/** A value of JSON whose numbers keep the text that they were written in: `JSON.stringify` gives that text back. */
export type ExactJson = unknown

export type ExactObject = { readonly [name: string]: ExactJson }

type Source = { readonly source: string }

/** Numbers as their source text, which TypeScript's library does not know of yet. */
const json: { readonly isRawJSON: () => boolean; readonly rawJSON: () => unknown } = {
  isRawJSON: Reflect.get(JSON, 'isRawJSON'),
  rawJSON: Reflect.get(JSON, 'rawJSON'),
}

/** Reads JSON to the digit; undefined where the bytes are none. */
export function readExactJson(bytes: Uint8Array): ExactJson {
  const keep = (_: string, value: unknown, { source }: Source): unknown =>
    typeof value === 'number' ? Reflect.apply(json.rawJSON, JSON, [source]) : value
  try {
    return Reflect.apply(JSON.parse, JSON, [new TextDecoder().decode(bytes), keep])
  } catch {
    return undefined
  }
}

export function isExactObject(value: ExactJson): value is ExactObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isNumber(value)
}

function isNumber(value: object): boolean {
  return Boolean(Reflect.apply(json.isRawJSON, JSON, [value]))
}

/** The value as text that is equal for equal values: keys sorted by their bytes, numbers as they were written, no spaces. */
export function exactText(value: ExactJson): string {
  if (Array.isArray(value)) return `[${value.map(exactText).join(',')}]`
  if (isExactObject(value)) {
    const members = Object.keys(value)
      .toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
      .map((name) => `${stringText(name)}:${exactText(value[name])}`)
    return `{${members.join(',')}}`
  }
  return typeof value === 'string' ? stringText(value) : JSON.stringify(value)
}

/** As Go writes a string: half a surrogate pair is U+FFFD, and two separators of lines are escaped. */
function stringText(text: string): string {
  return JSON.stringify(text.toWellFormed())
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`)
}
