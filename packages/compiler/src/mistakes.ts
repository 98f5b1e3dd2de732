import { Fault, type Issue } from '@writ/domain'
import { listOf, memberOf, textOf } from './json-read.ts'

/** The Fault of a pack that cannot be compiled; every mistake is in its facts. */
export function bundleInvalid(what: string, issues: readonly Issue[]): Fault {
  const facts = { issues: issues.map(({ pointer, message }) => ({ pointer, message })) }
  return new Fault('bundle-invalid', what, { facts })
}

/** The mistakes that a Fault names. */
export function issuesIn({ facts }: Fault): readonly Issue[] {
  return listOf(facts, 'issues').map((issue) => ({
    pointer: textOf(memberOf(issue, 'pointer')),
    message: textOf(memberOf(issue, 'message')),
  }))
}

/** The same, one line each, as `file:row:column: what`. */
export function issueLines(fault: Fault): readonly string[] {
  return issuesIn(fault).map(({ pointer, message }) =>
    pointer === '' ? message : `${pointer}: ${message}`,
  )
}
