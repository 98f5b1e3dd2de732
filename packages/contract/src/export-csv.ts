import { valueAt, type Json } from '@writ/domain'
import type { ExportedRecord } from './exported.ts'

/** What a spreadsheet shows of a record, in the order of its columns. */
const columns: readonly (readonly [string, (record: ExportedRecord) => string | number | null])[] =
  [
    ['recorded_at', ({ recorded_at: at }) => at],
    ['id', ({ id }) => id],
    ['type', ({ type }) => type],
    ['tenant', ({ tenant }) => tenant],
    ['kind', ({ facets }) => facets.kind],
    ['outcome', ({ facets }) => facets.outcome],
    ['environment', ({ facets }) => facets.environment],
    ['actor', ({ facets }) => facets.actor],
    ['caller', callerOf],
    ['resource', ({ facets }) => facets.resource],
    ['service', ({ facets }) => facets.service],
    ['team', ({ facets }) => facets.team],
    ['rules', ({ facets }) => facets.rules.join(' ')],
    ['correlation', ({ facets }) => facets.correlation],
    ['index', ({ index }) => index],
  ]

/** The first line of a CSV file of records (RFC 4180). */
export const csvHead: string = csvLine(columns.map(([name]) => name))

/** A record as a line of CSV, of which no spreadsheet takes a cell for a formula. */
export function csvRow(record: ExportedRecord): string {
  return csvLine(columns.map(([, cell]) => cell(record)))
}

/** Who sent it: not the subject, about whom they asked. Null also of what was erased. */
export function callerOf({ body }: ExportedRecord): string | null {
  if (body.text === '') return null
  const content: Json = JSON.parse(body.text)
  const principal = valueAt(content, '/caller/principal')
  return typeof principal === 'string' ? principal : null
}

function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => quoted(harmless(String(cell ?? '')))).join(',')}\r\n`
}

/** What begins like a formula, in whatever program opens it, is shown as text. */
function harmless(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
