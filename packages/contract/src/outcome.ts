import { Fault, type Instant, type Json } from '@writ/domain'
import * as z from './zod.ts'
import { issuesOf } from './issues.ts'
import { once } from './once.ts'
import { instant, text } from './shapes.ts'

const outcomeReport = once(() =>
  z.pipe(
    z.strictObject({
      type: z.literal('deployment_finished'),
      service: text,
      environment: text,
      artifact: z.strictObject({ image: z.optional(text), digest: text }),
      finished_at: instant(),
      correlation: z.optional(text),
    }),
    z.transform(({ finished_at: finishedAt, artifact, correlation, ...report }) => ({
      ...report,
      artifact: { image: artifact.image ?? null, digest: artifact.digest },
      finishedAt,
      correlation: correlation ?? null,
    })),
  ),
)

/** What happened after a decision: reported by whoever deployed, and recorded as it was told. */
export type OutcomeReport = {
  readonly type: 'deployment_finished'
  readonly service: string
  readonly environment: string
  readonly artifact: { readonly image: string | null; readonly digest: string }
  readonly finishedAt: Instant
  readonly correlation: string | null
}

export function readOutcomeReport(value: Json): OutcomeReport {
  const parsed = outcomeReport().safeParse(value)
  if (parsed.success) return parsed.data
  throw new Fault('request-invalid', 'The outcome does not match the schema', {
    facts: { issues: [...issuesOf(parsed.error)] },
  })
}

/** A report that was taken in, with the id and the instant of its record. */
export type WireOutcome = {
  readonly id: string
  readonly type: string
  readonly service: string
  readonly environment: string
  readonly artifact: { readonly image: string | null; readonly digest: string }
  readonly finished_at: Instant
  readonly correlation: string | null
  readonly recorded_at: Instant
}

export function wireOutcomeOf(
  { id, at }: { readonly id: string; readonly at: Instant },
  { type, service, environment, artifact, finishedAt, correlation }: OutcomeReport,
): WireOutcome {
  return {
    id,
    type,
    service,
    environment,
    artifact,
    finished_at: finishedAt,
    correlation,
    recorded_at: at,
  }
}
