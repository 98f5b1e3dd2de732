import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decide,
  isAllowed,
  levels,
  type Complaint,
  type DecisionRequest,
  type Document,
  type Effect,
  type Level,
  type Outcome,
  type Question,
  type Rule,
  type RuleVerdict,
  type Verdict,
  type Waiver,
} from './index.ts'

const now = '2026-11-25T10:00:00.000Z'
const thing = { properties: {} }

function aRequest(over: Partial<DecisionRequest> = {}): DecisionRequest {
  return {
    kind: 'deploy',
    subject: { type: 'user', id: 'ada', ...thing },
    action: { name: 'deploy', properties: {} },
    resource: { type: 'service', id: 'checkout', ...thing },
    context: { environment: 'production' },
    documents: [],
    ...over,
  }
}

function aRule(over: Partial<Rule> = {}): Rule {
  return {
    id: 'deploy.r',
    kind: 'deploy',
    title: 'A rule',
    description: 'It rules.',
    severity: 'high',
    controls: [],
    remediation: 'Mend it.',
    docsUrl: '/policies/deploy.r',
    waivableBy: ['security'],
    appliesRequires: [],
    requires: [],
    effectiveOn: '2026-01-01T00:00:00.000Z',
    grants: false,
    crossesDocuments: false,
    documentTypes: [],
    ...over,
  }
}

function aComplaint(over: Partial<Complaint> = {}): Complaint {
  return { message: 'no', part: null, document: null, pointer: null, remediation: null, ...over }
}

function aVerdict(verdict: Verdict, over: Partial<RuleVerdict> = {}): RuleVerdict {
  const complaints = verdict === 'fail' ? [aComplaint()] : []
  return { rule: aRule(), verdict, judged: [], complaints, reason: null, ...over }
}

function aWaiver(over: Partial<Waiver> = {}): Waiver {
  return {
    id: 'wvr_1',
    tenant: 'acme',
    environment: 'production',
    rule: 'deploy.r',
    resource: { type: 'service', id: 'checkout' },
    document: null,
    part: null,
    category: 'waiver',
    reason: 'vendor image',
    requestedBy: 'ada',
    approvedBy: 'grace',
    grantedAt: '2026-11-01T00:00:00.000Z',
    expiresAt: '2026-12-01T00:00:00.000Z',
    revokedAt: null,
    ...over,
  }
}

function aDocument(id: string, over: Partial<Document> = {}): Document {
  return {
    type: 'kubernetes/Pod',
    id,
    path: 'pod.yaml',
    index: 0,
    operation: 'update',
    content: {},
    ...over,
  }
}

