import { pointerOf } from '@writ/contract'
import { isExactObject, readExactJson, type ExactJson } from '../exact-json.ts'
import type { DataChange } from './difference.ts'

/** What differs between two `data.json`, value by value; lists are compared as a whole. */
export function dataBetween(
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
): readonly DataChange[] {
  const [left, right] = [before, after].map((bytes) => readExactJson(bytes ?? Buffer.from('{}')))
  return changesAt([], left, right)
}

function changesAt(
  path: readonly string[],
  before: ExactJson,
  after: ExactJson,
): readonly DataChange[] {
  if (isExactObject(before) && isExactObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
    return names.flatMap((name) => changesAt([...path, name], before[name], after[name]))
  }
  const [left, right] = [textOf(before), textOf(after)]
  return left === right ? [] : [{ pointer: pointerOf(path), before: left, after: right }]
}

function textOf(value: ExactJson): string | null {
  return value === undefined ? null : JSON.stringify(value)
}
