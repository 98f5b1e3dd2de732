import { Fault, waiverCategories, type Instant, type Json, type Waiver } from '@writ/domain'
import * as z from './zod.ts'
import { issuesOf } from './issues.ts'
import { once } from './once.ts'
import { instant, text } from './shapes.ts'

const grant = once(() => {
  const reference = z.strictObject({ type: text, id: text })
  const asked = z
    .strictObject({
      rule: text,
      environment: z.withDefault(z.nullable(text), null),
      resource: reference,
      document: z.withDefault(z.nullable(z.extend(reference, { path: z.string() })), null),
      part: z.withDefault(z.nullable(text), null),
      category: z.withDefault(z.enum(waiverCategories), 'waiver'),
      reason: text,
      requested_by: text,
      approved_by: text,
      expires_at: instant(),
    })
    .check(
      z.refine(({ requested_by: requester, approved_by: approver }) => requester !== approver, {
        path: ['approved_by'],
        error: 'must not be the requester: nobody grants their own waiver',
      }),
    )
  return z.pipe(
    asked,
    z.transform(({ requested_by, approved_by, expires_at, ...scope }) => ({
      ...scope,
      requestedBy: requested_by,
      approvedBy: approved_by,
      expiresAt: expires_at,
    })),
  )
})

/** A waiver as asked for: who holds it, its id and its dates are Writ's to add. */
export type WaiverGrant = Omit<Waiver, 'id' | 'tenant' | 'grantedAt' | 'revokedAt'>

export function readWaiverGrant(value: Json): WaiverGrant {
  const parsed = grant().safeParse(value)
  if (parsed.success) return parsed.data
  throw new Fault('request-invalid', 'The waiver does not match the schema', {
    facts: { issues: [...issuesOf(parsed.error)] },
  })
}

export type WireWaiver = Pick<
  Waiver,
  'id' | 'rule' | 'environment' | 'resource' | 'document' | 'part' | 'category' | 'reason'
> & {
  readonly requested_by: string
  readonly approved_by: string
  readonly granted_at: Instant
  readonly expires_at: Instant
  readonly revoked_at: Instant | null
}

export function wireWaiverOf(waiver: Waiver): WireWaiver {
  const { id, rule, environment, resource, document, part, category, reason } = waiver
  return {
    id,
    rule,
    environment,
    resource,
    document,
    part,
    category,
    reason,
    requested_by: waiver.requestedBy,
    approved_by: waiver.approvedBy,
    granted_at: waiver.grantedAt,
    expires_at: waiver.expiresAt,
    revoked_at: waiver.revokedAt,
  }
}