/** A question in which every rule named holds at its level since long ago. */
function aQuestion(held: Readonly<Record<string, Level>>, over: Partial<Question> = {}): Question {
  const steps = (level: Level) => ({ production: [{ from: '2020-01-01T00:00:00.000Z', level }] })
  return {
    tenant: 'acme',
    request: aRequest(),
    enforcement: {
      environments: ['production'],
      governed: { production: ['kubernetes/Pod'] },
      levels: Object.fromEntries(Object.entries(held).map(([rule, level]) => [rule, steps(level)])),
    },
    waivers: [],
    verdicts: [],
    now,
    ...over,
  }
}

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
      { 'deploy.r': level },
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
  const pod = aDocument('shop/web')
  const config = (documents: readonly Document[]) => aRequest({ kind: 'config', documents })
  const access = aRequest({ kind: 'access' })
  const cases: readonly [string, DecisionRequest, readonly RuleVerdict[], Outcome][] = [
    ['a deploy without rules', aRequest(), [], 'indeterminate'],
    ['an access whose passing rule grants', access, [aVerdict('pass', { rule: aRule({ grants: true }) })], 'allow'],
    ['an access whose passing rule does not grant', access, [aVerdict('pass')], 'indeterminate'],
    ['a change set without documents', config([]), [aVerdict('pass')], 'indeterminate'],
    ['a governed document that a rule judged', config([pod]), [aVerdict('pass', { judged: [0] })], 'allow'],
    ['a governed document that no rule judged', config([pod]), [aVerdict('not_applicable')], 'indeterminate'],
    ['two governed documents of which one was judged', config([pod, aDocument('shop/db')]), [aVerdict('pass', { judged: [0] })], 'indeterminate'],
    ['a document that nothing governs', config([aDocument('x', { type: 'kubernetes/ConfigMap' })]), [], 'allow'],
    ['a governed document that does not change', config([{ ...pod, operation: 'none' }]), [], 'allow'],
    ['a governed document that is deleted', config([{ ...pod, operation: 'delete' }]), [], 'allow'],
  ] // prettier-ignore
  test.each(cases)('%s', (_, request, verdicts, outcome) => {
    const ruling = decide(aQuestion({ 'deploy.r': 'hard_mandatory' }, { request, verdicts }))
    expect(ruling.outcome).toBe(outcome)
    expect(ruling.vacuous !== null).toBe(outcome === 'indeterminate')
  })

  test('a grant that is only advisory lets nobody in', () => {
    const verdicts = [aVerdict('pass', { rule: aRule({ grants: true }) })]
    const ruling = decide(aQuestion({ 'deploy.r': 'advisory' }, { request: access, verdicts }))
    expect(ruling.outcome).toBe('indeterminate')
  })

  test('documents that nothing governs are named', () => {
    const request = config([pod, aDocument('x', { type: 'kubernetes/ConfigMap' })])
    const verdicts = [aVerdict('pass', { judged: [0] })]
    const ruling = decide(aQuestion({ 'deploy.r': 'hard_mandatory' }, { request, verdicts }))
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
      levels: { 'deploy.r': { production: ramp } },
    }
    const question = aQuestion({}, { enforcement, now: at, verdicts: [aVerdict('fail')] })
    expect(decide(question).rules[0]?.level).toBe(level)
  })

  test('without an environment each rule holds at its strictest', () => {
    const step = (level: Level) => [{ from: '2020-01-01T00:00:00.000Z', level }]
    const enforcement = {
      environments: ['staging', 'production'],
      governed: { production: ['kubernetes/Pod'] },
      levels: { 'deploy.r': { staging: step('soft_mandatory'), production: step('advisory') } },
    }
    const request = aRequest({ context: {} })
    const ruling = decide(aQuestion({}, { enforcement, request, verdicts: [aVerdict('fail')] }))
    expect(ruling.rules[0]?.level).toBe('soft_mandatory')
  })
})

