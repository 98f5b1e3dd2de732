import { Fault } from '@writ/domain'
import type { Row } from './database.ts'

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

/** Reads a column that holds a JSON list of texts. */
export function textsIn(row: Row, column: string): readonly string[] {
  const list = jsonIn(row, column)
  if (!Array.isArray(list)) throw damaged(column)
  return list.map((member: unknown) => {
    if (typeof member === 'string') return member
    throw damaged(column)
  })
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

/** The Fault of a file in which something else stands than this program writes. */
export function damaged(column: string): Fault {
  return new Fault(
    'records-unavailable',
    `The store is damaged: ${column} holds something else than it should. Bring it back from a backup`,
  )
}

/** Reads a column that holds JSON, of which nothing more is known. */
export function jsonIn(row: Row, column: string): unknown {
  const text = textIn(row, column)
  try {
    return JSON.parse(text)
  } catch {
    throw damaged(column)
  }
}
