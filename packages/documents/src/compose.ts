import type { Json } from '@writ/domain'
import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event, type ScalarEvent } from 'js-yaml'
import { limits } from './limits.ts'
import { merge, put } from './mapping.ts'
import {
  duplicate,
  excerpt,
  isMistake,
  mistake,
  offsetOf,
  overBound,
  tooDeep,
  type Mistake,
} from './mistake.ts'
import { keyOf, notJson, plainScalar, taggedScalar, type Dialect } from './scalars.ts'

/** What one file has used of its bounds: every document composed adds to it. */
export type Budget = { values: number; characters: number }

/** A value with what it weighs once every alias in it is written out. */
type Node = {
  readonly value: Json
  readonly values: number
  readonly characters: number
  readonly depth: number
}
type Sums = { values: number; characters: number; depth: number }

type Reader = {
  readonly source: string
  readonly events: readonly Event[]
  readonly dialect: Dialect
  readonly budget: Budget
  readonly anchors: Map<string, Node | 'open'>
  at: number
  depth: number
}

export type Composition =
  | { readonly status: 'composed'; readonly documents: readonly Json[] }
  | { readonly status: 'mistaken'; readonly mistake: Mistake }

/** The documents that parser events stand for, as plain JSON; or the first mistake. Work and result are bounded by the budget. */
export function compose(
  events: readonly Event[],
  source: string,
  { dialect, budget }: { readonly dialect: Dialect; readonly budget: Budget },
): Composition {
  const documents: Json[] = []
  const reader: Reader = {
    source,
    events,
    dialect,
    budget,
    anchors: new Map(),
    at: 0,
    depth: 0,
  }
  while (reader.at < events.length) {
    const document = readDocument(reader)
    if (isMistake(document)) return { status: 'mistaken', mistake: shown(document, reader) }
    documents.push(document.value)
  }
  return { status: 'composed', documents }
}

/** The text of a key as this dialect's readers see it; null where it is none. */
export function keyText(source: string, event: ScalarEvent, dialect: Dialect): string | null {
  const plain = event.style === SCALAR_STYLE.PLAIN && event.tagStart === -1
  return keyOf(getScalarValue(source, event), plain, dialect)
}

/** True for the `<<` that merges another mapping into this one. */
export function isMergeKey(source: string, event: Event | undefined): boolean {
  if (event?.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.PLAIN) return false
  return event.tagStart === -1 && getScalarValue(source, event) === '<<'
}

/** What has no text of its own is shown where the last text before it stands. */
function shown(mistake: Mistake, { events, at }: Reader): Mistake {
  if (mistake.offset >= 0) return mistake
  const before = events.slice(0, at).findLast((event) => offsetOf(event) >= 0)
  return { ...mistake, offset: Math.max(0, offsetOf(before)) }
}

function readDocument(reader: Reader): Node | Mistake {
  const event = reader.events[reader.at++]
  if (event?.type === EVENT_ID.DOCUMENT && event.directives.some(({ kind }) => kind === 'tag'))
    return mistake('a %TAG directive is not read: write each tag out', event)
  reader.anchors.clear()
  const node = readNode(reader)
  reader.at += 1
  return node
}

function readNode(reader: Reader): Node | Mistake {
  const event = reader.events[reader.at++]
  if (event?.type === EVENT_ID.SCALAR) return anchored(reader, event, readScalar(reader, event))
  if (event?.type === EVENT_ID.ALIAS) return readAlias(reader, event)
  if (event?.type === EVENT_ID.SEQUENCE || event?.type === EVENT_ID.MAPPING)
    return readCollection(reader, event)
  return mistake('the YAML ends too early', event)
}

function readScalar(reader: Reader, event: ScalarEvent): Node | Mistake {
  const text = getScalarValue(reader.source, event)
  const value = scalarValue(reader, event, text)
  if (value === undefined)
    return mistake(
      `the tag ${tagText(reader, event)} does not fit “${excerpt(text)}”: leave it out`,
      event,
    )
  if (value === notJson)
    return mistake(`${text} is not a number that JSON can hold: use a finite one, or quotes`, event)
  if (typeof value === 'string' && !value.isWellFormed())
    return mistake('an escape stands for half a character: write both halves', event)
  const characters = typeof value === 'string' ? value.length : 0
  return charged(reader, { value, values: 1, characters, depth: 0 }, event)
}

function scalarValue(reader: Reader, event: ScalarEvent, text: string) {
  const tag = tagOf(tagText(reader, event))
  if (tag === null)
    return event.style === SCALAR_STYLE.PLAIN ? plainScalar(text, reader.dialect) : text
  return tag === 'custom' ? text : taggedScalar(text, tag, reader.dialect)
}

