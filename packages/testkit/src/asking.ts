import type { Level, Question, RuleVerdict, Verdict } from '@writ/domain'
import { aComplaint, aNow, anEnforcement, aRequest, aRule } from './deciding.ts'

/** What `deploy.approvals` found; a `fail` comes with one complaint. */
export function aVerdict(verdict: Verdict, over: Partial<RuleVerdict> = {}): RuleVerdict {
  const complaints = verdict === 'fail' ? [aComplaint()] : []
  return { rule: aRule(), verdict, judged: [], complaints, reason: null, lacking: [], ...over }
}

/** A deploy to production, asked now, with each rule held at its level. */
export function aQuestion(
  levels: Readonly<Record<string, Level>>,
  over: Partial<Question> = {},
): Question {
  return {
    tenant: 'acme',
    request: aRequest(),
    enforcement: anEnforcement({ levels }),
    waivers: [],
    verdicts: [],
    now: aNow,
    ...over,
  }
}
