import { splitChangeSet } from '@writ/documents'
import type { Document, Json } from '@writ/domain'

/** One request's worth of documents, as JSON bytes: parts that wait for their turn lie outside of the heap that way. */
export type Part = { readonly bytes: Uint8Array; readonly count: number }

export type ChangeSet = {
  /** Takes the documents of one file; gives back those that no request can hold. */
  readonly add: (documents: readonly Document[]) => readonly Document[]
  /** Every part, in the order in which the documents came. No more can be added then. */
  readonly close: () => readonly Part[]
}

const flushDocuments = 1000
const flushBytes = 4_000_000

/** Collects the documents of many files in as few parts as a service takes, holding little more than one part as objects. */
export function createChangeSet(): ChangeSet {
  const parts: Part[] = []
  let open: readonly Document[] = []
  let openBytes = 0
  const flush = (keepLast: boolean): void => {
    const split = splitChangeSet(open)
    if (split.status === 'oversized') return
    const last = keepLast ? split.parts.at(-1) : undefined
    parts.push(...split.parts.filter((part) => part !== last).map(partOf))
    open = last ?? []
    openBytes = last === undefined ? 0 : JSON.stringify(last).length
  }
  return {
    add: (documents) => {
      const { fitting, oversized } = sorted(documents)
      open = [...open, ...fitting]
      openBytes += JSON.stringify(fitting).length
      if (open.length > flushDocuments || openBytes > flushBytes) flush(true)
      return oversized
    },
    close: () => {
      if (open.length > 0) flush(false)
      return parts
    },
  }
}

/** The documents of a part, as the wire has them. */
export function documentsOf({ bytes }: Part): Json {
  const documents: Json = JSON.parse(new TextDecoder().decode(bytes))
  return documents
}

function sorted(documents: readonly Document[]): {
  readonly fitting: readonly Document[]
  readonly oversized: readonly Document[]
} {
  const split = splitChangeSet(documents)
  if (split.status === 'split') return { fitting: documents, oversized: [] }
  const positions = new Set(split.oversized.map(({ position }) => position))
  return {
    fitting: documents.filter((_, position) => !positions.has(position)),
    oversized: documents.filter((_, position) => positions.has(position)),
  }
}

function partOf(documents: readonly Document[]): Part {
  return {
    bytes: new TextEncoder().encode(JSON.stringify(documents)),
    count: documents.length,
  }
}
