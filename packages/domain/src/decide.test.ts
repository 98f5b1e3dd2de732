import {
  aComplaint,
  aDocument,
  aNow,
  aQuestion,
  aRequest,
  aRule,
  aVerdict,
  aWaiver,
} from '@writ/testkit'
import { describe, expect, test } from 'vitest'
import {
  decide,
  type DecisionRequest,
  type Document,
  type Effect,
  type Level,
  type Outcome,
  type RuleVerdict,
  type Verdict,
  type Waiver,
} from './index.ts'

const waivedBy = { yes: [aWaiver()], no: [] }

describe('one rule: verdict, level and waiver give its effect and the outcome', () => {
  const cases: readonly [Level, Verdict, 'yes' | 'no', Effect, Outcome][] = [
    ['off', 'fail', 'no', 'none', 'indeterminate'],
    ['shadow', 'fail', 'no', 'observed', 'indeterminate'],
    ['shadow', 'pass', 'no', 'none', 'indeterminate'],
    ['advisory', 'pass', 'no', 'none', 'allow'],
    ['advisory', 'fail', 'no', 'advised', 'allow_with_advice'],
    ['advisory', 'fail', 'yes', 'advised', 'allow_with_advice'],
    ['advisory', 'error', 'no', 'advised', 'indeterminate'],
    ['advisory', 'unknown', 'no', 'advised', 'indeterminate'],
    ['advisory', 'not_applicable', 'no', 'none', 'indeterminate'],
    ['soft_mandatory', 'pass', 'no', 'none', 'allow'],
    ['soft_mandatory', 'fail', 'no', 'blocked', 'deny'],
    ['soft_mandatory', 'fail', 'yes', 'waived', 'allow_with_advice'],
    ['soft_mandatory', 'error', 'yes', 'blocked', 'indeterminate'],
    ['soft_mandatory', 'unknown', 'yes', 'blocked', 'indeterminate'],
    ['soft_mandatory', 'not_applicable', 'no', 'none', 'indeterminate'],
    ['hard_mandatory', 'pass', 'no', 'none', 'allow'],
    ['hard_mandatory', 'fail', 'no', 'blocked', 'deny'],
    ['hard_mandatory', 'fail', 'yes', 'blocked', 'deny'],
    ['hard_mandatory', 'error', 'no', 'blocked', 'indeterminate'],
    ['hard_mandatory', 'unknown', 'no', 'blocked', 'indeterminate'],
  ]
  test.each(cases)('%s, %s, waiver %s: %s, %s', (level, verdict, waived, effect, outcome) => {
    const question = aQuestion(
      { 'deploy.approvals': level },
      { verdicts: [aVerdict(verdict)], waivers: waivedBy[waived] },
    )
    const ruling = decide(question)
    expect([ruling.rules[0]?.effect, ruling.outcome]).toEqual([effect, outcome])
    expect(ruling.findings.length > 0).toBe(effect !== 'none')
  })
})

describe('several rules: the strictest finding decides', () => {
  const cases: readonly [string, readonly [Level, Verdict][], Outcome][] = [
    ['a deny outweighs what could not be judged', [['hard_mandatory', 'fail'], ['hard_mandatory', 'error']], 'deny'],
    ['what could not be judged outweighs a pass', [['hard_mandatory', 'pass'], ['hard_mandatory', 'unknown']], 'indeterminate'],
    ['advice does not hide a pass', [['hard_mandatory', 'pass'], ['advisory', 'fail']], 'allow_with_advice'],
    ['a shadow rule changes nothing', [['hard_mandatory', 'pass'], ['shadow', 'fail']], 'allow'],
    ['a rule that is off changes nothing', [['hard_mandatory', 'pass'], ['off', 'fail']], 'allow'],
    ['an advisory error advises beside a pass', [['hard_mandatory', 'pass'], ['advisory', 'error']], 'allow_with_advice'],
    ['one judging rule is enough', [['advisory', 'pass'], ['hard_mandatory', 'not_applicable']], 'allow'],
  ] // prettier-ignore
  test.each(cases)('%s', (_, rules, outcome) => {
    const ids = rules.map((_, index) => `deploy.r${index}`)
    const held = Object.fromEntries(rules.map(([level], index) => [`deploy.r${index}`, level]))
    const verdicts = rules.map(([, verdict], index) =>
      aVerdict(verdict, { rule: aRule({ id: ids[index] ?? '' }) }),
    )
    expect(decide(aQuestion(held, { verdicts })).outcome).toBe(outcome)
  })
})

