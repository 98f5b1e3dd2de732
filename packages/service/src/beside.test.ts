import type { RuleVerdict } from '@writ/domain'
import { aBundle, aComplaint, aDocument, aNow, aRequest, aRule, aVerdict } from '@writ/testkit'
import { expect, test } from 'vitest'
import { answeredBeside } from './beside.ts'

const rule = aRule({ id: 'config.budget', crossesDocuments: true })
const [lacks, doubles] = ['it has no budget', 'it is there twice'].map((message) =>
  aComplaint({ document: 0, message }),
)
const says = (...complaints: readonly (typeof lacks)[]): RuleVerdict =>
  aVerdict(complaints.length > 0 ? 'fail' : 'pass', {
    rule,
    judged: [0],
    complaints: complaints.flatMap((complaint) => complaint ?? []),
  })
const unchanged = aDocument({ id: 'shop/other', operation: 'none' })
const request = aRequest({ kind: 'config', documents: [aDocument()] })

/** What comes of a verdict where the policies say something else of all that is there. */
function answered(verdict: RuleVerdict, again: RuleVerdict) {
  const asked: (readonly string[])[] = []
  const bundle = {
    ...aBundle(),
    evaluate: ({ documents }: typeof request) => {
      asked.push(documents.map(({ id }) => id))
      return [again]
    },
  }
  const readBeside = () => [unchanged]
  const verdicts = answeredBeside(bundle, [verdict], { request, now: aNow, readBeside })
  return { verdicts, asked }
}

test('what did not change answers a complaint of a rule that compares documents', () => {
  const { verdicts, asked } = answered(says(lacks, doubles), says(doubles))
  expect(verdicts).toEqual([says(doubles)])
  expect(asked).toEqual([['shop/checkout', 'shop/other']])
  expect(answered(says(lacks), says()).verdicts).toEqual([says()])
})

test('it raises none: where a rule says anything new, what it said before stands', () => {
  expect(answered(says(lacks), says(doubles)).verdicts).toEqual([says(lacks)])
  const ofTheOther = aComplaint({ document: 1, message: 'it has no budget' })
  expect(answered(says(lacks), says(ofTheOther)).verdicts).toEqual([says(lacks)])
})

test.each(['error', 'unknown', 'not_applicable'] as const)(
  'a verdict of %s on all of it answers nothing',
  (verdict) => {
    const again = aVerdict(verdict, { rule })
    expect(answered(says(lacks), again).verdicts).toEqual([says(lacks)])
  },
)

test('nothing is asked again where no rule that compares documents complains', () => {
  const alone = { ...says(lacks), rule: { ...rule, crossesDocuments: false } }
  for (const verdict of [alone, says(), aVerdict('unknown', { rule })])
    expect(answered(verdict, says())).toEqual({ verdicts: [verdict], asked: [] })
})
