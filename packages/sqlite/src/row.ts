import { Fault } from '@writ/domain'
import type { Row } from './connection.ts'

/** Reads a column that the schema says is a text. */
export function textIn(row: Row, column: string): string {
  const value = row[column]
  if (typeof value === 'string') return value
  throw damaged(column)
}

export function textOrNullIn(row: Row, column: string): string | null {
  return row[column] === null ? null : textIn(row, column)
}

export function bytesIn(row: Row, column: string): Uint8Array {
  const value = row[column]
  if (value instanceof Uint8Array) return value
  throw damaged(column)
}

export function numberIn(row: Row, column: string): number {
  const value = row[column]
  if (typeof value === 'number') return value
  throw damaged(column)
}

/** Reads a text column as one of the words that it may hold. */
export function wordIn<W extends string>(row: Row, column: string, words: readonly W[]): W {
  const found = words.find((word) => word === row[column])
  if (found !== undefined) return found
  throw damaged(column)
}

export function wordOrNullIn<W extends string>(
  row: Row,
  column: string,
  words: readonly W[],
): W | null {
  return row[column] === null ? null : wordIn(row, column, words)
}

function damaged(column: string): Fault {
  return new Fault(
    'records-unavailable',
    `The store holds something else than expected in ${column}`,
  )
}
