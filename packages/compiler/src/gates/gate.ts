import { Fault } from '@writ/domain'
import type { LintIssue } from '../lints/lints.ts'

/** One of the gates that policies pass before anybody relies on them, and what stands in their way there. */
export type Gate = {
  readonly name: string
  readonly issues: readonly LintIssue[]
  /** Why it was not held, such as a linter that this machine cannot build; null where it was. */
  readonly notRun: string | null
}

/** A gate, held; what this machine lacks for it is told, and hinders no other gate. */
export async function gate(name: string, hold: () => Promise<readonly LintIssue[]>): Promise<Gate> {
  try {
    return { name, issues: await hold(), notRun: null }
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.code !== 'compiler-unavailable') throw thrown
    return { name, issues: [], notRun: thrown.message }
  }
}
