import type { RuleEffect } from '@writ/domain'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldScorecard, ladder, maxObservations } from './index.ts'
import type {
  CheckStatus,
  DecisionObserved,
  DeploymentObserved,
  FoldScope,
  Observation,
  ScorecardLevel,
} from './index.ts'

const scope: FoldScope = { entity: 'checkout', environment: 'production', truncated: false }

const passes: RuleEffect = {
  rule: 'deploy.approvals',
  verdict: 'pass',
  level: 'hard_mandatory',
  effect: 'none',
}
const shadowed: RuleEffect = {
  rule: 'deploy.s',
  verdict: 'fail',
  level: 'shadow',
  effect: 'observed',
}
const advised: RuleEffect = {
  rule: 'deploy.a',
  verdict: 'fail',
  level: 'advisory',
  effect: 'advised',
}
const blocked: RuleEffect = {
  rule: 'deploy.b',
  verdict: 'fail',
  level: 'soft_mandatory',
  effect: 'blocked',
}
const waived: RuleEffect = { ...blocked, effect: 'waived' }
const unknown: RuleEffect = {
  rule: 'deploy.u',
  verdict: 'unknown',
  level: 'advisory',
  effect: 'advised',
}

const minute = (count: number): string =>
  new Date(Date.UTC(2026, 10, 25) + count * 60_000).toISOString()

const isBlocking = ({ effect }: RuleEffect): boolean => effect === 'blocked'

/** A decision at a minute; it allows unless a rule blocks. */
function decided(at: number, more: Partial<DecisionObserved> = {}): DecisionObserved {
  const rules = more.rules ?? [passes]
  return {
    type: 'decision',
    id: `dec_${at}`,
    at: minute(at),
    environment: 'production',
    allowed: !rules.some(isBlocking),
    artifactDigest: 'sha256:a',
    rules,
    ...more,
  }
}

/** A deployment that finished at a minute, and was reported at once. */
function deployed(at: number, more: Partial<DeploymentObserved> = {}): DeploymentObserved {
  return {
    type: 'deployment',
    id: `out_${at}`,
    at: minute(at),
    environment: 'production',
    artifactDigest: 'sha256:a',
    finishedAt: minute(at),
    ...more,
  }
}

const b = { artifactDigest: 'sha256:b' }

type Row = readonly [
  string,
  readonly Observation[],
  { decided: CheckStatus; failing: CheckStatus; level: ScorecardLevel; strict?: ScorecardLevel },
]

