import type { Json } from '@writ/domain'
import { notJson, plainScalar, type Dialect } from './scalars.ts'

/** What was read; undefined where it is not written plainly. */
export type Plain = Json | undefined

export const codes = {
  newline: 0x0a,
  space: 0x20,
  quote: 0x22,
  hash: 0x23,
  apostrophe: 0x27,
  comma: 0x2c,
  dash: 0x2d,
  colon: 0x3a,
  greater: 0x3e,
  question: 0x3f,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  bar: 0x7c,
  closeBrace: 0x7d,
} as const

/** Characters that begin something else than a word. */
const indicators = Uint8Array.from({ length: 0x80 }, (_, code) =>
  Number('#&*!|>\'"%@`,[]{} \n'.includes(String.fromCharCode(code))),
)

/** True where a word without quotes may begin. */
export function beginsPlain(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (indicators[code] === 1) return false
  if (code !== codes.dash && code !== codes.question) return true
  return indicators[text.charCodeAt(at + 1)] === 0
}

export function wordOf(text: string, dialect: Dialect): Plain {
  const value = plainScalar(text, dialect)
  return value === notJson ? undefined : value
}
