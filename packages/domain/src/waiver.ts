import type { Instant, Reference } from './request.ts'

export const waiverCategories = ['waiver', 'mitigated'] as const
export type WaiverCategory = (typeof waiverCategories)[number]

/** A document as a waiver names it: not by its place in a file, which moves. */
export type DocumentName = Reference & { readonly path: string }

/** What a waiver is granted for, and what a finding is matched by: the one place that says when the two are the same. */
export type WaiverScope = {
  readonly tenant: string
  readonly environment: string | null
  readonly rule: string
  readonly resource: Reference
  readonly document: DocumentName | null
  readonly part: string | null
}

/** A granted exception. It is never open-ended, and nobody grants their own. */
export type Waiver = WaiverScope & {
  readonly id: string
  readonly category: WaiverCategory
  readonly reason: string
  readonly requestedBy: string
  readonly approvedBy: string
  readonly grantedAt: Instant
  readonly expiresAt: Instant
  readonly revokedAt: Instant | null
}

/** The only test of whether a waiver excuses a finding: every part of the scope is equal, and it is in force. */
export function covers(waiver: Waiver, finding: WaiverScope, now: Instant): boolean {
  return isInForce(waiver, now) && sameScope(waiver, finding)
}

export function isInForce(waiver: Waiver, now: Instant): boolean {
  const revoked = waiver.revokedAt !== null && waiver.revokedAt <= now
  return waiver.grantedAt <= now && now < waiver.expiresAt && !revoked
}

function sameScope(left: WaiverScope, right: WaiverScope): boolean {
  return (
    left.tenant === right.tenant &&
    left.environment === right.environment &&
    left.rule === right.rule &&
    sameReference(left.resource, right.resource) &&
    sameDocument(left.document, right.document) &&
    left.part === right.part
  )
}

function sameReference(left: Reference, right: Reference): boolean {
  return left.type === right.type && left.id === right.id
}

function sameDocument(left: DocumentName | null, right: DocumentName | null): boolean {
  if (left === null || right === null) return left === right
  return sameReference(left, right) && left.path === right.path
}