const rows: readonly Row[] = [
  ['nothing recorded', [], { decided: 'no_evidence', failing: 'no_evidence', level: 'none' }],
  ['decisions, no deployment', [decided(1)], { decided: 'no_evidence', failing: 'no_evidence', level: 'none' }],
  ['decided, then deployed', [decided(1), deployed(2)], { decided: 'pass', failing: 'pass', level: 'clean' }],
  ['deployed without asking', [deployed(2)], { decided: 'fail', failing: 'no_evidence', level: 'none' }],
  ['asked too late', [deployed(1), decided(2)], { decided: 'fail', failing: 'pass', level: 'none' }],
  ['asked after the report of an instant to come', [deployed(1, { finishedAt: minute(9) }), decided(5)], { decided: 'fail', failing: 'pass', level: 'none' }],
  ['asked of staging only', [decided(1, { environment: 'staging' }), deployed(2)], { decided: 'fail', failing: 'no_evidence', level: 'none' }],
  ['asked of no environment', [decided(1, { environment: null }), deployed(2)], { decided: 'fail', failing: 'no_evidence', level: 'none' }],
  ['asked of another artifact', [decided(1, b), deployed(2)], { decided: 'fail', failing: 'no_evidence', level: 'none' }],
  ['denied, and deployed all the same', [decided(1, { rules: [blocked] }), deployed(2)], { decided: 'fail', failing: 'fail', level: 'none' }],
  ['denied, mended, allowed, deployed', [decided(1, { rules: [blocked] }), decided(2), deployed(3)], { decided: 'pass', failing: 'pass', level: 'clean' }],
  ['a denial of the next artifact changes nothing', [decided(1), deployed(2), decided(3, { ...b, rules: [blocked] })], { decided: 'pass', failing: 'pass', level: 'clean' }],
  ['what runs is asked about again, and fails by now', [decided(1), deployed(2), decided(3, { rules: [blocked] })], { decided: 'pass', failing: 'fail', level: 'governed' }],
  ['an advisory rule fails', [decided(1, { rules: [passes, advised] }), deployed(2)], { decided: 'pass', failing: 'fail', level: 'governed' }],
  ['a shadow rule fails', [decided(1, { rules: [passes, shadowed] }), deployed(2)], { decided: 'pass', failing: 'pass', level: 'clean' }],
  ['only a shadow rule judged', [decided(1, { rules: [shadowed] }), deployed(2)], { decided: 'pass', failing: 'no_evidence', level: 'governed' }],
  ['a rule could not be judged', [decided(1, { rules: [passes, unknown] }), deployed(2)], { decided: 'pass', failing: 'error', level: 'governed' }],
  ['one fails, one could not be judged', [decided(1, { rules: [advised, unknown] }), deployed(2)], { decided: 'pass', failing: 'fail', level: 'governed' }],
  ['waived', [decided(1, { rules: [waived] }), deployed(2)], { decided: 'exempt', failing: 'exempt', level: 'clean', strict: 'none' }],
  ['waived, then mended', [decided(1, { rules: [waived] }), deployed(2), decided(3, b), deployed(4, b)], { decided: 'exempt', failing: 'pass', level: 'clean', strict: 'none' }],
  ['allowed with and without a waiver', [decided(1), decided(2, { rules: [waived] }), deployed(3)], { decided: 'pass', failing: 'exempt', level: 'clean', strict: 'governed' }],
  ['one of two was not asked for', [decided(1), deployed(2), deployed(3, b)], { decided: 'fail', failing: 'no_evidence', level: 'none' }],
  ['staging deployments are not scored', [decided(1), deployed(2), deployed(3, { ...b, environment: 'staging' })], { decided: 'pass', failing: 'pass', level: 'clean' }],
  ['reported late, but finished earlier', [decided(1), deployed(5), decided(2, b), deployed(9, { ...b, finishedAt: minute(4) })], { decided: 'pass', failing: 'pass', level: 'clean' }],
] // prettier-ignore

describe('a service is scored on what is deployed', () => {
  test.each(rows)('%s', (_, observations, expected) => {
    const card = foldScorecard(scope, observations)
    const [decidedCheck, failingCheck] = card.checks
    expect({
      decided: decidedCheck?.status,
      failing: failingCheck?.status,
      level: card.level,
      strict: card.levelWithoutExemptions,
    }).toEqual({ strict: expected.level, ...expected })
  })

  test.each(rows)('%s: says what to do next, unless all is well', (_, observations) => {
    const card = foldScorecard(scope, observations)
    expect(card.nextStep === null).toBe(card.checks.every(({ status }) => status === 'pass'))
    for (const { status, nextStep } of card.checks)
      expect(nextStep === null).toBe(status === 'pass')
  })

  test('the words for a deployment that nobody asked for', () => {
    const digest = `sha256:${'9f86d081'.repeat(8)}`
    const [check] = foldScorecard(scope, [deployed(2, { artifactDigest: digest })]).checks
    expect(check).toMatchObject({
      message:
        'The only reported deployment to production finished without an allowing decision for that artifact (it brought sha256:9f86d0819f86).',
      nextStep:
        'Ask before you deploy: `npx writ decide deploy --service checkout --environment production`.',
      records: ['out_2'],
    })
  })

  test('the words for a failing rule name the rule, the artifact and the decision to read', () => {
    const card = foldScorecard(scope, [decided(1, { rules: [passes, advised] }), deployed(2)])
    expect(card.nextStep).toBe(
      'Read what to mend (`npx writ explain dec_1`), mend it, and deploy the result.',
    )
    expect(card.checks[1]).toMatchObject({
      message: 'deploy.a fails on sha256:a, which runs in production.',
      records: ['out_2', 'dec_1'],
    })
  })

  test('a name that a shell would read is quoted in the command', () => {
    const card = foldScorecard({ ...scope, entity: "a'; rm -rf ~" }, [deployed(2)])
    expect(card.nextStep).toContain(String.raw`--service 'a'\''; rm -rf ~' --environment`)
  })
})

