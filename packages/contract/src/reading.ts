import { Fault, type Instant, type Json } from '@writ/domain'
import * as z from './zod.ts'
import { issuesOf } from './issues.ts'
import { once } from './once.ts'
import type { ReadingBody } from './record.ts'
import { text, when } from './shapes.ts'

const announced = once(() =>
  z.strictObject({ purpose: z.optional(text), from: z.optional(when()), to: z.optional(when()) }),
)

/** What somebody is about to read, record after record: all that was recorded from `from` to before `to`. */
export type AnnouncedReading = {
  readonly purpose: string | null
  readonly filter: { readonly from?: Instant; readonly to?: Instant }
}

/** Reads what is announced. Throws the Fault that names every mistake. */
export function readAnnouncedReading(value: Json): AnnouncedReading {
  const parsed = announced().safeParse(value)
  if (!parsed.success)
    throw new Fault('request-invalid', 'The reading has mistakes', {
      facts: { issues: [...issuesOf(parsed.error)] },
    })
  const { purpose, from, to } = parsed.data
  return {
    purpose: purpose ?? null,
    filter: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
  }
}

/** That somebody read records of others. */
export type WireReading = {
  readonly id: string
  readonly read_at: Instant
  /** Who read; null once the reading was erased, as is all that follows. */
  readonly reader: string | null
  /** The id of the one record that was read; null where it was a list. */
  readonly record: string | null
  /** What the list was filtered by. */
  readonly filter: { readonly [name: string]: string } | null
  /** How many records were shown at first; null where they are asked for one after the other. */
  readonly given: number | null
  /** True when the reader may have gone on to all that match, by the cursor or one after the other. */
  readonly more: boolean | null
  readonly purpose: string | null
}

/** The wire form of a reading; its body is null once it was erased. */
export function wireReadingOf(
  { id, at }: { readonly id: string; readonly at: Instant },
  body: ReadingBody | null,
): WireReading {
  if (body === null) return { id, read_at: at, ...nothing }
  const { caller, ...read } = body
  return { id, read_at: at, reader: caller.principal, ...read }
}

const nothing = {
  reader: null,
  record: null,
  filter: null,
  given: null,
  more: null,
  purpose: null,
} as const

export type WireReadingList = {
  readonly items: readonly WireReading[]
  readonly next_cursor: string | null
  readonly complete_through: Instant
}
