import { dirname } from 'node:path'
import {
  isReadByName,
  kustomizePatches,
  limits,
  localBounds,
  readDocuments,
  type FileReading,
  type ChangeSetBounds,
  type NamedBytes,
  type Places,
} from '@writ/documents'
import type { Document } from '@writ/domain'
import { createChangeSet, type ChangeSet, type Part } from './change-set.ts'
import type { FileCounts, InputError, SkippedFile } from './report.ts'
import { readBytes } from './read-bytes.ts'
import { waiverCommentsIn, type WaiverComment } from './waiver-comments.ts'
import { reasonOf, type FoundFile, type Walk } from './walk.ts'

/** A file with documents of a known format. */
export type JudgedFile = {
  readonly file: string
  readonly format: string
  readonly found: FoundFile | null
  readonly places: Places
}

export type FilesRead = {
  readonly parts: readonly Part[]
  /** The types of all documents. */
  readonly types: ReadonlySet<string>
  readonly judged: readonly JudgedFile[]
  readonly skipped: readonly SkippedFile[]
  readonly errors: readonly InputError[]
  readonly comments: readonly WaiverComment[]
  readonly counts: FileCounts
  /** Reads what lies in the folders of the files that a change touched, and was left alone by it. */
  readonly readBeside: () => readonly Document[]
}

/** What is read of a file that is too large to be parsed: enough to tell whether it would have had to be. */
const maxRead = 8 * limits.fileBytes
/** The longest type or id that a request takes. */
const maxName = 1024

type Reader = {
  readonly bounds: ChangeSetBounds
  readonly changeSet: ChangeSet
  readonly patches: ReadonlySet<string>
  readonly types: Set<string>
  readonly judged: JudgedFile[]
  readonly skipped: SkippedFile[]
  readonly errors: InputError[]
  readonly comments: WaiverComment[]
  documents: number
  unknown: number
}

type Reading = {
  readonly onProgress: (done: number, of: number) => void
  /** Whether a change touched the file; what it left alone is not judged. */
  readonly isTouched: (found: FoundFile) => boolean
  /** What whoever judges takes at once. */
  readonly bounds: ChangeSetBounds
}

/** Reads every file that was found, and standard input where it was handed in. Of each only its documents are kept. */
export function readFiles(
  { files, notes, ignored }: Walk,
  input: NamedBytes | null,
  { onProgress, isTouched, bounds }: Reading,
): FilesRead {
  const reader: Reader = {
    bounds,
    changeSet: createChangeSet(bounds),
    patches: patchesNamedBy(files),
    types: new Set(),
    judged: [],
    skipped: [],
    errors: [],
    comments: [],
    documents: 0,
    unknown: 0,
  }
  for (const { path, message, isError } of notes)
    if (isError) reader.errors.push({ file: path === '' ? null : path, line: null, message })
    else reader.skipped.push({ file: path, hint: message })
  if (input !== null) readOne(reader, input, null)
  const touched = files.filter(isTouched)
  for (const [position, found] of touched.entries()) {
    onProgress(position, touched.length)
    const bytes = bytesOf(found, reader.errors)
    if (bytes !== null) readOne(reader, { path: found.path, bytes }, found)
  }
  const counts = {
    files: touched.length + (input === null ? 0 : 1),
    untouched: files.length - touched.length,
    ignored,
  }
  const patches = reader.patches
  const readBeside = () => besides(files, touched).flatMap((found) => unchangedIn(found, patches))
  return { ...readOf(reader, counts), readBeside }
}

function readOf(
  reader: Reader,
  counts: Omit<FileCounts, 'documents' | 'unknown'>,
): Omit<FilesRead, 'readBeside'> {
  const { changeSet, types, judged, skipped, errors, comments, documents, unknown } = reader
  return {
    parts: changeSet.close(),
    types,
    judged,
    skipped: skipped.toSorted((left, right) => compare(left.file, right.file)),
    errors: errors.toSorted((left, right) => compare(left.file ?? '', right.file ?? '')),
    comments,
    counts: { ...counts, documents, unknown },
  }
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right)
}

