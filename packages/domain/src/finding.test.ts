import { aQuestion, aRule, aVerdict } from '@writ/testkit'
import { expect, test } from 'vitest'
import { decide } from './index.ts'

const { id, remediation } = aRule()

test.each<[string, readonly string[], string]>([
  [
    'which facts a rule judges by, the rule says what to send',
    ['/context/checks'],
    `\n\n${remediation}`,
  ],
  ['whether it applies, how to pass is not the question', [], ''],
])('where it is not known %s', (_, lacking, more) => {
  const verdict = aVerdict('unknown', { reason: '/a is missing from the request', lacking })
  const { findings } = decide(aQuestion({ [id]: 'soft_mandatory' }, { verdicts: [verdict] }))
  expect(findings.map((finding) => finding.remediation)).toEqual([
    `Send what is missing with the request, then ask again.${more}`,
  ])
})

test('where only a part of a change set was asked about, there is nothing to send', () => {
  const reason =
    'it compares documents with each other, and this request holds only a part of the change set'
  const verdict = aVerdict('unknown', { reason })
  const { findings } = decide(aQuestion({ [id]: 'advisory' }, { verdicts: [verdict] }))
  expect(findings.map((finding) => finding.remediation)).toEqual([
    'Ask about fewer documents at once, such as those of one folder.',
  ])
})
