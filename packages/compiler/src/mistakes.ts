import { Fault, type Issue } from '@writ/domain'
import { listOf, memberOf, textOf } from './json-read.ts'

/** The Fault of a pack that cannot be compiled; every mistake is in its facts. */
export function bundleInvalid(what: string, issues: readonly Issue[]): Fault {
  const facts = { issues: issues.map(({ pointer, message }) => ({ pointer, message })) }
  return new Fault('bundle-invalid', what, { facts })
}

/** The mistakes that a Fault names, one line each, as `file:row:column: what`. */
export function issueLines({ facts }: Fault): readonly string[] {
  return listOf(facts, 'issues').map((issue) => {
    const [pointer, message] = [
      textOf(memberOf(issue, 'pointer')),
      textOf(memberOf(issue, 'message')),
    ]
    return pointer === '' ? message : `${pointer}: ${message}`
  })
}