describe('what was not read proves nothing', () => {
  test('an absent decision is no_evidence, not a pass and not an accusation', () => {
    const card = foldScorecard({ ...scope, truncated: true }, [deployed(2)])
    expect(card.checks.map(({ status }) => status)).toEqual(['no_evidence', 'no_evidence'])
    expect(card.from.truncated).toBe(true)
  })

  test('more observations than the bound: the newest count, and the card says so', () => {
    const many = Array.from({ length: maxObservations }, (_, index) => decided(index + 10))
    const card = foldScorecard(scope, [decided(1, b), deployed(2, b), ...many])
    expect(card.from).toMatchObject({
      records: maxObservations,
      truncated: true,
      newest: { id: `dec_${maxObservations + 9}` },
    })
  })

  test('a check names a bounded number of records', () => {
    const many = Array.from({ length: 300 }, (_, index) => deployed(index))
    expect(foldScorecard(scope, many).checks[0]?.records).toHaveLength(20)
  })
})

const ruleEffects = fc.constantFrom(passes, shadowed, advised, blocked, waived, unknown)
const artifact = fc.constantFrom('sha256:a', 'sha256:b')
const environment = fc.constantFrom('production', 'production', 'staging')
const decisions = fc
  .record({
    at: fc.integer({ min: 0, max: 30 }),
    environment,
    artifactDigest: artifact,
    rules: fc.array(ruleEffects, { maxLength: 3 }),
  })
  .map(
    ({ at, ...more }) =>
      (index: number) =>
        decided(at, { ...more, id: `dec_${index}` }),
  )
const deployments = fc
  .record({
    at: fc.integer({ min: 0, max: 30 }),
    finished: fc.integer({ min: 0, max: 30 }),
    environment,
    artifactDigest: artifact,
  })
  .map(
    ({ at, finished, ...more }) =>
      (index: number) =>
        deployed(at, { ...more, finishedAt: minute(finished), id: `out_${index}` }),
  )
const histories = fc
  .array(fc.oneof(decisions, deployments), { maxLength: 12 })
  .map((makers) => makers.map((make, index) => make(index)))

const height = (level: ScorecardLevel): number => ladder.indexOf(level)

/** The same history, had a waiver excused every finding of the soft rule. */
function withWaiver(observations: readonly Observation[]): readonly Observation[] {
  return observations.map((seen) => {
    if (seen.type !== 'decision') return seen
    const rules = seen.rules.map((rule) => (rule.effect === 'blocked' ? waived : rule))
    return { ...seen, rules, allowed: true }
  })
}

describe('properties', () => {
  test('order and repeats change nothing', () => {
    const shuffled = histories.chain((observations) =>
      fc.tuple(
        fc.constant(observations),
        fc.shuffledSubarray([...observations, ...observations], {
          minLength: observations.length * 2,
        }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([observations, replayed]) => {
        expect(foldScorecard(scope, replayed)).toEqual(foldScorecard(scope, observations))
      }),
    )
  })

  test('a waiver never raises the level without exemptions, and never lowers the level', () => {
    fc.assert(
      fc.property(histories, (observations) => {
        const [before, after] = [observations, withWaiver(observations)].map((seen) =>
          foldScorecard(scope, seen),
        )
        expect(height(after!.levelWithoutExemptions)).toBeLessThanOrEqual(
          height(before!.levelWithoutExemptions),
        )
        expect(height(after!.level)).toBeGreaterThanOrEqual(height(before!.level))
      }),
    )
  })

  test('exemptions only ever raise a level', () => {
    fc.assert(
      fc.property(histories, fc.boolean(), (observations, truncated) => {
        const card = foldScorecard({ ...scope, truncated }, observations)
        expect(height(card.level)).toBeGreaterThanOrEqual(height(card.levelWithoutExemptions))
      }),
    )
  })

  test('no level above none without a deployment', () => {
    fc.assert(
      fc.property(histories, (observations) => {
        const seen = observations.filter(({ type }) => type === 'decision')
        expect(foldScorecard(scope, seen).level).toBe('none')
      }),
    )
  })
})
