import { decide, environmentOf, type Kind, type Outcome, type Verdict } from '@writ/domain'
import { describe, expect, test } from 'vitest'
import { aBundle, aComplaint, aNow, aRequest, aRule, type BundleWish } from './index.ts'

const ruleOf = { deploy: 'deploy.approvals', access: 'access.roles', config: 'config.kubernetes.x' }

function outcomeOf(kind: Kind, wish: BundleWish): Outcome {
  const bundle = aBundle({ rules: [aRule({ id: ruleOf[kind] })], ...wish })
  const request = aRequest({ kind })
  expect(bundle.enforcement.environments).toContain(environmentOf(request))
  const verdicts = bundle.evaluate(request, aNow)
  const { enforcement } = bundle
  return decide({ tenant: 'acme', request, enforcement, waivers: [], verdicts, now: aNow }).outcome
}

describe('a bundle finds what it is told to find, for every kind', () => {
  const cases: readonly [Verdict, Outcome][] = [
    ['pass', 'allow'],
    ['fail', 'deny'],
    ['error', 'indeterminate'],
    ['unknown', 'indeterminate'],
    ['not_applicable', 'indeterminate'],
  ]
  test.each(cases)('%s: %s', (verdict, outcome) => {
    for (const kind of ['deploy', 'access', 'config'] as const)
      expect(outcomeOf(kind, { verdicts: { [ruleOf[kind]]: verdict } })).toBe(outcome)
  })

  test('complaints of one’s own, word for word', () => {
    const complaints = [aComplaint({ message: 'one', part: 'app' }), aComplaint({ message: 'two' })]
    const bundle = aBundle({ verdicts: { 'deploy.approvals': complaints } })
    expect(bundle.evaluate(aRequest(), aNow)[0]).toMatchObject({ verdict: 'fail', complaints })
  })

  test('at the level that is asked for', () => {
    const verdicts = { 'deploy.approvals': 'fail' } as const
    expect(outcomeOf('deploy', { verdicts, levels: { 'deploy.approvals': 'advisory' } })).toBe(
      'allow_with_advice',
    )
  })
})
