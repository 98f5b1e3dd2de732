import { EVENT_ID, SCALAR_STYLE, type Event } from 'js-yaml'
import { isMergeKey, keyText } from './compose.ts'
import { offsetOf } from './mistake.ts'
import type { Dialect } from './scalars.ts'

/** Parser events with what gives them meaning. */
export type EventSource = {
  readonly events: readonly Event[]
  readonly source: string
  readonly dialect: Dialect
  readonly anchors: ReadonlyMap<number, number>
}

/** Ready for any number of questions about one chunk. */
export function eventSource(
  events: readonly Event[],
  source: string,
  dialect: Dialect,
): EventSource {
  return { events, source, dialect, anchors: anchorsOf(events, source) }
}

/**
 * The offset of what an RFC 6901 pointer leads to in the `number`-th document: a member's key, an item's first character.
 * It follows aliases and merges to where the value is written, and stops at the nearest ancestor that exists.
 */
export function offsetIn(from: EventSource, number: number, pointer: string): number {
  const root = rootOf(from.events, number)
  let found: Found = { at: root, offset: Math.max(0, offsetOf(from.events[root])) }
  for (const step of pointer.split('/').slice(1)) {
    const next = member(from, found.at, step.replaceAll('~1', '/').replaceAll('~0', '~'))
    if (next === null) break
    found = next.offset === -1 ? { ...next, offset: found.offset } : next
  }
  return found.offset
}

/** The position of a value's event, and the offset that shows it best. */
type Found = { readonly at: number; readonly offset: number }

function rootOf(events: readonly Event[], number: number): number {
  let passed = -1
  const start = events.findIndex(({ type }) => {
    if (type === EVENT_ID.DOCUMENT) passed += 1
    return passed === number
  })
  return start + 1
}

function member(from: EventSource, position: number, step: string): Found | null {
  const at = from.anchors.get(position) ?? position
  const type = from.events[at]?.type
  if (type === EVENT_ID.SEQUENCE) return itemOf(from, at, step)
  return type === EVENT_ID.MAPPING ? memberOf(from, at, step) : null
}

function itemOf({ events, source }: EventSource, list: number, step: string): Found | null {
  if (!/^\d{1,9}$/.test(step)) return null
  let at = list + 1
  for (let left = Number(step); left > 0 && !isEnd(events, at); left--) at = after(events, at)
  return isEnd(events, at) ? null : { at, offset: itemOffset(source, events[at]) }
}

/** The text of a block begins a line below its `|` or `>`, which is what one looks for. */
function itemOffset(source: string, event: Event | undefined): number {
  const offset = offsetOf(event)
  const isBlock =
    event?.type === EVENT_ID.SCALAR &&
    (event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK)
  if (!isBlock || offset === -1) return offset
  // The header is the rest of one line; a comment in it may be long, and then its end is shown.
  const before = source.slice(Math.max(0, offset - 200), offset)
  const header = /[|>][-+0-9]*[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)$/.exec(before)
  return header === null ? offset - 1 : offset - header[0].length
}

function memberOf(from: EventSource, mapping: number, step: string): Found | null {
  const { events, source, dialect } = from
  const merges: number[] = []
  let at = mapping + 1
  while (!isEnd(events, at)) {
    const key = events[at]
    const value = after(events, at)
    if (isMergeKey(source, key)) merges.push(value)
    else if (key?.type === EVENT_ID.SCALAR && keyText(source, key, dialect) === step)
      return { at: value, offset: offsetOf(key) }
    at = after(events, value)
  }
  return mergedMember(from, merges, step)
}

function mergedMember(from: EventSource, merges: readonly number[], step: string): Found | null {
  for (const merge of merges) {
    for (const source of mergeSources(from, merge)) {
      const found = member(from, source, step)
      if (found !== null) return found
    }
  }
  return null
}

function mergeSources(from: EventSource, position: number): readonly number[] {
  const at = from.anchors.get(position) ?? position
  if (from.events[at]?.type !== EVENT_ID.SEQUENCE) return [at]
  const sources: number[] = []
  for (let item = at + 1; !isEnd(from.events, item); item = after(from.events, item))
    sources.push(item)
  return sources
}

/** For each alias, the event that it stands for: the last before it that bears its name. */
function anchorsOf(events: readonly Event[], source: string): ReadonlyMap<number, number> {
  const named = new Map<string, number>()
  const anchors = new Map<number, number>()
  for (const [at, event] of events.entries()) {
    if (!('anchorStart' in event) || event.anchorStart === -1) continue
    const name = source.slice(event.anchorStart, event.anchorEnd)
    if (event.type === EVENT_ID.ALIAS) anchors.set(at, named.get(name) ?? at)
    else named.set(name, at)
  }
  return anchors
}

function isEnd(events: readonly Event[], at: number): boolean {
  return (events[at]?.type ?? EVENT_ID.POP) === EVENT_ID.POP
}

/** The position after a whole value. */
function after(events: readonly Event[], position: number): number {
  let open = 0
  let at = position
  do {
    const type = events[at]?.type
    if (type === EVENT_ID.SEQUENCE || type === EVENT_ID.MAPPING) open += 1
    else if (type === EVENT_ID.POP) open -= 1
    at += 1
  } while (open > 0 && at < events.length)
  return at
}
