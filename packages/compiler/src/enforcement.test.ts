import type { Json, Rule } from '@writ/domain'
import { describe, expect, test } from 'vitest'
import { expandTypes, readAliases, readEnforcement } from './enforcement.ts'

const rule: Rule = {
  id: 'config.kubernetes.a',
  kind: 'config',
  title: 'A',
  description: 'A.',
  severity: 'low',
  controls: [],
  remediation: 'A.',
  docsUrl: 'https://example.org',
  waivableBy: [],
  appliesRequires: [],
  requires: [],
  effectiveOn: '2026-01-01T00:00:00.000Z',
  grants: false,
  crossesDocuments: false,
  documentTypes: ['kubernetes/Deployment.apps', 'kubernetes/Pod'],
}
const aliases = readAliases({
  'kubernetes/workloads': ['kubernetes/Pod', 'kubernetes/Deployment.apps'],
}).value
const good = {
  environments: ['staging', 'production'],
  governed: { production: ['kubernetes/workloads'] },
  levels: {
    [rule.id]: {
      staging: 'advisory',
      production: [{ from: '2026-02-01T00:00:00Z', level: 'off' }],
    },
  },
}
const read = (source: Json) => readEnforcement(source, { rules: [rule], ids: [rule.id], aliases })

test('an alias stands for its types, each once and in order', () => {
  const names = ['kubernetes/workloads', 'github/workflow', 'kubernetes/Pod']
  expect(expandTypes(names, aliases)).toEqual([
    'github/workflow',
    'kubernetes/Deployment.apps',
    'kubernetes/Pod',
  ])
})

test('the full form: aliases expanded, every level dated, environments without governed types empty', () => {
  const { value, issues } = read(good)
  expect(issues).toEqual([])
  expect(value).toEqual({
    environments: ['staging', 'production'],
    governed: { staging: [], production: ['kubernetes/Deployment.apps', 'kubernetes/Pod'] },
    levels: {
      [rule.id]: {
        staging: [{ from: '2026-01-01T00:00:00.000Z', level: 'advisory' }],
        production: [{ from: '2026-02-01T00:00:00.000Z', level: 'off' }],
      },
    },
  })
})

describe('each mistake is named at its place', () => {
  const levels = (production: Json) => ({
    ...good,
    levels: { [rule.id]: { staging: 'off', production } },
  })
  const at = '#/levels/config.kubernetes.a/production'
  const cases: readonly [string, Json, string, RegExp][] = [
    ['no environment', { ...good, environments: [] }, '#/environments', /at least one/],
    ['a rule that is not named', { ...good, levels: {} }, '#/levels/config.kubernetes.a', /is missing: name a level/],
    ['an environment that is not named', { ...good, levels: { [rule.id]: { staging: 'off' } } }, at, /is missing/],
    ['an unknown level', levels('strict'), at, /must be off, shadow, advisory, soft_mandatory or hard_mandatory/],
    ['an unknown level in a step', levels([{ from: '2026-01-01T00:00:00Z', level: 'strict' }]), at, /each step/],
    ['a step without an instant', levels([{ from: 'soon', level: 'off' }]), at, /each step/],
    ['steps that go back', levels([{ from: '2026-02-01T00:00:00Z', level: 'off' }, { from: '2026-01-01T00:00:00Z', level: 'off' }]), at, /oldest to the newest/],
    ['an unknown environment', { ...good, governed: { prod: [] } }, '#/governed/prod', /use staging or production/],
    ['an unknown rule', { ...good, levels: { ...good.levels, 'no.such': {} } }, '#/levels/no.such', /no such rule/],
    ['a governed type that no rule reads', { ...good, governed: { staging: ['openapi'] } }, '#/governed/staging', /no rule reads/],
    ['a field of no meaning', { ...good, level: {} }, '#/level', /is not known here/],
  ] // prettier-ignore
  test.each(cases)('%s', (_, source, place, words) => {
    const found = read(source).issues.filter(
      ({ pointer }) => pointer === `enforcement.json${place}`,
    )
    expect(found.map(({ message }) => message).join('\n')).toMatch(words)
  })
})

test('a rule whose METADATA is broken is no unknown rule, and its levels are read', () => {
  const { issues } = readEnforcement(
    { ...good, levels: { [rule.id]: { staging: 'strict', production: 'off' } } },
    { rules: [], ids: [rule.id], aliases },
  )
  expect(issues.map(({ pointer }) => pointer)).toEqual([
    `enforcement.json#/levels/${rule.id}/staging`,
  ])
})
