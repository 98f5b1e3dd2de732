import { buildBundle, caseIssue, describePack, issuesIn, proveCases } from '@writ/compiler'
import { Fault, type Issue } from '@writ/domain'
import type { Desk } from '../desk.ts'
import { surroundingsOf } from '../policies.ts'
import { createCaseJudge, failuresOf } from './case-judge.ts'

/** What became of the cases of a pack. */
export type CaseTests = {
  readonly passed: number
  readonly failed: number
  /** What a case promises and its rule does not keep; where the pack cannot be built, what is wrong with it. */
  readonly failures: readonly Issue[]
}

/** Asks each case of a pack: its verdict, its words, its fix, and that the module says what OPA says. */
export async function testCases(policies: string, desk: Desk): Promise<CaseTests> {
  try {
    const request = { ...surroundingsOf(desk), policies }
    const bundle = await buildBundle(request)
    const { rules } = await describePack(request)
    const judge = createCaseJudge(bundle)
    const cases = rules.flatMap((described) => described.cases)
    const results = cases.map((each) => failuresOf(each, judge).map((why) => caseIssue(each, why)))
    const { issues } = await proveCases({ ...request, bundle })
    const failed = results.filter((failures) => failures.length > 0).length
    return { passed: cases.length - failed, failed, failures: [...results.flat(), ...issues] }
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.code !== 'bundle-invalid') throw thrown
    return { passed: 0, failed: 0, failures: issuesIn(thrown) }
  }
}
