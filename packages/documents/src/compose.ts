import type { Json } from '@writ/domain'
import {
  EVENT_ID,
  getScalarValue,
  SCALAR_STYLE,
  type AliasEvent,
  type DocumentEvent,
  type Event,
  type PopEvent,
  type ScalarEvent,
} from 'js-yaml'
import { limits } from './limits.ts'
import { merge, put, type Members } from './mapping.ts'
import {
  duplicate,
  excerpt,
  mistake,
  offsetOf,
  overBound,
  tooDeep,
  type Mistake,
} from './mistake.ts'
import { keyOf, notJson, plainScalar, taggedScalar, type Dialect } from './scalars.ts'

/** What one file has used of its bounds: every document composed adds to it. */
export type Budget = { values: number; characters: number }

/** What an anchor stands for, and what it weighs once every alias in it is written out. */
type Anchored = {
  readonly value: Json
  readonly values: number
  readonly characters: number
  readonly depth: number
}

type Reader = {
  readonly source: string
  readonly events: readonly Event[]
  readonly dialect: Dialect
  readonly budget: Budget
  readonly anchors: Map<string, Anchored | 'open'>
  at: number
  depth: number
  /** Of all values met since the innermost anchor. */
  deepest: number
  /** The first one ends the reading: whatever is given after it means nothing. */
  mistake: Mistake | null
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
    deepest: 0,
    mistake: null,
  }
  while (reader.at < events.length) {
    const document = readDocument(reader)
    if (reader.mistake !== null)
      return { status: 'mistaken', mistake: shown(reader.mistake, reader) }
    documents.push(document)
  }
  return { status: 'composed', documents }
}

/** The text of a key as this dialect's readers see it; null where it is none. */
export function keyText(source: string, event: ScalarEvent, dialect: Dialect): string | null {
  return keyOf(getScalarValue(source, event), isPlain(event), dialect)
}

function isPlain({ style, tagStart }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.PLAIN && tagStart === -1
}

/** True for the `<<` that merges another mapping into this one, also where its tag stands before it. */
export function isMergeKey(source: string, event: Event | undefined): boolean {
  if (event?.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.PLAIN) return false
  const { tagStart, tagEnd } = event
  if (tagStart !== -1 && source.slice(tagStart, tagEnd) !== '!!merge') return false
  return event.valueEnd - event.valueStart === 2 && source.startsWith('<<', event.valueStart)
}

/** What has no text of its own is shown where the last text before it stands. */
function shown(mistake: Mistake, { events, at }: Reader): Mistake {
  if (mistake.offset >= 0) return mistake
  const before = events.slice(0, at).findLast((event) => offsetOf(event) >= 0)
  return { ...mistake, offset: Math.max(0, offsetOf(before)) }
}

function readDocument(reader: Reader): Json {
  const event = reader.events[reader.at++]
  if (event?.type === EVENT_ID.DOCUMENT && event.directives.some(({ kind }) => kind === 'tag'))
    return fail(reader, mistake('a %TAG directive is not read: write each tag out', event))
  reader.anchors.clear()
  const value = readNode(reader)
  reader.at += 1
  return value
}

function readNode(reader: Reader): Json {
  const event = reader.events[reader.at++]
  switch (event?.type) {
    case EVENT_ID.SCALAR:
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING:
      return event.anchorStart === -1 ? readValue(reader, event) : readAnchored(reader, event)
    case EVENT_ID.ALIAS:
      return readAlias(reader, event)
    case undefined:
    case EVENT_ID.DOCUMENT:
    case EVENT_ID.POP:
      return fail(reader, mistake('the YAML ends too early', event))
  }
}

type ValueEvent = Exclude<Event, DocumentEvent | AliasEvent | PopEvent>
type CollectionEvent = Exclude<ValueEvent, ScalarEvent>

function readValue(reader: Reader, event: ValueEvent): Json {
  return event.type === EVENT_ID.SCALAR ? readScalar(reader, event) : readCollection(reader, event)
}

function readScalar(reader: Reader, event: ScalarEvent): Json {
  const text = getScalarValue(reader.source, event)
  const value = scalarValue(reader, event, text)
  if (typeof value === 'string') {
    if (value.isWellFormed())
      return charged(reader, value, { values: 1, characters: value.length, event })
    return fail(reader, mistake('an escape stands for half a character: write both halves', event))
  }
  if (value === undefined) {
    const tag = tagText(reader, event)
    return fail(
      reader,
      mistake(`the tag ${tag} does not fit “${excerpt(text)}”: leave it out`, event),
    )
  }
  if (value !== notJson) return charged(reader, value, { values: 1, characters: 0, event })
  const message = `${text} is not a number that JSON can hold: use a finite one, or quotes`
  return fail(reader, mistake(message, event))
}

function scalarValue(reader: Reader, event: ScalarEvent, text: string) {
  if (event.tagStart === -1)
    return event.style === SCALAR_STYLE.PLAIN ? plainScalar(text, reader.dialect) : text
  const tag = tagOf(tagText(reader, event))
  return tag === 'custom' ? text : taggedScalar(text, tag, reader.dialect)
}