/** A kustomization says which files are patches; it may be met after them. */
function patchesNamedBy(files: readonly FoundFile[]): ReadonlySet<string> {
  const kustomizations = files.filter(({ path }) =>
    /(?:^|\/)kustomization(?:\.ya?ml)?$/i.test(path),
  )
  return new Set(
    kustomizations.flatMap(({ path, file, size }) => {
      try {
        return kustomizePatches({ path, bytes: readBytes(file, size, limits.fileBytes) })
      } catch {
        return [] // it is read again in its turn, and named then
      }
    }),
  )
}

/** What the change left alone in the folders of what it touched, up to what is judged at once. */
function besides(files: readonly FoundFile[], touched: readonly FoundFile[]): readonly FoundFile[] {
  const folders = new Set(touched.map(folderOf))
  const changed = new Set(touched)
  const beside = files.filter((found) => folders.has(folderOf(found)) && !changed.has(found))
  return beside.slice(0, localBounds.maxDocuments)
}

/** Workflows and the actions that they share lie in folders of their own, and belong together. */
function folderOf({ path }: FoundFile): string {
  return /^(?:.*\/)?\.github(?=\/)/.exec(path)?.[0] ?? dirname(path)
}

/** What is wrong with a file that did not change is told when all is checked. */
function unchangedIn(found: FoundFile, patches: ReadonlySet<string>): readonly Document[] {
  const bytes = bytesOf(found, [])
  if (bytes === null) return []
  const { path } = found
  const reading = readDocuments({ path, bytes, isPatch: patches.has(path) })
  // A plan says itself what it changes.
  if (reading.status !== 'documents' || reading.format === 'terraform-plan') return []
  return reading.documents.map((document) => ({ ...document, operation: 'none' }))
}

function bytesOf({ path, file, size }: FoundFile, errors: InputError[]): Uint8Array | null {
  try {
    return readBytes(file, size, maxRead)
  } catch (thrown) {
    errors.push({ file: path, line: null, message: reasonOf(thrown) })
    return null
  }
}

function readOne(reader: Reader, { path, bytes }: NamedBytes, found: FoundFile | null): void {
  const reading = readDocuments({ path, bytes, isPatch: reader.patches.has(path) })
  switch (reading.status) {
    case 'documents':
      reader.comments.push(...waiverCommentsIn({ path, bytes }, reading.format))
      return takeDocuments(reader, reading, { path, found })
    case 'skipped':
      reader.skipped.push({ file: path, hint: reading.hint })
      return
    case 'broken':
      for (const { message, line } of [reading, ...reading.others])
        reader.errors.push({ file: path, line, message })
      return
    case 'unknown':
      takeUnknown(reader, path, reading.reason)
  }
}

/** Files of other formats are everywhere, pictures too, and none of Writ's business; but who pipes something in wants it judged. */
function takeUnknown(reader: Reader, path: string, reason: string): void {
  if (path === '-') reader.errors.push({ file: path, line: null, message: reason })
  else if (reason.includes('binary') && isReadByName(path))
    reader.skipped.push({ file: path, hint: reason })
  else reader.unknown += 1
}

type Taken = { readonly path: string; readonly found: FoundFile | null }

function takeDocuments(
  reader: Reader,
  { format, documents, mostBytes, places, skipped }: Extract<FileReading, { status: 'documents' }>,
  { path, found }: Taken,
): void {
  const bad = documents.filter(({ type, id }) => type.length > maxName || id.length > maxName)
  const good = documents.filter((document) => !bad.includes(document))
  const oversized = reader.changeSet.add(good, mostBytes)
  for (const { type } of documents) reader.types.add(type)
  reader.judged.push({ file: path, format, found, places })
  reader.documents += documents.length
  for (const { index, hint } of skipped)
    reader.skipped.push({ file: path, hint: `document ${index + 1}: ${hint}` })
  for (const document of bad) reader.errors.push(refused(document, 'its name is too long'))
  for (const document of oversized)
    reader.errors.push(refused(document, tooLarge(document, reader.bounds)))
}

function tooLarge({ type }: Document, { maxBytes }: ChangeSetBounds): string {
  const most = `it is larger than what is judged at once (${maxBytes / 1_000_000} MB as JSON)`
  return type === 'openapi'
    ? `${most}: check a copy without descriptions and examples, or split it`
    : `${most}: split it`
}

function refused({ path, type, id }: Document, reason: string): InputError {
  return { file: path, line: null, message: `${type} ${id.slice(0, 80)}: ${reason}` }
}
