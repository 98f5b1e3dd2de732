import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  readAnswer,
  readDecisionList,
  readErasure,
  readOutcome,
  readPolicies,
  readProblem,
  readRecord,
  readScorecard,
  readWaiver,
  readWaiverList,
} from '@writ/contract'
import { takeReceipt } from '@writ/ledger'
import { expect, test } from 'vitest'
import { root } from './command.ts'

const readers: readonly [string, (text: string) => unknown][] = [
  ['decision-allow', readAnswer],
  ['decision-access', readAnswer],
  ['decision-config', readAnswer],
  ['decision-deny', readAnswer],
  ['decisions', readDecisionList],
  ['erasure', readErasure],
  ['outcome', readOutcome],
  ['policies', readPolicies],
  ['record', readRecord],
  ['scorecard', readScorecard],
  ['waiver', readWaiver],
  ['waiver-revoked', readWaiver],
  ['waivers', readWaiverList],
]

test.each(readers)(
  'a client reads back the whole of what the service sends as %s',
  (name, read) => {
    const text = readFileSync(join(root, 'test', 'golden', 'wire', `${name}.json`), 'utf8')
    // The receipt is not of the answer: it is kept with the text, which a client gives beside it.
    const sent = takeReceipt(text)?.answer ?? text
    expect(read(text)).toEqual(JSON.parse(sent))
  },
)

test.each(readers)('a client does not take something else for %s', (_, read) => {
  for (const text of ['', 'null', '{}', '[]', '{"id":"x"}', '<html>'])
    expect(() => read(text)).toThrow('This is not')
})

test('a client reads back a problem with its mistakes', () => {
  const text = readFileSync(join(root, 'test', 'golden', 'wire', 'problem-invalid.json'), 'utf8')
  const { issues, title } = JSON.parse(text)
  expect(readProblem(text)).toMatchObject({ code: 'request-invalid', title, issues })
})
