import { createHmac, timingSafeEqual } from 'node:crypto'
import { Fault } from '@writ/domain'
import { canonicalText } from '@writ/ledger'
import type { Caller, RecordFilter, RecordPlace } from '@writ/service'

/** The list that a cursor belongs to: in any other it is refused, so that no page is skipped or repeated unseen. */
export type CursorScope = {
  readonly caller: Caller
  readonly filter: RecordFilter & Partial<{ readonly instant: string; readonly size: number }>
  readonly now: Date
}

/** Where a list goes on, and until when it may: what was recorded as one reading ends. */
export type ListPlace = {
  readonly before: RecordPlace
  /** In milliseconds since 1970. */
  readonly until: number
}

/** A place in a list as an opaque text, bound to the list by a MAC. */
export function writeCursor(key: Uint8Array, scope: CursorScope, place: ListPlace): string {
  const { before, until } = place
  const named = Buffer.from(JSON.stringify([before.at, before.id, until]))
  return `${named.toString('base64url')}.${macOf(key, scope, named).toString('base64url')}`
}

/** The place that a cursor names, if it was written for this very list, and not too long ago. */
export function readCursor(key: Uint8Array, scope: CursorScope, cursor: string): ListPlace {
  const [named = '', mac = '', ...rest] = cursor.split('.')
  const bytes = Buffer.from(named, 'base64url')
  const given = Buffer.from(mac, 'base64url')
  const expected = macOf(key, scope, bytes)
  const isOurs =
    rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected)
  if (!isOurs || `${bytes.toString('base64url')}.${given.toString('base64url')}` !== cursor)
    throw refused(
      'Take next_cursor as it was given, with the same filters; or begin again without a cursor',
    )
  const [at, id, until]: readonly unknown[] = JSON.parse(bytes.toString())
  if (Number(until) < scope.now.getTime())
    throw refused('A list is read within a day; begin again without a cursor')
  return { before: { at: String(at), id: String(id) }, until: Number(until) }
}

function refused(way: string): Fault {
  return new Fault('cursor-invalid', way)
}

function macOf(key: Uint8Array, { caller, filter }: CursorScope, named: Buffer): Buffer {
  const { tenant, principal } = caller
  const set = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  const scope = canonicalText(['writ.cursor/v2', tenant, principal, Object.fromEntries(set)])
  return createHmac('sha256', key).update(scope).update('\0').update(named).digest()
}