describe('a waiver covers a finding only when every part of its scope is equal and it is in force', () => {
  const document = aDocument('shop/web')
  const complaint = aComplaint({ document: 0, part: 'app', message: 'privileged' })
  const exact = aWaiver({
    document: { type: 'kubernetes/Pod', id: 'shop/web', path: 'pod.yaml' },
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
    ['another document', { ...exact, document: { type: 'kubernetes/Pod', id: 'shop/db', path: 'pod.yaml' } }, 'blocked'],
    ['another file', { ...exact, document: { type: 'kubernetes/Pod', id: 'shop/web', path: 'x.yaml' } }, 'blocked'],
    ['no document', { ...exact, document: null }, 'blocked'],
    ['another part', { ...exact, part: 'sidecar' }, 'blocked'],
    ['no part', { ...exact, part: null }, 'blocked'],
    ['expired now', { ...exact, expiresAt: now }, 'blocked'],
    ['granted later', { ...exact, grantedAt: '2026-11-25T10:00:00.001Z' }, 'blocked'],
    ['revoked', { ...exact, revokedAt: now }, 'blocked'],
    ['to be revoked later', { ...exact, revokedAt: '2026-11-26T00:00:00.000Z' }, 'waived'],
  ] // prettier-ignore
  test.each(cases)('%s', (_, waiver, effect) => {
    const request = aRequest({ kind: 'config', documents: [document] })
    const verdicts = [aVerdict('fail', { judged: [0], complaints: [complaint] })]
    const question = aQuestion(
      { 'deploy.r': 'soft_mandatory' },
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
      { 'deploy.r': 'soft_mandatory' },
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

describe('properties', () => {
  const verdictNames: readonly Verdict[] = ['pass', 'fail', 'not_applicable', 'error', 'unknown']
  const anyRule = fc.record({
    level: fc.constantFrom(...levels),
    verdict: fc.constantFrom(...verdictNames),
    grants: fc.boolean(),
    waived: fc.boolean(),
    judged: fc.subarray([0, 1, 2]),
  })
  type AnyRule = {
    level: Level
    verdict: Verdict
    grants: boolean
    waived: boolean
    judged: number[]
  }
  const types = ['kubernetes/Pod', 'kubernetes/ConfigMap'] as const
  const anyDocuments = fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 3 })
  const anyKind = fc.constantFrom('deploy' as const, 'access' as const, 'config' as const)

  type Drawn = {
    kind: 'deploy' | 'access' | 'config'
    types: readonly string[]
    rules: readonly AnyRule[]
  }
  const anyQuestion: fc.Arbitrary<Drawn> = fc.record({
    kind: anyKind,
    types: anyDocuments,
    rules: fc.array(anyRule, { maxLength: 5 }),
  })

  function ask({ kind, types, rules }: Drawn): Question {
    const documents =
      kind === 'config' ? types.map((type, index) => aDocument(`d${index}`, { type })) : []
    const verdicts = rules.map(({ verdict, grants, judged }, index): RuleVerdict => {
      const seen = kind === 'config' ? judged.filter((position) => position < types.length) : []
      const judges = verdict === 'pass' || verdict === 'fail'
      return aVerdict(verdict, {
        rule: aRule({ id: `deploy.r${index}`, grants }),
        judged: judges ? seen : [],
      })
    })
    const held = Object.fromEntries(rules.map(({ level }, index) => [`deploy.r${index}`, level]))
    const waivers = rules.flatMap(({ waived }, index) =>
      waived ? [aWaiver({ rule: `deploy.r${index}` })] : [],
    )
    return aQuestion(held, { request: aRequest({ kind, documents }), verdicts, waivers })
  }

  const allows = (drawn: Drawn): boolean => isAllowed(decide(ask(drawn)).outcome)

  test('turning any verdict into error or unknown never turns a non-allow into an allow', () => {
    fc.assert(
      fc.property(
        anyQuestion,
        fc.nat(4),
        fc.constantFrom('error', 'unknown'),
        (drawn, at, verdict) => {
          const rules = drawn.rules.map((rule, index) =>
            index === at ? { ...rule, verdict } : rule,
          )
          expect(!allows(drawn) && allows({ ...drawn, rules })).toBe(false)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('adding a shadow rule never changes whether it is allowed', () => {
    fc.assert(
      fc.property(anyQuestion, anyRule, (drawn, rule) => {
        const rules = [...drawn.rules, { ...rule, level: 'shadow' as const }]
        expect(allows({ ...drawn, rules })).toBe(allows(drawn))
      }),
      { numRuns: 1000 },
    )
  })

  test('adding a document to a change set that has one never turns a non-allow into an allow', () => {
    fc.assert(
      fc.property(anyQuestion, fc.constantFrom(...types), (drawn, type) => {
        const before = { ...drawn, kind: 'config' as const }
        const after = { ...before, types: [...drawn.types, type] }
        const judgedBefore = drawn.rules.map(({ judged }) =>
          judged.filter((p) => p < drawn.types.length),
        )
        const rules = drawn.rules.map((rule, index) => ({
          ...rule,
          judged: judgedBefore[index] ?? [],
        }))
        expect(!allows({ ...before, rules }) && allows({ ...after, rules })).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  test('every effect but none has a finding, and the order of verdicts changes nothing', () => {
    fc.assert(
      fc.property(anyQuestion, (drawn) => {
        const question = ask(drawn)
        const ruling = decide(question)
        for (const { rule, effect } of ruling.rules)
          expect(ruling.findings.some((finding) => finding.rule === rule)).toBe(effect !== 'none')
        const turned = decide({ ...question, verdicts: question.verdicts.toReversed() })
        expect(turned).toEqual(ruling)
      }),
      { numRuns: 1000 },
    )
  })
})