function readAlias(reader: Reader, event: Event & { type: typeof EVENT_ID.ALIAS }): Node | Mistake {
  const name = reader.source.slice(event.anchorStart, event.anchorEnd)
  const node = reader.anchors.get(name)
  if (node === undefined) return mistake(`the alias *${name} has no anchor &${name}`, event)
  if (node === 'open') return mistake(`the alias *${name} stands inside its own anchor`, event)
  if (reader.depth + node.depth > limits.depth) return tooDeep(event)
  return charged(reader, node, event)
}

type CollectionEvent = Extract<Event, { start: number }>

function readCollection(reader: Reader, event: CollectionEvent): Node | Mistake {
  if (reader.depth === limits.depth) return tooDeep(event)
  const isList = event.type === EVENT_ID.SEQUENCE
  const tag = tagOf(tagText(reader, event))
  if (tag !== null && tag !== 'custom' && tag !== (isList ? 'seq' : 'map'))
    return mistake(`the tag ${tagText(reader, event)} is not read here: leave it out`, event)
  const anchor = anchorOf(reader, event)
  if (anchor !== null) reader.anchors.set(anchor, 'open')
  reader.depth += 1
  const node = isList ? readList(reader) : readMapping(reader)
  reader.depth -= 1
  if (isMistake(node)) return node
  reader.at += 1
  const own = charged(reader, { value: null, values: 1, characters: 0, depth: 0 }, event)
  return isMistake(own) ? own : anchored(reader, event, node)
}

function readList(reader: Reader): Node | Mistake {
  const items: Json[] = []
  const sums: Sums = { values: 1, characters: 0, depth: 0 }
  while (reader.events[reader.at]?.type !== EVENT_ID.POP) {
    const item = readNode(reader)
    if (isMistake(item)) return item
    items.push(item.value)
    add(sums, item)
  }
  return { value: items, ...sums, depth: sums.depth + 1 }
}

function readMapping(reader: Reader): Node | Mistake {
  const members: Record<string, Json> = {}
  const merged = new Set<string>()
  const sums: Sums = { values: 1, characters: 0, depth: 0 }
  let hasMerge = false
  while (reader.events[reader.at]?.type !== EVENT_ID.POP) {
    const event = reader.events[reader.at]
    const isMerge = isMergeKey(reader.source, event)
    if (isMerge && hasMerge) return duplicate('<<', event)
    const key = readKey(reader)
    if (isMistake(key)) return key
    const node = readNode(reader)
    if (isMistake(node)) return node
    add(sums, node)
    add(sums, { values: 1, characters: key.text.length, depth: 0 })
    hasMerge ||= isMerge
    const wrong = isMerge
      ? merge({ members, merged, dialect: reader.dialect }, node.value, event)
      : put({ members, merged }, key.text, { event, value: node.value })
    if (wrong !== null) return wrong
  }
  return { value: members, ...sums, depth: sums.depth + 1 }
}

function readKey(reader: Reader): { readonly text: string } | Mistake {
  const event = reader.events[reader.at]
  const text =
    event?.type === EVENT_ID.SCALAR ? keyText(reader.source, event, reader.dialect) : null
  const node = readNode(reader)
  if (isMistake(node)) return node
  if (event?.type === EVENT_ID.SCALAR)
    return text === null ? mistake('a key is empty: give it a name, or quotes', event) : { text }
  if (node.value === null || typeof node.value === 'object')
    return mistake('a key is a list or a mapping: a key must be a text', event)
  return { text: String(node.value) }
}

function add(sums: Sums, node: Sums | Node): void {
  sums.values += node.values
  sums.characters += node.characters
  sums.depth = Math.max(sums.depth, node.depth)
}

function charged(reader: Reader, node: Node, event: Event): Node | Mistake {
  const { budget } = reader
  budget.values += node.values
  budget.characters += node.characters
  if (budget.values > limits.values)
    return overBound(`more than ${limits.values} values, aliases written out`, event)
  if (budget.characters > limits.characters)
    return overBound(`more than ${limits.characters} characters, aliases written out`, event)
  return node
}

function anchored(reader: Reader, event: Event, node: Node | Mistake): Node | Mistake {
  const anchor = anchorOf(reader, event)
  if (anchor !== null && !isMistake(node)) reader.anchors.set(anchor, node)
  return node
}

function anchorOf(reader: Reader, event: Event): string | null {
  if (!('anchorStart' in event) || event.anchorStart === -1) return null
  return reader.source.slice(event.anchorStart, event.anchorEnd)
}

function tagText(reader: Reader, event: ScalarEvent | CollectionEvent): string {
  return event.tagStart === -1 ? '' : reader.source.slice(event.tagStart, event.tagEnd)
}

/** YAML's own tags by name; go-yaml takes a text under any other tag as it stands. */
function tagOf(tag: string): string | null {
  if (tag === '') return null
  if (tag === '!') return 'custom'
  const match = /^(?:!!|!<tag:yaml\.org,2002:)([^>]*)>?$/.exec(tag)
  return match?.[1] ?? 'custom'
}
