import { problemOf, problems } from '@writ/contract'
import type { Fault } from '@writ/domain'
import type { Reply } from './route.ts'

/** A fault as RFC 9457 has it, with the headers that belong to its status. */
export function faultReply(fault: Fault, requestId: string): Reply {
  const problem = problemOf(fault, requestId)
  return {
    status: problem.status,
    type: 'application/problem+json; charset=utf-8',
    body: JSON.stringify(problem),
    headers: headersOf(fault),
  }
}

function headersOf({ code, facts }: Fault): Readonly<Record<string, string>> {
  const { retryAfter } = problems[code]
  if (retryAfter !== undefined) return { 'retry-after': String(retryAfter) }
  const { allow } = facts
  return typeof allow === 'string' ? { allow } : {}
}
