import { plainLine } from './plain.ts'

/** Rows below a heading, each column as wide as it must be. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((row) => row.map(plainLine))
  const widths = head.map((_, at) => Math.max(...lines.map((row) => (row[at] ?? '').length)))
  return lines
    .map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd())
    .join('\n')
}
