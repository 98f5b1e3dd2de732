import { problemOf, problems } from '@writ/contract'
import type { Fault, FaultCode } from '@writ/domain'
import type { Pages } from './parts.ts'
import type { Reply } from './route.ts'

/** A fault as RFC 9457 has it, or as a page where there are any, with the headers that belong to its status. */
export async function faultReply(
  fault: Fault,
  requestId: string,
  pages: Pages | null,
): Promise<Reply> {
  const problem = problemOf(fault, requestId)
  if (pages !== null)
    return { ...(await pages.faultReply(problem, requestId)), headers: headersOf(fault) }
  return {
    status: problem.status,
    type: 'application/problem+json; charset=utf-8',
    body: JSON.stringify(problem),
    headers: headersOf(fault),
  }
}

/** Answered before the body was read: what is left of it would stand in the way of the next request on this connection. */
const unread: ReadonlySet<FaultCode> = new Set(['request-too-large', 'media-type-unsupported'])

function headersOf({ code, facts }: Fault): Readonly<Record<string, string>> {
  const { retryAfter } = problems[code]
  if (unread.has(code)) return { connection: 'close' }
  if (retryAfter !== undefined) return { 'retry-after': String(retryAfter) }
  const { allow } = facts
  return typeof allow === 'string' ? { allow } : {}
}
