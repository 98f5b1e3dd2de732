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
