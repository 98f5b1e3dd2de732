import type { Json, JsonObject, Operation, Reference } from '@writ/domain'
import type { Event } from 'js-yaml'
import { compose, type Budget, type Composition } from './compose.ts'
import { dialectOf, formatOf, isMapping, isWorkflowPath, marksOf, type Format } from './detect.ts'
import { hintOf, hints, isTemplate } from './hints.ts'
import { kubernetesParts, type KubernetesPart } from './kubernetes.ts'
import { limits } from './limits.ts'
import type { Mistake } from './mistake.ts'
import { eventSource, offsetIn } from './offset.ts'
import { parseChunk, placed, type PlacedMistake } from './parse.ts'
import { readPlain } from './plain.ts'
import { chunksOf, type Chunk } from './stream.ts'
import { terraformParts, type TerraformPart } from './terraform.ts'

/** Where a document begins: in a chunk, the number of the YAML document in it, and a pointer from that one's root. */
export type Place = Pick<Chunk, 'from' | 'to' | 'linesBefore'> & {
  readonly number: number
  readonly pointer: string
  readonly format: Format
  /** Whether `readPlain` has read the chunk. */
  readonly isPlain: boolean
}

/** What stands in one place of a file. An entry's index is its position among the file's entries. */
export type Entry =
  | {
      readonly status: 'document'
      readonly name: Reference
      /** `update` when left out: only a plan tells. */
      readonly operation?: Operation
      readonly content: Json
      readonly place: Place
    }
  | { readonly status: 'skipped'; readonly format: Format | null; readonly hint: string }
  | { readonly status: 'other' }
  | { readonly status: 'wrong'; readonly format: Format | null; readonly mistake: PlacedMistake }

type Reading = {
  readonly path: string
  /** The text of the whole file. */
  readonly text: string
  readonly chunk: Chunk
  readonly budget: Budget
}

/**
 * Every entry of a file, in order, which together have what the budget says then. A broken document does not hide the
 * others; after a bound nothing more is read.
 */
export function entriesOf(path: string, text: string, budget: Budget): readonly Entry[] {
  const entries: Entry[] = []
  let mistakes = 0
  for (const chunk of chunksOf(text)) {
    for (const entry of chunkEntries({ path, text, chunk, budget })) {
      if (entries.length === limits.documents) return [...entries, tooMany(chunk)]
      entries.push(entry)
      if (entry.status !== 'wrong') continue
      mistakes += 1
      if (entry.mistake.bound || mistakes === limits.mistakes) return entries
    }
  }
  return entries
}

function* chunkEntries(reading: Reading): Generator<Entry> {
  const plain = plainDocument(reading)
  if (plain !== null)
    return yield* documentEntries(
      { ...reading, number: 0, isPlain: true, events: eventsOf(reading.chunk) },
      plain,
    )
  const parsed = parseChunk(reading.chunk)
  const parsedReading = { ...reading, chunk: parsed.chunk }
  if (parsed.status === 'mistaken') return yield unreadable(parsedReading, parsed.mistake)
  const { events } = parsed
  const composition = composeChunk(parsedReading, events)
  if (composition.status === 'mistaken') return yield unreadable(parsedReading, composition.mistake)
  for (const [number, content] of composition.documents.entries())
    yield* documentEntries(
      { ...parsedReading, number, isPlain: false, events: () => events },
      content,
    )
}

/** The document of a chunk that is written plainly, in the dialect of what it holds. */
function plainDocument({ path, text, chunk: { from, to }, budget }: Reading): Json | null {
  const documentIn = (format: Format) => readPlain({ text, from, to }, dialectOf(format), budget)
  const guess = guessOf(path)
  const document = documentIn(guess)
  const format = formatOf(document) ?? guess
  return dialectOf(format) === dialectOf(guess) ? document : documentIn(format)
}

function guessOf(path: string): Format {
  return isWorkflowPath(path) ? 'github-workflow' : 'kubernetes'
}

/** In the dialect of what the chunk holds. The strictest reader, kubectl, decides where one object is hers. */
function composeChunk({ path, chunk, budget }: Reading, events: readonly Event[]): Composition {
  const compositionIn = (format: Format) =>
    compose(events, chunk.text, { dialect: dialectOf(format), budget })
  const guess = guessOf(path)
  const composition = compositionIn(guess)
  const formats =
    composition.status === 'composed' ? composition.documents.map(formatOf) : [marksOf(chunk.text)]
  const format = formats.includes('kubernetes')
    ? 'kubernetes'
    : (formats.find((found) => found !== null) ?? guess)
  return dialectOf(format) === dialectOf(guess) ? composition : compositionIn(format)
}

