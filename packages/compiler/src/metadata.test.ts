import type { JsonObject } from '@writ/domain'
import { describe as group, expect, test } from 'vitest'
import { describe } from './metadata.ts'

const text = `# METADATA
# title: A
# description: A.
# custom:
#   id: deploy.a
#   severity: high
package deploy.a
`
const custom: JsonObject = {
  id: 'deploy.a',
  severity: 'high',
  remediation: 'Do it.',
  effective_on: '2026-01-01T01:00:00+01:00',
}
const read = (more: JsonObject, path: string = 'deploy/a.rego') =>
  describe(
    { path, text },
    { title: 'A', description: 'A.', scope: 'package', custom: { ...custom, ...more } },
  )

test('what is absent is empty or false, and instants are UTC', () => {
  const { described, issues } = read({})
  expect(issues).toEqual([])
  expect(described?.rule).toMatchObject({
    controls: [],
    waivableBy: [],
    requires: [],
    appliesRequires: [],
    grants: false,
    crossesDocuments: false,
    documentTypes: [],
    effectiveOn: '2026-01-01T00:00:00.000Z',
    docsUrl: '/policies/deploy.a',
  })
})

group('each mistake is named at the line of its field', () => {
  const cases: readonly [string, JsonObject, string, RegExp][] = [
    ['another id than the path gives', { id: 'deploy.b' }, '5', /id is "deploy.b"; the path of this file makes it deploy.a/],
    ['an unknown severity', { severity: 'huge' }, '6', /low, medium, high or critical/],
    ['no remediation', { remediation: ' ' }, '1', /remediation is missing/],
    ['no date', { effective_on: 'soon' }, '1', /effective_on must be an instant/],
    ['a misspelt field', { require: [] }, '1', /custom has no field require/],
    ['a list that is none', { controls: 'CIS' }, '1', /controls must be a list of texts/],
    ['a path that is no pointer', { requires: ['context.x'] }, '1', /no JSON pointer/],
    ['a flag of another kind', { grants: true }, '1', /grants means nothing in a rule of this kind/],
    ['what a rule reads of each document, where it compares none', { reads: ['/spec'] }, '1', /reads means nothing without crosses_documents/],
    ['documents outside config', { documents: ['openapi'] }, '1', /documents means nothing outside config/],
  ] // prettier-ignore
  test.each(cases)('%s', (_, more, row, words) => {
    const { described, issues } = read(more)
    expect(described).toBeNull()
    expect(issues).toEqual([
      { pointer: `deploy/a.rego:${row}:1`, message: expect.stringMatching(words) },
    ])
  })
})

test('a config rule names the documents that it reads', () => {
  const { issues } = read({ id: 'config.kubernetes.a' }, 'config/kubernetes/a.rego')
  expect(issues.map(({ message }) => message)).toEqual([
    expect.stringMatching(/documents is missing/),
  ])
})

test('a rule without METADATA is one mistake', () => {
  const { described, issues } = describe(
    { path: 'deploy/a.rego', text: 'package deploy.a' },
    undefined,
  )
  expect(described).toBeNull()
  expect(issues).toEqual([
    { pointer: 'deploy/a.rego:1:1', message: expect.stringMatching(/has no METADATA/) },
  ])
})