function readAlias(reader: Reader, event: AliasEvent): Json {
  const name = reader.source.slice(event.anchorStart, event.anchorEnd)
  const anchored = reader.anchors.get(name)
  if (anchored === undefined)
    return fail(reader, mistake(`the alias *${name} has no anchor &${name}`, event))
  if (anchored === 'open')
    return fail(reader, mistake(`the alias *${name} stands inside its own anchor`, event))
  const { value, values, characters, depth } = anchored
  if (reader.depth + depth > limits.depth) return fail(reader, tooDeep(event))
  reader.deepest = Math.max(reader.deepest, reader.depth + depth)
  return charged(reader, value, { values, characters, event })
}

/** What is read between an anchor and its end is what it weighs. */
function readAnchored(reader: Reader, event: ValueEvent): Json {
  const { source, anchors, budget, depth, deepest } = reader
  const { values, characters } = budget
  const name = source.slice(event.anchorStart, event.anchorEnd)
  reader.deepest = depth
  anchors.set(name, 'open')
  const value = readValue(reader, event)
  anchors.set(name, {
    value,
    values: budget.values - values,
    characters: budget.characters - characters,
    depth: reader.deepest - depth,
  })
  reader.deepest = Math.max(reader.deepest, deepest)
  return value
}

function readCollection(reader: Reader, event: CollectionEvent): Json {
  if (reader.depth === limits.depth) return fail(reader, tooDeep(event))
  const isList = event.type === EVENT_ID.SEQUENCE
  if (event.tagStart !== -1 && !isTagOf(tagText(reader, event), isList ? 'seq' : 'map')) {
    const message = `the tag ${tagText(reader, event)} is not read here: leave it out`
    return fail(reader, mistake(message, event))
  }
  reader.depth += 1
  reader.deepest = Math.max(reader.deepest, reader.depth)
  const value = isList ? readList(reader) : readMapping(reader)
  if (reader.mistake !== null) return null
  reader.depth -= 1
  reader.at += 1
  return charged(reader, value, { values: 1, characters: 0, event })
}

function readList(reader: Reader): Json {
  const items: Json[] = []
  while (reader.events[reader.at]?.type !== EVENT_ID.POP) {
    items.push(readNode(reader))
    if (reader.mistake !== null) return null
  }
  return items
}

function readMapping(reader: Reader): Json {
  const { dialect, source, events } = reader
  const into: Members = { members: {}, merged: null }
  let hasMerge = false
  while (events[reader.at]?.type !== EVENT_ID.POP) {
    const event = events[reader.at]
    const isMerge = isMergeKey(source, event)
    if (isMerge && hasMerge) return fail(reader, duplicate('<<', event))
    const key = readKey(reader)
    if (reader.mistake !== null) return null
    const value = readNode(reader)
    if (reader.mistake !== null) return null
    hasMerge ||= isMerge
    const wrong = isMerge
      ? merge(into, value, { event, dialect })
      : put(into, key, { event, value, dialect })
    if (wrong !== null) return fail(reader, wrong)
  }
  return into.members
}

/** A key as the text that JSON needs. */
function readKey(reader: Reader): string {
  const event = reader.events[reader.at]
  const value = readNode(reader)
  if (typeof value === 'string') return value
  const text = otherKeyText(reader, event, value)
  reader.budget.characters += text.length
  return text
}

/** Of a number, or of a word that stands for something. */
function otherKeyText(reader: Reader, event: Event | undefined, value: Json): string {
  if (reader.mistake !== null) return ''
  if (event?.type === EVENT_ID.SCALAR) {
    const text = keyText(reader.source, event, reader.dialect)
    if (text === null) fail(reader, mistake('a key is empty: give it a name, or quotes', event))
    return text ?? ''
  }
  if (value !== null && typeof value !== 'object') return String(value)
  fail(reader, mistake('a key is a list or a mapping: a key must be a text', event))
  return ''
}

type Charge = { readonly values: number; readonly characters: number; readonly event: Event }

/** The value, where the file may still hold it. */
function charged(reader: Reader, value: Json, { values, characters, event }: Charge): Json {
  const { budget } = reader
  budget.values += values
  budget.characters += characters
  if (budget.values > limits.values)
    return fail(reader, overBound(`more than ${limits.values} values, aliases written out`, event))
  if (budget.characters <= limits.characters) return value
  const what = `more than ${limits.characters} characters, aliases written out`
  return fail(reader, overBound(what, event))
}

function fail(reader: Reader, mistake: Mistake): null {
  reader.mistake ??= mistake
  return null
}

function tagText(reader: Reader, event: ValueEvent): string {
  return reader.source.slice(event.tagStart, event.tagEnd)
}

function isTagOf(text: string, own: 'seq' | 'map'): boolean {
  const tag = tagOf(text)
  return tag === 'custom' || tag === own
}

/** YAML's own tags by name; go-yaml takes a text under any other tag as it stands. */
function tagOf(tag: string): string {
  if (tag === '!') return 'custom'
  const match = /^(?:!!|!<tag:yaml\.org,2002:)([^>]*)>?$/.exec(tag)
  return match?.[1] ?? 'custom'
}
