import { kinds, levels, outcomes, severities } from '@writ/domain'
import * as z from './zod.ts'

export const decisionItem = z.object({
  id: z.string(),
  decision: z.boolean(),
  outcome: z.nullable(z.enum(outcomes)),
  kind: z.nullable(z.enum(kinds)),
  actor: z.nullable(z.string()),
  resource: z.nullable(z.string()),
  service: z.nullable(z.string()),
  team: z.nullable(z.string()),
  environment: z.nullable(z.string()),
  rules: z.array(z.string()),
  correlation: z.nullable(z.string()),
  decided_at: z.string(),
})

export const scorecard = z.object({
  entity: z.string(),
  level: z.string(),
  level_without_exemptions: z.string(),
  next_level: z.nullable(z.string()),
  next_step: z.nullable(z.string()),
  checks: z.array(
    z.object({
      check: z.string(),
      title: z.string(),
      status: z.string(),
      level: z.string(),
      message: z.string(),
      next_step: z.nullable(z.string()),
      records: z.array(z.object({ id: z.string(), href: z.string() })),
    }),
  ),
  from: z.object({
    records: z.int(),
    newest: z.nullable(z.object({ at: z.string(), id: z.string() })),
    truncated: z.boolean(),
  }),
})

const texts = z.array(z.string())
const level = z.enum(levels)

export const policies = z.object({
  bundle: z.object({ revision: z.string(), digest: z.string() }),
  data_digest: z.string(),
  environments: texts,
  rules: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(kinds),
      title: z.string(),
      description: z.string(),
      severity: z.enum(severities),
      controls: texts,
      remediation: z.string(),
      requires: texts,
      grants: z.boolean(),
      docs_url: z.string(),
      waivable_by: texts,
      applies_requires: texts,
      effective_on: z.string(),
      crosses_documents: z.boolean(),
      document_types: texts,
      levels: z.record(
        z.string(),
        z.object({ level, steps: z.array(z.object({ from: z.string(), level })) }),
      ),
    }),
  ),
})