describe('a request that nothing judged is indeterminate', () => {
  const pod = aDocument({ id: 'shop/web' })
  const config = (documents: readonly Document[]) => aRequest({ kind: 'config', documents })
  const access = aRequest({ kind: 'access' })
  const cases: readonly [string, DecisionRequest, readonly RuleVerdict[], Outcome][] = [
    ['a deploy without rules', aRequest(), [], 'indeterminate'],
    ['an access whose passing rule grants', access, [aVerdict('pass', { rule: aRule({ grants: true }) })], 'allow'],
    ['an access whose passing rule does not grant', access, [aVerdict('pass')], 'indeterminate'],
    ['a change set without documents', config([]), [aVerdict('pass')], 'indeterminate'],
    ['a governed document that a rule judged', config([pod]), [aVerdict('pass', { judged: [0] })], 'allow'],
    ['a governed document that no rule judged', config([pod]), [aVerdict('not_applicable')], 'indeterminate'],
    ['two governed documents of which one was judged', config([pod, aDocument({ id: 'shop/db' })]), [aVerdict('pass', { judged: [0] })], 'indeterminate'],
    ['a document that nothing governs', config([aDocument({ id: 'x', type: 'kubernetes/ConfigMap' })]), [], 'allow'],
    ['a governed document that does not change', config([{ ...pod, operation: 'none' }]), [], 'allow'],
    ['a governed document that is deleted', config([{ ...pod, operation: 'delete' }]), [], 'allow'],
  ] // prettier-ignore
  test.each(cases)('%s', (_, request, verdicts, outcome) => {
    const ruling = decide(
      aQuestion({ 'deploy.approvals': 'hard_mandatory' }, { request, verdicts }),
    )
    expect(ruling.outcome).toBe(outcome)
    expect(ruling.vacuous !== null).toBe(outcome === 'indeterminate')
  })

  test('a grant that is only advisory lets nobody in', () => {
    const verdicts = [aVerdict('pass', { rule: aRule({ grants: true }) })]
    const ruling = decide(
      aQuestion({ 'deploy.approvals': 'advisory' }, { request: access, verdicts }),
    )
    expect(ruling.outcome).toBe('indeterminate')
  })

  test('documents that nothing governs are named', () => {
    const request = config([pod, aDocument({ id: 'x', type: 'kubernetes/ConfigMap' })])
    const verdicts = [aVerdict('pass', { judged: [0] })]
    const ruling = decide(
      aQuestion({ 'deploy.approvals': 'hard_mandatory' }, { request, verdicts }),
    )
    expect(ruling.ungoverned).toEqual([1])
  })
})

describe('levels', () => {
  const ramp = [
    { from: '2026-11-01T00:00:00.000Z', level: 'advisory' },
    { from: '2026-12-01T00:00:00.000Z', level: 'hard_mandatory' },
  ] as const
  const cases: readonly [string, string, Level][] = [
    ['before the first date', '2026-10-31T23:59:59.999Z', 'shadow'],
    ['on the first date', '2026-11-01T00:00:00.000Z', 'advisory'],
    ['until the second', '2026-11-30T23:59:59.999Z', 'advisory'],
    ['from the second', '2026-12-01T00:00:00.000Z', 'hard_mandatory'],
  ]
  test.each(cases)('%s', (_, at, level) => {
    const enforcement = {
      environments: ['production'],
      governed: {},
      levels: { 'deploy.approvals': { production: ramp } },
    }
    const question = aQuestion({}, { enforcement, now: at, verdicts: [aVerdict('fail')] })
    expect(decide(question).rules[0]?.level).toBe(level)
  })

  test('without an environment each rule holds at its strictest', () => {
    const step = (level: Level) => [{ from: '2020-01-01T00:00:00.000Z', level }]
    const enforcement = {
      environments: ['staging', 'production'],
      governed: { production: ['kubernetes/Deployment.apps'] },
      levels: {
        'deploy.approvals': { staging: step('soft_mandatory'), production: step('advisory') },
      },
    }
    const request = aRequest({ context: {} })
    const ruling = decide(aQuestion({}, { enforcement, request, verdicts: [aVerdict('fail')] }))
    expect(ruling.rules[0]?.level).toBe('soft_mandatory')
  })
})

