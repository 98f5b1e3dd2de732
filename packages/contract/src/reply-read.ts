import type { Issue } from '@writ/domain'
import * as z from './zod.ts'
import type { WireErasure } from './erasure.ts'
import type { WireDecisionList, WireList } from './list.ts'
import type { WireOutcome } from './outcome.ts'
import type { WirePolicies } from './policies.ts'
import type { WireReading } from './reading.ts'
import { parseReply, readReply } from './reply.ts'
import { decisionItem, policies, scorecard } from './reply-shapes.ts'
import type { WireScorecard } from './scorecard.ts'
import { json, openObject } from './shapes.ts'
import type { WireWaiver } from './waiver.ts'
import { waiverShape } from './waiver-shape.ts'
import type { WireRecord } from './record-view.ts'

// Replies of a service, read back by a client. Members that a newer Writ adds are left out; a reply that lacks one is none.

const outcome = z.object({
  id: z.string(),
  type: z.string(),
  service: z.string(),
  environment: z.string(),
  artifact: z.object({ image: z.nullable(z.string()), digest: z.string() }),
  finished_at: z.string(),
  correlation: z.nullable(z.string()),
  recorded_at: z.string(),
})

const record = z.object({
  id: z.string(),
  type: z.string(),
  recorded_at: z.string(),
  request_digest: z.string(),
  facets: openObject,
  content: json(),
  leaf: z.string(),
  body: z.object({ salt: z.string(), text: z.string() }),
  commitment: z.string(),
  seal: z.discriminatedUnion('status', [
    z.object({ status: z.literal('pending') }),
    z.object({
      status: z.literal('sealed'),
      index: z.int(),
      size: z.int(),
      root: z.string(),
    }),
  ]),
})

const decisionList = z.object({
  items: z.array(decisionItem),
  next_cursor: z.nullable(z.string()),
  complete_through: z.string(),
})
const waiverList = z.object({ items: z.array(waiverShape()), truncated: z.boolean() })

const erasure = z.object({
  id: z.string(),
  erases: z.string(),
  reason: z.string(),
  erased_at: z.string(),
})

const reading = z.object({
  id: z.string(),
  read_at: z.string(),
  reader: z.nullable(z.string()),
  record: z.nullable(z.string()),
  filter: z.nullable(z.record(z.string(), z.string())),
  given: z.nullable(z.int()),
  more: z.nullable(z.boolean()),
  purpose: z.nullable(z.string()),
})

export function readReading(text: string): WireReading {
  return read(reading, text)
}

export function readErasure(text: string): WireErasure {
  return read(erasure, text)
}

export function readWaiver(text: string): WireWaiver {
  return read(waiverShape(), text)
}

export function readWaiverList(text: string): WireList<WireWaiver> {
  return read(waiverList, text)
}

export function readOutcome(text: string): WireOutcome {
  return read(outcome, text)
}

export function readRecord(text: string): WireRecord {
  return read(record, text)
}

export function readDecisionList(text: string): WireDecisionList {
  return read(decisionList, text)
}

export function readScorecard(text: string): WireScorecard {
  return read(scorecard, text)
}

export function readPolicies(text: string): WirePolicies {
  return read(policies, text)
}

const problem = z.object({
  type: z.string(),
  title: z.string(),
  detail: z.withDefault(z.string(), ''),
  issues: z.optional(
    z.array(z.object({ pointer: z.string(), message: z.string() })).check(z.maxLength(10_000)),
  ),
})

/** What a problem of RFC 9457 tells a client; its other members are in `facts`. */
export type ReadProblem = {
  /** The last step of its type: a FaultCode, where Writ itself answered. */
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly issues: readonly Issue[] | null
  readonly facts: z.infer<typeof openObject>
}

/** The problem that a text holds; null when it holds none, as the error page of a proxy does. */
export function readProblem(text: string): ReadProblem | null {
  const value = parseReply(text)
  const [parsed, all] = [problem.safeParse(value), openObject.safeParse(value)]
  if (!parsed.success || !all.success) return null
  const { type, title, detail, issues } = parsed.data
  return {
    code: type.slice(type.lastIndexOf('/') + 1),
    title,
    detail,
    issues: issues ?? null,
    facts: all.data,
  }
}

function read<Reply>(schema: z.ZodMiniType<Reply>, text: string): Reply {
  return readReply(schema, text, 'a reply')
}
