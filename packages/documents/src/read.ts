import type { Document } from '@writ/domain'
import {
  isDockerfilePath,
  isReadByName,
  isWorkflowPath,
  marksOf,
  mayHold,
  type Format,
} from './detect.ts'
import type { Budget } from './compose.ts'
import { dockerfileDocument, dockerfileIn } from './dockerfile-file.ts'
import { entriesOf, type Entry, type Place } from './entries.ts'
import { hints } from './hints.ts'
import { limits } from './limits.ts'
import { maskSecrets } from './mask.ts'
import type { PlacedMistake } from './parse.ts'
import { isEventStream, isWrapped } from './terraform.ts'
import { mostBytesOf } from './split.ts'
import { decode } from './text.ts'
import { isWhole } from './whole.ts'

/** A file as it came: its path as the caller names it, `-` for standard input. */
export type NamedBytes = { readonly path: string; readonly bytes: Uint8Array }

/**
 * `isPatch`: a kustomization names the file as a patch (`kustomizePatches`), so what it leaves out is not missing. What a
 * cluster would take by itself is judged all the same.
 */
export type FileToRead = NamedBytes & { readonly isPatch?: boolean }

/** A document that is known and not judged as it stands, and what to run instead. */
export type Skipped = { readonly index: number; readonly hint: string }

/** Where each document of a file begins, by its index: what a locator needs, and nobody else looks into. */
export type Places = ReadonlyMap<number, Place>

/** What a file holds. Only `documents` has documents: of a file that is broken anywhere, none is used. */
export type FileReading =
  | {
      readonly status: 'documents'
      readonly format: Format
      readonly documents: readonly Document[]
      /** Their bytes as JSON are no more than this; infinite where nobody counted. */
      readonly mostBytes: number
      readonly places: Places
      readonly skipped: readonly Skipped[]
    }
  | { readonly status: 'skipped'; readonly format: Format | null; readonly hint: string }
  /** Of no format that is known here: counted, and nothing else. */
  | { readonly status: 'unknown'; readonly reason: string }
  /** Recognised, but wrong; or, with no format, too large to be recognised. The first mistake, and the `others`. */
  | ({
      readonly status: 'broken'
      readonly format: Format | null
      readonly others: readonly PlacedMistake[]
    } & PlacedMistake)

/**
 * Documents with identity from the bytes of a file, secrets masked. It never throws for what the file holds, and its
 * work and memory are bounded. An index counts the documents of the file, empty ones and the items of lists included.
 */
export function readDocuments({ path, bytes, isPatch = false }: FileToRead): FileReading {
  const reading = readBytes(path, bytes)
  if (!isPatch || reading.status !== 'documents') return reading
  const { format, documents } = reading
  const whole = documents.filter(isWhole)
  if (whole.length === 0) return { status: 'skipped', format, hint: hints.patch }
  const patches = documents.filter((document) => !whole.includes(document))
  const skipped = patches.map(({ index }) => ({ index, hint: hints.patch }))
  return { ...reading, documents: whole, skipped: [...reading.skipped, ...skipped] }
}

function readBytes(path: string, bytes: Uint8Array): FileReading {
  if (bytes.length > limits.fileBytes) return changesOf(path, bytes) ?? tooLarge(path, bytes)
  const decoded = decode(bytes)
  switch (decoded.status) {
    case 'text':
      return readText(path, decoded.text)
    case 'binary':
      if (!isWorkflowPath(path)) return { status: 'unknown', reason: 'it is binary' }
      return broken('github-workflow', atStart('the file is binary: a workflow is a text'))
    case 'refused': {
      const format = lookOf(path, decoded.text)
      if (format === null) return { status: 'unknown', reason: decoded.message }
      return broken(format, { ...atStart(decoded.message), line: decoded.line })
    }
  }
}

function readText(path: string, text: string): FileReading {
  if (text.trim() === '' && isNamed(path))
    return { status: 'skipped', format: null, hint: hints.empty }
  if (/\.(?:tf|tofu)(?:\.json)?$/i.test(path))
    return { status: 'skipped', format: null, hint: hints.source }
  if (isEventStream(text))
    return { status: 'skipped', format: 'terraform-plan', hint: hints.events }
  if (isWrapped(text)) return broken('terraform-plan', atStart(wrapped))
  const dockerfile = dockerfileReading(path, text)
  if (dockerfile !== null) return dockerfile
  return mayHold(path, text) ? readEntries(path, text) : unknown
}

function readEntries(path: string, text: string): FileReading {
  const budget: Budget = { values: 0, characters: 0 }
  const reading = readingOf(path, entriesOf(path, text, budget))
  if (reading.status !== 'documents') return reading
  return { ...reading, mostBytes: mostBytesOf(reading.documents, budget) }
}

const wrapped =
  'the command stands above the plan: set `terraform_wrapper: false` where hashicorp/setup-terraform is used, and write the plan again'

/** True where the name alone says that the file is one of ours. */
function isNamed(path: string): boolean {
  return isReadByName(path) || isDockerfilePath(path)
}

