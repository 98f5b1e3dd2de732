import { waiverCategories } from '@writ/domain'
import * as z from './zod.ts'
import { once } from './once.ts'

const reference = once(() => z.object({ type: z.string(), id: z.string() }))

/** A waiver as replies and records carry it. */
export const waiverShape = once(() =>
  z.object({
    id: z.string(),
    rule: z.string(),
    environment: z.nullable(z.string()),
    resource: reference(),
    document: z.nullable(z.extend(reference(), { path: z.string() })),
    part: z.nullable(z.string()),
    category: z.enum(waiverCategories),
    reason: z.string(),
    requested_by: z.string(),
    approved_by: z.string(),
    granted_at: z.string(),
    expires_at: z.string(),
    revoked_at: z.nullable(z.string()),
  }),
)
