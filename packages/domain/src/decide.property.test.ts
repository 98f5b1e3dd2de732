import { aDocument, aQuestion, aRequest, aRule, aVerdict, aWaiver } from '@writ/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decide,
  isAllowed,
  levels,
  type Level,
  type Question,
  type RuleVerdict,
  type Verdict,
} from './index.ts'

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
  const types = ['kubernetes/Deployment.apps', 'kubernetes/ConfigMap'] as const
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
      kind === 'config' ? types.map((type, index) => aDocument({ id: `d${index}`, type })) : []
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
