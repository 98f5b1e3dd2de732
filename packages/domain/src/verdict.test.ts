import { expect, test } from 'vitest'
import {
  hasPath,
  verdictOf,
  type Complaint,
  type Found,
  type JsonObject,
  type Rule,
} from './index.ts'

const complaint: Complaint = {
  message: 'no',
  part: null,
  document: null,
  pointer: null,
  remediation: null,
}
const rule: Rule = {
  id: 'deploy.r',
  kind: 'deploy',
  title: 'A rule',
  description: '',
  severity: 'low',
  controls: [],
  remediation: '',
  docsUrl: '',
  waivableBy: [],
  appliesRequires: ['/context/environment'],
  requires: ['/context/change/author'],
  effectiveOn: '2026-01-01T00:00:00.000Z',
  grants: false,
  crossesDocuments: true,
  documentTypes: [],
}
const full: JsonObject = { context: { environment: 'production', change: { author: 'ada' } } }
const noAuthor: JsonObject = { context: { environment: 'production', change: { author: null } } }
const noEnvironment: JsonObject = { context: { change: { author: 'ada' } } }
const part: JsonObject = { context: { environment: 'p', change: { author: 'a' }, part: { of: 2 } } }

const found = (applies: boolean | readonly number[], complaints: readonly Complaint[]): Found => ({
  status: 'evaluated',
  applies,
  complaints,
})
const failed: Found = { status: 'failed', reason: 'out of fuel' }
const stray = found([1], [{ ...complaint, document: 0 }])

test.each<[string, JsonObject, Found, string]>([
  ['it applies and complains of nothing', full, found(true, []), 'pass'],
  ['it applies and complains', full, found(true, [complaint]), 'fail'],
  ['it does not apply', full, found(false, []), 'not_applicable'],
  ['what it says where it does not apply is not read', full, found(false, [complaint]), 'not_applicable'],
  ['it failed', full, failed, 'error'],
  ['a fact that says whether it applies is missing', noEnvironment, found(false, []), 'unknown'],
  ['that fact is missing, and it failed', noEnvironment, failed, 'unknown'],
  ['a fact that it needs is null', noAuthor, found(true, []), 'unknown'],
  ['a fact that it needs is null, and it complains', noAuthor, found(true, [complaint]), 'unknown'],
  ['it does not apply, so what it needs is not asked', noAuthor, found(false, []), 'not_applicable'],
  ['it compares documents, and this is a part', part, found(true, []), 'unknown'],
  ['it judges no document', full, found([], []), 'not_applicable'],
  ['it judges a document', full, found([0], []), 'pass'],
  ['it complains of a document that it judges', full, found([0], [{ ...complaint, document: 0 }]), 'fail'],
  ['it complains of a document that it does not judge', full, stray, 'error'],
  ['it judges none, and complains of one', full, found([], [{ ...complaint, document: 0 }]), 'error'],
])('%s: %4$s', (_, input, evaluation, verdict) => {
  expect(verdictOf(rule, input, evaluation).verdict).toBe(verdict)
}) // prettier-ignore

const needy: Rule = { ...rule, requires: ['/a', '/b', '/c'] }

test.each<[string, JsonObject, string, readonly string[]]>([
  ['whether it applies', {}, '/context/environment is missing from the request', []],
  ['one fact', { ...full, a: 1, b: 2 }, '/c is missing from the request', ['/c']],
  ['two facts', { ...full, b: 2 }, '/a and /c are missing from the request', ['/a', '/c']],
  ['three facts', full, '/a, /b and /c are missing from the request', ['/a', '/b', '/c']],
])('what is not known is named: %s', (_, input, reason, lacking) => {
  expect(verdictOf(needy, input, found(true, []))).toMatchObject({ reason, lacking })
})

test.each<[string, boolean]>([
  ['/a', true],
  ['/a/0/b', true],
  ['/a/1', false],
  ['/n', false],
  ['/x~1y', true],
  ['/t~0', true],
  ['/a/length', false],
  ['/toString', false],
  ['/s/0', false],
])('%s leads to something: %s', (pointer, exists) => {
  expect(hasPath({ a: [{ b: 0 }], n: null, 'x/y': '', 't~': false, s: 'text' }, pointer)).toBe(
    exists,
  )
})
