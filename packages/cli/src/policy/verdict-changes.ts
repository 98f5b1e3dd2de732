import { describePack, type Case } from '@writ/compiler'
import type { BundleFiles } from '@writ/contract'
import type { Desk } from '../desk.ts'
import { surroundingsOf } from '../policies.ts'
import { createCaseJudge, type CaseJudge } from './case-judge.ts'

/** A case that one bundle judges otherwise than the other. */
export type VerdictChange = {
  readonly rule: string
  readonly case: string
  readonly before: string
  readonly after: string
}

type Pack = { readonly bundle: BundleFiles; readonly policies: string | null }

/** The cases of both packs that have sources, judged by both bundles; null where neither has. */
export async function verdictChanges(
  before: Pack,
  after: Pack,
  desk: Desk,
): Promise<readonly VerdictChange[] | null> {
  if (before.policies === null && after.policies === null) return null
  const written = await Promise.all([after, before].map((pack) => casesOf(pack, desk)))
  const cases = new Map(
    written
      .flat()
      .toReversed()
      .map((each) => [`${each.rule} ${each.name}`, each]),
  )
  const [left, right] = [createCaseJudge(before.bundle), createCaseJudge(after.bundle)]
  return [...cases.values()].toReversed().flatMap((each) => {
    const [was, is] = [verdictIn(each, left), verdictIn(each, right)]
    return was === is ? [] : [{ rule: each.rule, case: each.name, before: was, after: is }]
  })
}

async function casesOf({ policies }: Pack, desk: Desk): Promise<readonly Case[]> {
  if (policies === null) return []
  const { rules } = await describePack({ ...surroundingsOf(desk), policies })
  return rules.flatMap(({ cases }) => cases)
}

function verdictIn(each: Case, judge: CaseJudge): string {
  return judge(each, each.request)?.verdict ?? 'not judged'
}
