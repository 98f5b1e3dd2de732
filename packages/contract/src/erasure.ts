import { Fault, type Instant, type Json } from '@writ/domain'
import * as z from './zod.ts'
import { issuesOf } from './issues.ts'
import { once } from './once.ts'
import { text } from './shapes.ts'

const erasing = once(() => z.strictObject({ reason: text }))

/** Reads why a record is to be erased. Throws the Fault that names every mistake. */
export function readErasing(value: Json): { readonly reason: string } {
  const parsed = erasing().safeParse(value)
  if (parsed.success) return parsed.data
  throw new Fault('request-invalid', 'Nothing was erased', {
    facts: { issues: [...issuesOf(parsed.error)] },
  })
}

export type WireErasure = {
  readonly id: string
  /** The id of the record whose body is gone. */
  readonly erases: string
  readonly reason: string
  readonly erased_at: Instant
}

export function wireErasureOf(
  { id, at }: { readonly id: string; readonly at: Instant },
  { erases, reason }: { readonly erases: string; readonly reason: string },
): WireErasure {
  return { id, erases, reason, erased_at: at }
}
