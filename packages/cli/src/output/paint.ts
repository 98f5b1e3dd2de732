import type { Desk } from '../desk.ts'

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const

/** Puts a style around a text where styles are wanted. A style never carries a meaning that the words do not. */
export type Paint = (style: keyof typeof codes, text: string) => string

/** Styles on a terminal only, and not where NO_COLOR or the caller says no. */
export function createPaint({ env, outIsTerminal }: Desk, wanted: boolean): Paint {
  const noColor = (env['NO_COLOR'] ?? '') !== ''
  const shows = wanted && outIsTerminal && !noColor && env['TERM'] !== 'dumb'
  return (style, text) => (shows ? `\u001b[${codes[style]}m${text}\u001b[0m` : text)
}
