import type { Document, Found, Json, Rule } from '@writ/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foundIn } from './results.ts'

const pod: Document = {
  type: 'kubernetes/Pod',
  id: '_/a',
  path: 'a.yaml',
  index: 0,
  operation: 'create',
  content: {},
}
const documents: readonly Document[] = [pod, { ...pod, index: 1 }, { ...pod, type: 'dockerfile' }]

const deployRule: Rule = {
  id: 'deploy.size',
  kind: 'deploy',
  title: 'Size',
  description: 'Size.',
  severity: 'high',
  controls: [],
  remediation: 'Mend it.',
  docsUrl: '',
  waivableBy: [],
  appliesRequires: [],
  requires: [],
  effectiveOn: '2026-01-01T00:00:00.000Z',
  grants: false,
  crossesDocuments: false,
  documentTypes: [],
}
const configRule: Rule = { ...deployRule, kind: 'config', documentTypes: ['kubernetes/Pod'] }
const crossingRule: Rule = { ...configRule, crossesDocuments: true }

function found(rule: Rule, value: Json | undefined): Found {
  return foundIn(value, { rule, documents })
}

const bare = { part: null, document: null, pointer: null, remediation: null }

const evaluated: readonly (readonly [string, Rule, Json, Partial<Found>])[] = [
  ['nothing', deployRule, {}, { applies: false, complaints: [] }],
  ['applies false', deployRule, { applies: false }, { applies: false, complaints: [] }],
  [
    'findings only',
    deployRule,
    { finding: [{ message: 'm' }] },
    { applies: false, complaints: [] },
  ],
  ['no finding', deployRule, { applies: true, finding: [] }, { applies: true, complaints: [] }],
  [
    'a finding',
    deployRule,
    { applies: true, finding: [{ message: 'm', pointer: '/a~1b/~0' }] },
    { applies: true, complaints: [{ ...bare, message: 'm', pointer: '/a~1b/~0' }] },
  ],
  ['nothing', configRule, {}, { applies: [], complaints: [] }],
  [
    'a document',
    configRule,
    { applies: [0, 1], finding: [{ message: 'm', document: 1, part: 'web', remediation: 'r' }] },
    {
      applies: [0, 1],
      complaints: [{ message: 'm', document: 1, part: 'web', pointer: null, remediation: 'r' }],
    },
  ],
  [
    'the change set',
    crossingRule,
    { applies: [0], finding: [{ message: 'm' }] },
    { applies: [0], complaints: [{ ...bare, message: 'm' }] },
  ],
]

test.each(evaluated)('%s of a rule is read', (_, rule, value, expected) => {
  expect(found(rule, value)).toEqual({ status: 'evaluated', ...expected })
})

test('findings and documents come in one order, whatever order the rule gave them in', () => {
  const finding = (document: number, pointer: string): Json => ({ message: 'm', document, pointer })
  const given = [finding(1, '/a'), finding(0, '/b'), finding(0, '/a')]
  const value = (list: readonly Json[]): Json => ({ applies: [1, 0], finding: list })
  expect(found(configRule, value(given))).toEqual(found(configRule, value(given.toReversed())))
  expect(found(configRule, value(given))).toMatchObject({
    applies: [0, 1],
    complaints: [
      { document: 0, pointer: '/a' },
      { document: 0, pointer: '/b' },
      { document: 1, pointer: '/a' },
    ],
  })
})

const many: Json = Array.from({ length: 10_001 }, () => ({ message: 'm' }))

const failing: readonly (readonly [Rule, Json | undefined, RegExp])[] = [
  [deployRule, undefined, /not an object/],
  [deployRule, null, /not an object/],
  [deployRule, [], /not an object/],
  [deployRule, { applies: true, finding: [], level: 'off' }, /unknown field level/],
  [deployRule, { applies: 'yes', finding: [] }, /neither true nor undefined/],
  [deployRule, { applies: null, finding: [] }, /neither true nor undefined/],
  [deployRule, { applies: [0], finding: [] }, /neither true nor undefined/],
  [deployRule, { applies: true }, /findings are not a list/],
  [deployRule, { applies: true, finding: { message: 'm' } }, /findings are not a list/],
  [deployRule, { applies: true, finding: [null] }, /not an object/],
  [deployRule, { applies: true, finding: [{}] }, /message of one of its findings/],
  [deployRule, { applies: true, finding: [{ message: '' }] }, /message of one of its findings/],
  [deployRule, { applies: true, finding: [{ message: 'm', part: 1 }] }, /part of one/],
  [deployRule, { applies: true, finding: [{ message: 'm', pointer: '/a~2' }] }, /pointer of one/],
  [deployRule, { applies: true, finding: many }, /10001 findings, more than 10000/],
  [configRule, { applies: true, finding: [] }, /not a set of positions/],
  [configRule, { applies: [3], finding: [] }, /applies to 3, which is no position/],
  [configRule, { applies: [-1], finding: [] }, /applies to -1, which is no position/],
  [configRule, { applies: [0.5], finding: [] }, /applies to 0\.5, which is no position/],
  [configRule, { applies: ['0'], finding: [] }, /applies to "0", which is no position/],
  [configRule, { applies: [2], finding: [] }, /a document of type dockerfile/],
  [configRule, { applies: [0], finding: [{ message: 'm' }] }, /names no document/],
  [configRule, { applies: [0], finding: [{ message: 'm', document: 9 }] }, /document of one/],
]

test.each(failing)('%# what is not as agreed fails, and never passes', (rule, value, reason) => {
  expect(found(rule, value)).toEqual({ status: 'failed', reason: expect.stringMatching(reason) })
})

test('whatever a rule gives, it is read or fails', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(deployRule, configRule),
      fc.jsonValue(),
      fc.jsonValue(),
      (rule, applies, finding) => {
        const value: Json = JSON.parse(JSON.stringify({ applies, finding }))
        return ['evaluated', 'failed'].includes(found(rule, value).status)
      },
    ),
  )
})