/** A document that YAML cannot read: a template is known by its holes, the rest by the keys that one sees in it. */
function unreadable({ path, chunk }: Reading, mistake: Mistake): Entry {
  const marked = marksOf(chunk.text)
  const format = isWorkflowPath(path) ? 'github-workflow' : marked
  if (!mistake.bound && !isGithub(format) && isTemplate(chunk.text))
    return { status: 'skipped', format: marked, hint: hints.template }
  const placedMistake = placed(chunk, mistake)
  if (format !== 'terraform-plan' || mistake.bound)
    return { status: 'wrong', format, mistake: placedMistake }
  const message = `${placedMistake.message}; is the plan cut off? Write it again: terraform show -json PLAN > plan.json`
  return { status: 'wrong', format, mistake: { ...placedMistake, message } }
}

/** What looks like a hole of a template is an expression there. */
function isGithub(format: Format | null): boolean {
  return format === 'github-workflow' || format === 'github-action'
}

type Found = Reading &
  Pick<Place, 'number' | 'isPlain'> & { readonly events: () => readonly Event[] }

/** Of a chunk that was read without them: only what is wrong in it is looked for. */
function eventsOf(chunk: Chunk): Found['events'] {
  let events: readonly Event[] | null = null
  return () => {
    if (events !== null) return events
    const parsed = parseChunk(chunk)
    events = parsed.status === 'parsed' ? parsed.events : []
    return events
  }
}

function* documentEntries(found: Found, content: Json): Generator<Entry> {
  const format = formatOf(content)
  if (content === null) return yield { status: 'skipped', format: null, hint: hints.empty }
  if (format === null || !isMapping(content)) return yield otherEntry(found, content)
  for (const part of partsOf(found.path, format, content)) yield partEntry(found, format, part)
}

type Part = KubernetesPart | TerraformPart

function partsOf(path: string, format: Format, content: JsonObject): readonly Part[] {
  if (format === 'kubernetes') return kubernetesParts(content)
  if (format === 'terraform-plan') return terraformParts(content)
  const type = format === 'openapi' ? format : format.replace('-', '/')
  return [{ status: 'object', pointer: '', name: { type, id: path }, content }]
}

function otherEntry(found: Found, content: Json): Entry {
  if (isWorkflowPath(found.path)) return noWorkflow(found)
  const hint = hintOf(found.path, content)
  if (hint === null) return { status: 'other' }
  return { status: 'skipped', format: hint === hints.swagger ? 'openapi' : 'kubernetes', hint }
}

function partEntry(found: Found, format: Format, part: Part): Entry {
  const { chunk, number, isPlain } = found
  const { pointer } = part
  const { from, to, linesBefore } = chunk
  const place: Place = { from, to, linesBefore, number, pointer, format, isPlain }
  switch (part.status) {
    case 'resource': {
      const { name, operation, content } = part
      return { status: 'document', name, operation, content, place }
    }
    case 'object':
      return { status: 'document', name: part.name, content: part.content, place }
    case 'skipped':
      return { status: 'skipped', format, hint: part.hint }
    case 'wrong':
      return wrongEntry(found, format, part)
  }
}

function noWorkflow(found: Found): Entry {
  const message = 'a workflow needs the keys “on” and “jobs”, and “jobs” is a mapping'
  return wrongEntry(found, 'github-workflow', { pointer: '', message })
}

type Wrong = { readonly pointer: string; readonly message: string }

function wrongEntry(
  { chunk, number, events }: Found,
  format: Format,
  { pointer, message }: Wrong,
): Entry {
  const offset = offsetIn(eventSource(events(), chunk.text, dialectOf(format)), number, pointer)
  return { status: 'wrong', format, mistake: placed(chunk, { message, offset, bound: false }) }
}

function tooMany(chunk: Chunk): Entry {
  const message = `the file holds more than ${limits.documents} documents: split it`
  const mistake = placed(chunk, { message, offset: 0, bound: true })
  return { status: 'wrong', format: 'kubernetes', mistake }
}