function dockerfileReading(path: string, text: string): FileReading | null {
  const found = dockerfileIn(path, text)
  const format = 'dockerfile'
  switch (found?.status) {
    case undefined:
      return null
    case 'skipped':
      return { status: 'skipped', format, hint: found.hint }
    case 'wrong':
      return broken(format, found.mistake)
    case 'document': {
      const documents = [maskSecrets(dockerfileDocument(path, found.content))]
      return {
        status: 'documents',
        format,
        documents,
        mostBytes: Infinity,
        places: new Map(),
        skipped: [],
      }
    }
  }
}

const unknown: FileReading = { status: 'unknown', reason: 'it has no format that is known here' }

function readingOf(path: string, entries: readonly Entry[]): FileReading {
  const format = entries.map(entryFormat).find((found) => found !== null) ?? null
  const [first, ...others] = entries.flatMap((entry) =>
    entry.status === 'wrong' ? [entry.mistake] : [],
  )
  if (first !== undefined) {
    const isRecognised = format !== null || first.bound || path === '-'
    if (isReadByName(path) && isRecognised) return broken(format, first, others)
    return { status: 'unknown', reason: 'it is not readable as YAML' }
  }
  const documents = entries.flatMap((entry, index) =>
    entry.status === 'document' ? documentOf(path, index, entry) : [],
  )
  const skipped = entries.flatMap(skippedOf)
  if (documents.length > 0 && format !== null)
    return {
      status: 'documents',
      format,
      documents,
      mostBytes: Infinity,
      places: placesOf(entries),
      skipped,
    }
  return withoutDocuments(format, entries)
}

function withoutDocuments(format: Format | null, entries: readonly Entry[]): FileReading {
  const reasons = entries.flatMap((entry) => (entry.status === 'skipped' ? entry.hint : []))
  const telling = [...new Set(reasons.filter((hint) => hint !== hints.empty))]
  if (telling.length > 0) return { status: 'skipped', format, hint: telling.join('; ') }
  if (reasons.length < entries.length) return unknown
  return { status: 'skipped', format: null, hint: hints.empty }
}

function placesOf(entries: readonly Entry[]): Places {
  return new Map(
    entries.flatMap((entry, index) => (entry.status === 'document' ? [[index, entry.place]] : [])),
  )
}

type DocumentEntry = Extract<Entry, { status: 'document' }>

function documentOf(
  path: string,
  index: number,
  { name, operation = 'update', content }: DocumentEntry,
): Document {
  return maskSecrets({ ...name, path, index, operation, content })
}

/** Empty documents are everywhere between two `---`, and say nothing. */
function skippedOf(entry: Entry, index: number): readonly Skipped[] {
  if (entry.status === 'other') return [{ index, hint: hints.noObject }]
  return entry.status === 'skipped' && entry.hint !== hints.empty
    ? [{ index, hint: entry.hint }]
    : []
}

function entryFormat(entry: Entry): Format | null {
  if (entry.status === 'document') return entry.place.format
  return entry.status === 'other' ? null : entry.format
}

/** Most of a large plan repeats its configuration and what was there before: what it changes is read alone, and stands in one line. */
function changesOf(path: string, bytes: Uint8Array): FileReading | null {
  if (bytes.length > limits.planBytes) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (!/^\s*\{\s*"format_version"/.test(text)) return null
    const { format_version, resource_changes } = JSON.parse(text)
    const changes = JSON.stringify({ format_version, resource_changes })
    return changes.length > limits.fileBytes ? null : readText(path, changes)
  } catch {
    return null // torn, no UTF-8, or too deep
  }
}

/** Too large to be parsed; searched only for what would make it one of ours. */
function tooLarge(path: string, bytes: Uint8Array): FileReading {
  const megabytes = limits.fileBytes / 1_000_000
  const larger = `the file is larger than ${megabytes} MB`
  const text = bytes.length > searchable ? null : new TextDecoder('latin1').decode(bytes)
  if (!isNamed(path) || (text !== null && !isDockerfilePath(path) && !mayHold(path, text)))
    return { status: 'unknown', reason: `${larger}: split it` }
  const format = lookOf(path, text ?? '')
  return broken(format, { ...atStart(`${larger}: ${smaller(format)}`), bound: true })
}

/** A plan cannot be split, but most of one repeats what was there before, and the configuration. */
function smaller(format: Format | null): string {
  if (format !== 'terraform-plan') return 'split it'
  return "judge what it changes alone, as `jq '{format_version, resource_changes}' PLAN` prints it"
}

const searchable = 256_000_000

function lookOf(path: string, text: string): Format | null {
  if (isWorkflowPath(path)) return 'github-workflow'
  if (isDockerfilePath(path)) return 'dockerfile'
  return isReadByName(path) ? marksOf(text) : null
}

function broken(
  format: Format | null,
  first: PlacedMistake,
  others: readonly PlacedMistake[] = [],
): FileReading {
  return { status: 'broken', format, ...first, others }
}

function atStart(message: string): PlacedMistake {
  return { message, line: 1, column: 1, bound: false }
}
