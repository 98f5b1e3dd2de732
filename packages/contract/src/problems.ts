import type { Fault, FaultCode, Json } from '@writ/domain'

export type ProblemType = {
  readonly status: number
  readonly title: string
  /** The facts that may reach the caller; a fact that is not listed never does. */
  readonly shows: readonly string[]
  /** Seconds after which the same request, with the same key, is worth another try. */
  readonly retryAfter?: number
}

/** One entry a code: a new code without one does not compile. */
export const problems: Readonly<Record<FaultCode, ProblemType>> = {
  'request-malformed': {
    status: 400,
    title: 'The body is not JSON that Writ can read',
    shows: ['issues'],
  },
  'request-invalid': { status: 422, title: 'The request has mistakes', shows: ['issues'] },
  'request-too-large': { status: 413, title: 'The body is too large', shows: ['limit_bytes'] },
  'media-type-unsupported': { status: 415, title: 'The body must be JSON', shows: ['accepts'] },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take that method',
    shows: ['allow'],
  },
  'route-unknown': { status: 404, title: 'There is nothing at this address', shows: ['path'] },
  'host-refused': {
    status: 421,
    title: 'Writ does not answer to this host name',
    shows: ['host'],
  },
  'origin-refused': {
    status: 403,
    title: 'Pages of another origin may not write here',
    shows: ['origin'],
  },
  'tenant-unknown': { status: 404, title: 'There is no such tenant', shows: ['tenant', 'tenants'] },
  'decision-unknown': { status: 404, title: 'There is no such decision', shows: ['id'] },
  'record-unknown': { status: 404, title: 'There is no such record', shows: ['id'] },
  'entity-unknown': { status: 404, title: 'Nothing is recorded of this entity', shows: ['entity'] },
  'waiver-unknown': { status: 404, title: 'There is no such waiver', shows: ['id'] },
  'cursor-invalid': { status: 422, title: 'The cursor is not one of this list', shows: [] },
  'idempotency-key-reused': {
    status: 422,
    title: 'This Idempotency-Key was used for another request',
    shows: ['id'],
  },
  'bundle-not-ready': {
    status: 503,
    title: 'No policy bundle is active',
    shows: [],
    retryAfter: 2,
  },
  'bundle-invalid': {
    status: 422,
    title: 'The policy bundle is not fit to decide',
    shows: ['issues'],
  },
  'compiler-unavailable': {
    status: 503,
    title: 'Policies cannot be compiled on this machine',
    shows: [],
  },
  'records-unavailable': {
    status: 503,
    title: 'The decision could not be recorded, so none was made',
    shows: [],
    retryAfter: 1,
  },
  'store-too-new': {
    status: 503,
    title: 'The store was written by a newer Writ',
    shows: ['found', 'known'],
  },
  'start-refused': { status: 503, title: 'Writ cannot start here', shows: [] },
  'store-unreadable': { status: 503, title: 'The store is not a file of Writ', shows: [] },
  'service-unreachable': {
    status: 502,
    title: 'The service could not be reached, or what answered is not Writ',
    shows: [],
  },
  internal: { status: 500, title: 'Something unforeseen went wrong', shows: [] },
}

/** A problem as RFC 9457 has it, with the facts of the fault as extension members. Of an unforeseen one it shows only the request's id. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly [fact: string]: Json
}

export function problemOf(fault: Fault, requestId: string): Problem {
  const { status, title, shows } = problems[fault.code]
  const facts = Object.entries(fault.facts).filter(([name]) => shows.includes(name))
  return {
    ...Object.fromEntries(facts),
    type: `https://writ.dev/problems/${fault.code}`,
    title,
    status,
    detail:
      fault.code === 'internal' ? `Report it with the request id ${requestId}` : fault.message,
    instance: `urn:writ:request:${requestId}`,
  }
}
