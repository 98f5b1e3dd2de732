import { sizeOf, splitChangeSet, type ChangeSetBounds } from '@writ/documents'
import type { Document, Json } from '@writ/domain'

/** One request's worth of documents. Where there are several, they wait for their turn as JSON bytes, outside of the heap. */
export type Part = { readonly held: readonly Document[] | Uint8Array; readonly count: number }

export type ChangeSet = {
  /** Takes the documents of one file, which have no more bytes than that; gives back those that no request can hold. */
  readonly add: (documents: readonly Document[], mostBytes: number) => readonly Document[]
  /** Every part, in the order in which the documents came. No more can be added then. */
  readonly close: () => readonly Part[]
}

/** Collects the documents of many files in as few parts as the bounds allow, holding little more than one part as objects. */
export function createChangeSet(bounds: ChangeSetBounds): ChangeSet {
  const { maxDocuments, maxBytes } = bounds
  const parts: Part[] = []
  let open: Document[] = []
  /** At most; they are counted where it matters. */
  let openBytes = 0
  const flush = (keepLast: boolean): void => {
    const split = splitChangeSet(open, bounds)
    if (split.status === 'oversized') return
    const last = keepLast ? split.parts.at(-1) : undefined
    parts.push(...split.parts.filter((part) => part !== last).map(waiting))
    open = [...(last ?? [])]
    openBytes = bytesOf(open)
  }
  return {
    add: (documents, mostBytes) => {
      if (open.length + documents.length <= maxDocuments && openBytes + mostBytes <= maxBytes) {
        open.push(...documents)
        openBytes += mostBytes
        return []
      }
      const { fitting, oversized } = sorted(documents, bounds)
      open.push(...fitting)
      openBytes = bytesOf(open)
      if (open.length > maxDocuments || openBytes > maxBytes) flush(true)
      return oversized
    },
    close: () => {
      // By far most change sets are one part: it is judged as it was read.
      if (parts.length === 0 && openBytes <= maxBytes && open.length <= maxDocuments)
        return open.length === 0 ? [] : [{ held: open, count: open.length }]
      if (open.length > 0) flush(false)
      return parts
    },
  }
}

/** The documents of a part, as the wire has them. */
export function documentsOf({ held }: Part): Json {
  if (!(held instanceof Uint8Array)) return held
  const documents: Json = JSON.parse(new TextDecoder().decode(held))
  return documents
}

function bytesOf(documents: readonly Document[]): number {
  return documents.reduce((bytes, document) => bytes + sizeOf(document), 0)
}

function sorted(
  documents: readonly Document[],
  bounds: ChangeSetBounds,
): {
  readonly fitting: readonly Document[]
  readonly oversized: readonly Document[]
} {
  const split = splitChangeSet(documents, bounds)
  if (split.status === 'split') return { fitting: documents, oversized: [] }
  const positions = new Set(split.oversized.map(({ position }) => position))
  return {
    fitting: documents.filter((_, position) => !positions.has(position)),
    oversized: documents.filter((_, position) => positions.has(position)),
  }
}

function waiting(documents: readonly Document[]): Part {
  const held = new TextEncoder().encode(JSON.stringify(documents))
  return { held, count: documents.length }
}
