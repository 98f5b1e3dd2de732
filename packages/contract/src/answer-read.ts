import { isAllowed, levels, operations, outcomes, severities } from '@writ/domain'
import * as z from './zod.ts'
import type { WireAnswer } from './answer.ts'
import { readReply } from './reply.ts'

const effects = ['none', 'observed', 'advised', 'blocked', 'waived'] as const
const unjudged = ['error', 'unknown'] as const

const finding = z.object({
  rule: z.string(),
  title: z.string(),
  message: z.string(),
  severity: z.enum(severities),
  verdict: z.enum(['fail', ...unjudged]),
  effect: z.enum(effects),
  level: z.enum(levels),
  resource: z.object({ type: z.string(), id: z.string() }),
  part: z.nullable(z.string()),
  location: z.nullable(
    z.object({ path: z.string(), index: z.int(), pointer: z.nullable(z.string()) }),
  ),
  remediation: z.string(),
  docs_url: z.string(),
  controls: z.array(z.string()),
  waiver: z.nullable(z.string()),
  waivable_by: z.array(z.string()),
})

const answer = z
  .object({
    id: z.string(),
    decision: z.boolean(),
    outcome: z.enum(outcomes),
    findings: z.array(finding),
    rules: z.array(
      z.object({
        rule: z.string(),
        verdict: z.enum(['pass', 'fail', 'not_applicable', ...unjudged]),
        level: z.enum(levels),
        effect: z.enum(effects),
      }),
    ),
    ungoverned: z.array(
      z.object({
        type: z.string(),
        id: z.string(),
        path: z.string(),
        index: z.int(),
        operation: z.enum(operations),
      }),
    ),
    vacuous: z.nullable(z.string()),
    bundle: z.object({ revision: z.string(), digest: z.string() }),
    data_digest: z.string(),
    decided_at: z.string(),
    durable: z.exactOptional(z.literal('spool')),
  })
  .check(
    z.refine(({ decision, outcome }) => decision === isAllowed(outcome), {
      path: ['decision'],
      error: 'contradicts the outcome',
    }),
  )

/** Reads the text of an answer. What is not one throws a Fault: it never passes for an allow. Members that a newer Writ adds are left out. */
export function readAnswer(text: string): WireAnswer {
  return readReply(answer, text, 'an answer')
}
