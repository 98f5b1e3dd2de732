import type { Document } from '@writ/domain'
import { isMapping } from './detect.ts'

/** The bounds of one request. */
export type ChangeSetBounds = { readonly maxDocuments: number; readonly maxBytes: number }

/** A document that no request can hold, by its position in the change set. */
export type Oversized = { readonly position: number; readonly bytes: number }

export type ChangeSetSplit =
  | { readonly status: 'split'; readonly parts: readonly (readonly Document[])[] }
  | { readonly status: 'oversized'; readonly oversized: readonly Oversized[] }

/** What a server takes at most; the rest of a request around the documents has 200 kB more. */
export const changeSetBounds: ChangeSetBounds = { maxDocuments: 1000, maxBytes: 3_800_000 }

/** What a check on this machine judges at once: nothing is sent, so that only memory and time bound it. */
export const localBounds: ChangeSetBounds = { ...changeSetBounds, maxBytes: 24_000_000 }

/** The change set in as few parts as keep its order and the bounds, one part where it fits; bytes are counted as JSON in UTF-8. */
export function splitChangeSet(
  documents: readonly Document[],
  { maxDocuments, maxBytes }: ChangeSetBounds = changeSetBounds,
): ChangeSetSplit {
  const oversized = documents.flatMap((document, position) => {
    const bytes = sizeOf(document)
    return bytes > maxBytes ? [{ position, bytes }] : []
  })
  if (oversized.length > 0) return { status: 'oversized', oversized }
  const parts: Document[][] = []
  let room = { documents: 0, bytes: 0 }
  for (const document of documents) {
    const bytes = sizeOf(document)
    if (room.documents === 0 || room.bytes < bytes) {
      parts.push([])
      room = { documents: maxDocuments, bytes: maxBytes }
    }
    parts.at(-1)?.push(document)
    room = { documents: room.documents - 1, bytes: room.bytes - bytes }
  }
  return { status: 'split', parts }
}

/**
 * No fewer bytes than documents take as JSON that were read together, by what was counted then: to write them out, to know
 * it exactly, takes longer than many other things that are done with them.
 */
export function mostBytesOf(
  documents: readonly Document[],
  { values, characters }: { readonly values: number; readonly characters: number },
): number {
  const names = documents.reduce((sum, { type, id, path, content }) => {
    const version = isMapping(content) ? content['apiVersion'] : undefined // a list may give it to its items
    return (
      sum +
      type.length +
      id.length +
      path.length +
      (typeof version === 'string' ? version.length : 0)
    )
  }, 0)
  const { character, value, document } = mostBytes
  return character * (characters + names) + value * values + document * documents.length
}

/** An escape; a number, or a mask, with what stands around a member; the members around the content. */
const mostBytes = { character: 6, value: 40, document: 200 } as const

const sizes = new WeakMap<Document, number>()

/** Bytes as JSON in UTF-8, with the comma that parts it from the next. They are counted once. */
export function sizeOf(document: Document): number {
  const known = sizes.get(document)
  if (known !== undefined) return known
  const size = Buffer.byteLength(JSON.stringify(document)) + 1
  sizes.set(document, size)
  return size
}
