import type { Issue } from '@writ/domain'
import type { Token } from './tokens.ts'

/** A mistake at a place in a file, as editors and CI logs take it: `file:row:column`. */
export function issueAt(path: string, at: Pick<Token, 'row' | 'column'>, message: string): Issue {
  return { pointer: `${path}:${at.row}:${at.column}`, message }
}

/** Each mistake once, in the order of files and places. */
export function inOrder<Found extends Issue>(issues: readonly Found[]): readonly Found[] {
  const unique = new Map(issues.map((issue) => [`${issue.pointer}\n${issue.message}`, issue]))
  return [...unique.values()].toSorted((left, right) => comparePlaces(left.pointer, right.pointer))
}

function comparePlaces(left: string, right: string): number {
  const [file, row, column] = placeOf(left)
  const [otherFile, otherRow, otherColumn] = placeOf(right)
  if (file !== otherFile) return file < otherFile ? -1 : 1
  return row - otherRow || column - otherColumn
}

function placeOf(pointer: string): readonly [string, number, number] {
  const [file = '', row = '0', column = '0'] = pointer.split(':')
  return [file, Number(row), Number(column)]
}
