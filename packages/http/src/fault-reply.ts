import { problemOf, problems } from '@writ/contract'
import type { Fault } from '@writ/domain'
import { faultMain } from './pages/fault.ts'
import { pageReply } from './pages/layout.ts'
import type { Reply } from './route.ts'

/** A fault as RFC 9457 has it, or as a page, with the headers that belong to its status. */
export async function faultReply(fault: Fault, requestId: string, asPage: boolean): Promise<Reply> {
  const problem = problemOf(fault, requestId)
  if (asPage) {
    const { title, status } = problem
    const main = faultMain(problem, requestId)
    const page = await pageReply({ title, place: null, view: null, main, status })
    return { ...page, headers: headersOf(fault) }
  }
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