describe('a waiver covers a finding only when every part of its scope is equal and it is in force', () => {
  const document = aDocument({ id: 'shop/web' })
  const complaint = aComplaint({ document: 0, part: 'app', message: 'privileged' })
  const exact = aWaiver({
    document: { type: 'kubernetes/Deployment.apps', id: 'shop/web', path: 'deploy/checkout.yaml' },
    part: 'app',
  })
  const cases: readonly [string, Waiver, Effect][] = [
    ['equal', exact, 'waived'],
    ['another tenant', { ...exact, tenant: 'other' }, 'blocked'],
    ['another environment', { ...exact, environment: 'staging' }, 'blocked'],
    ['no environment', { ...exact, environment: null }, 'blocked'],
    ['another rule', { ...exact, rule: 'deploy.s' }, 'blocked'],
    ['another resource', { ...exact, resource: { type: 'service', id: 'web' } }, 'blocked'],
    ['another resource type', { ...exact, resource: { type: 'host', id: 'checkout' } }, 'blocked'],
    ['another document', { ...exact, document: { type: 'kubernetes/Deployment.apps', id: 'shop/db', path: 'deploy/checkout.yaml' } }, 'blocked'],
    ['another file', { ...exact, document: { type: 'kubernetes/Deployment.apps', id: 'shop/web', path: 'x.yaml' } }, 'blocked'],
    ['no document', { ...exact, document: null }, 'blocked'],
    ['another part', { ...exact, part: 'sidecar' }, 'blocked'],
    ['no part', { ...exact, part: null }, 'blocked'],
    ['expired now', { ...exact, expiresAt: aNow }, 'blocked'],
    ['granted later', { ...exact, grantedAt: '2026-11-25T10:00:00.001Z' }, 'blocked'],
    ['revoked', { ...exact, revokedAt: aNow }, 'blocked'],
    ['to be revoked later', { ...exact, revokedAt: '2026-11-26T00:00:00.000Z' }, 'waived'],
  ] // prettier-ignore
  test.each(cases)('%s', (_, waiver, effect) => {
    const request = aRequest({ kind: 'config', documents: [document] })
    const verdicts = [aVerdict('fail', { judged: [0], complaints: [complaint] })]
    const question = aQuestion(
      { 'deploy.approvals': 'soft_mandatory' },
      { request, verdicts, waivers: [waiver] },
    )
    const [finding] = decide(question).findings
    expect(finding?.effect).toBe(effect)
    expect(finding?.waiver).toBe(effect === 'waived' ? waiver.id : null)
    expect(finding?.verdict).toBe('fail')
  })

  test('one waived finding does not carry its neighbour', () => {
    const complaints = [aComplaint({ part: 'a' }), aComplaint({ part: 'b' })]
    const question = aQuestion(
      { 'deploy.approvals': 'soft_mandatory' },
      { verdicts: [aVerdict('fail', { complaints })], waivers: [aWaiver({ part: 'a' })] },
    )
    const ruling = decide(question)
    expect(ruling.findings.map(({ part, effect }) => [part, effect])).toEqual([
      ['b', 'blocked'],
      ['a', 'waived'],
    ])
    expect([ruling.outcome, ruling.rules[0]?.effect]).toEqual(['deny', 'blocked'])
  })
})
