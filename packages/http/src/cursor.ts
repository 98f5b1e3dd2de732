import { createHmac, timingSafeEqual } from 'node:crypto'
import type { DecisionFilter } from '@writ/contract'
import { Fault } from '@writ/domain'
import { canonicalText } from '@writ/ledger'
import type { Caller, RecordPlace } from '@writ/service'

/** The list that a cursor belongs to: in any other it is refused, so that no page is skipped or repeated unseen. */
export type CursorScope = { readonly caller: Caller; readonly filter: DecisionFilter }

/** A place in a list as an opaque text, bound to the list by a MAC. */
export function writeCursor(key: Uint8Array, scope: CursorScope, place: RecordPlace): string {
  const named = Buffer.from(JSON.stringify([place.at, place.id]))
  return `${named.toString('base64url')}.${macOf(key, scope, named).toString('base64url')}`
}

/** The place that a cursor names, if it was written for this very list. */
export function readCursor(key: Uint8Array, scope: CursorScope, cursor: string): RecordPlace {
  const [named = '', mac = '', ...rest] = cursor.split('.')
  const bytes = Buffer.from(named, 'base64url')
  const given = Buffer.from(mac, 'base64url')
  const expected = macOf(key, scope, bytes)
  const isOurs =
    rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected)
  if (!isOurs || `${bytes.toString('base64url')}.${given.toString('base64url')}` !== cursor)
    throw new Fault(
      'cursor-invalid',
      'Take next_cursor as it was given, with the same filters; or begin again without a cursor',
    )
  const [at, id]: readonly unknown[] = JSON.parse(bytes.toString())
  return { at: String(at), id: String(id) }
}

function macOf(key: Uint8Array, { caller, filter }: CursorScope, named: Buffer): Buffer {
  const { tenant, principal } = caller
  const set = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  const scope = canonicalText(['writ.cursor/v1', tenant, principal, Object.fromEntries(set)])
  return createHmac('sha256', key).update(scope).update('\0').update(named).digest()
}
