import type { Json, Waiver } from '@writ/domain'
import * as z from './zod.ts'
import { once } from './once.ts'
import { openObject } from './shapes.ts'
import { waiverShape } from './waiver-shape.ts'

const caller = once(() => z.object({ principal: z.string(), roles: z.array(z.string()) }))

const decisionBody = once(() =>
  z.object({
    caller: caller(),
    request: openObject,
    answer: z.string(),
    masked: z.withDefault(z.array(z.string()), []),
  }),
)

/** An outcome is kept as it was read, not as it was sent. */
const outcomeBody = once(() =>
  z.object({
    caller: caller(),
    report: z.object({
      type: z.literal('deployment_finished'),
      service: z.string(),
      environment: z.string(),
      artifact: z.object({ image: z.nullable(z.string()), digest: z.string() }),
      finishedAt: z.string(),
      correlation: z.nullable(z.string()),
    }),
  }),
)

const waiverBody = once(() =>
  z.object({ caller: caller(), event: z.enum(['granted', 'revoked']), waiver: waiverShape() }),
)

const erasureBody = once(() =>
  z.object({ caller: caller(), erases: z.string(), reason: z.string() }),
)

/**
 * What the body of a decision's entry holds: who asked, the request as evaluated, the exact text that was answered; and what
 * of the request the pack keeps out of the records, as pointers.
 */
export type DecisionBody = z.infer<ReturnType<typeof decisionBody>>

export type OutcomeBody = z.infer<ReturnType<typeof outcomeBody>>

/** Reads the body of a decision's entry. Throws on bytes that Writ did not write. */
export function readDecisionBody(content: Uint8Array): DecisionBody {
  return decisionBody().parse(parse(content))
}

/** Reads the body of an outcome's entry. Throws on bytes that Writ did not write. */
export function readOutcomeBody(content: Uint8Array): OutcomeBody {
  return outcomeBody().parse(parse(content))
}

export type ErasureBody = z.infer<ReturnType<typeof erasureBody>>

/** Reads the body of an erasure's entry. Throws on bytes that Writ did not write. */
export function readErasureBody(content: Uint8Array): ErasureBody {
  return erasureBody().parse(parse(content))
}

/** What was read: one record, or those that match a filter. */
const readingBody = once(() =>
  z.object({
    caller: caller(),
    record: z.nullable(z.string()),
    filter: z.record(z.string(), z.string()),
    given: z.nullable(z.int()),
    more: z.boolean(),
    purpose: z.nullable(z.string()),
  }),
)

export type ReadingBody = z.infer<ReturnType<typeof readingBody>>

/** Reads the body of a reading's entry. Throws on bytes that Writ did not write. */
export function readReadingBody(content: Uint8Array): ReadingBody {
  return readingBody().parse(parse(content))
}

export type WaiverBody = {
  readonly caller: OutcomeBody['caller']
  readonly event: 'granted' | 'revoked'
  /** As it stood after the event; its tenant is the entry's. */
  readonly waiver: Omit<Waiver, 'tenant'>
}

/** Reads the body of a waiver's entry. Throws on bytes that Writ did not write. */
export function readWaiverBody(content: Uint8Array): WaiverBody {
  const { waiver: wire, ...rest } = waiverBody().parse(parse(content))
  const { requested_by, approved_by, granted_at, expires_at, revoked_at, ...scope } = wire
  return {
    ...rest,
    waiver: {
      ...scope,
      requestedBy: requested_by,
      approvedBy: approved_by,
      grantedAt: granted_at,
      expiresAt: expires_at,
      revokedAt: revoked_at,
    },
  }
}

export function writeBody(body: Json): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(body))
}

function parse(content: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(content))
}
