import { expect, test } from 'vitest'
import type { WireAnswer } from './answer.ts'
import { readAnswer } from './answer-read.ts'

const answer: WireAnswer = {
  id: 'dec_1',
  decision: false,
  outcome: 'deny',
  findings: [
    {
      rule: 'deploy.approvals',
      title: 'Approved by somebody else',
      message: 'Nobody approved it',
      severity: 'high',
      verdict: 'fail',
      effect: 'blocked',
      level: 'soft_mandatory',
      resource: { type: 'service', id: 'checkout' },
      part: null,
      location: { path: 'a.yaml', index: 0, pointer: null },
      remediation: 'Ask somebody.',
      docs_url: '/policies/deploy.approvals',
      controls: [],
      waiver: null,
      waivable_by: ['security'],
    },
  ],
  rules: [
    { rule: 'deploy.approvals', verdict: 'fail', level: 'soft_mandatory', effect: 'blocked' },
  ],
  ungoverned: [{ type: 't', id: 'i', path: '', index: 0, operation: 'update' }],
  vacuous: null,
  bundle: { revision: 'r', digest: 'sha256:b' },
  data_digest: 'sha256:d',
  decided_at: '2026-11-25T10:00:00.000Z',
}

test('an answer is read back as it was written', () => {
  expect(readAnswer(JSON.stringify(answer))).toEqual(answer)
})

test('members that a newer Writ adds are left out', () => {
  expect(readAnswer(JSON.stringify({ ...answer, receipt: 'x' }))).toEqual(answer)
})

const refused: readonly [what: string, text: string][] = [
  ['nothing', ''],
  ['what is not JSON', 'ok'],
  ['a page', '<!doctype html>'],
  ['an empty object', '{}'],
  ['a bare true', 'true'],
  ['no decision', JSON.stringify({ ...answer, decision: undefined })],
  ['a decision that is a text', JSON.stringify({ ...answer, decision: 'true' })],
  ['an outcome that Writ does not know', JSON.stringify({ ...answer, outcome: 'maybe' })],
  ['a decision that contradicts its outcome', JSON.stringify({ ...answer, decision: true })],
  ['a denial that says it allows', JSON.stringify({ ...answer, outcome: 'allow' })],
]

test.each(refused)('%s is not an answer, and never an allow', (_, text) => {
  expect(() => readAnswer(text)).toThrow('This is not an answer of Writ')
})
