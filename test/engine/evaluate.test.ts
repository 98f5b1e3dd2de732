import type { DecisionRequest, JsonObject, RuleVerdict, Verdict } from '@writ/domain'
import { loadBundle } from '@writ/engine'
import type { Bundle } from '@writ/service'
import { aDocument, aNow, aRequest } from '@writ/testkit'
import { beforeAll, expect, test } from 'vitest'
import type { BundleFiles } from '@writ/contract'
import { builtPack, withManifest } from './pack.ts'

let pack: BundleFiles
let bundle: Bundle
beforeAll(async () => {
  pack = await builtPack()
  bundle = loadBundle(pack)
})

function aDeploy(context: JsonObject): DecisionRequest {
  return aRequest({ context: { environment: 'production', size: 1, ...context } })
}

function aChange(...documents: readonly Parameters<typeof aDocument>[0][]): DecisionRequest {
  return aRequest({ kind: 'config', documents: documents.map((document) => aDocument(document)) })
}

function verdictsOf(request: DecisionRequest, by: Bundle = bundle): readonly RuleVerdict[] {
  return by.evaluate(request, aNow)
}

function verdictIn(verdicts: readonly RuleVerdict[], id: string): RuleVerdict {
  const found = verdicts.find(({ rule }) => rule.id === id)
  if (found === undefined) throw new Error(`no verdict of ${id}`)
  return found
}

const sound: readonly (readonly [string, JsonObject, Verdict])[] = [
  ['deploy.size', {}, 'pass'],
  ['deploy.size', { size: 11 }, 'fail'],
  ['deploy.size', { size: null }, 'unknown'],
  ['deploy.size', { environment: 'staging' }, 'not_applicable'],
  ['deploy.dated', { opens: '2026-01-01T00:00:00Z' }, 'pass'],
  ['deploy.dated', { opens: '2027-01-01T00:00:00Z' }, 'fail'],
  ['deploy.endless', { rounds: 10 }, 'pass'],
  ['deploy.conflict', { limits: [1] }, 'pass'],
  ['deploy.conflict', { limits: [0] }, 'fail'],
]

test.each(sound)('%s of a deploy with %j: %s', (id, context, verdict) => {
  expect(verdictIn(verdictsOf(aDeploy(context)), id).verdict).toBe(verdict)
})

test('a complaint arrives whole, and what it leaves out is null', () => {
  expect(verdictIn(verdictsOf(aDeploy({ size: 11 })), 'deploy.size').complaints).toEqual([
    {
      message: '11 is larger than 10',
      part: 'artifact',
      document: null,
      pointer: null,
      remediation: null,
    },
  ])
})

test('every rule of the kind has one verdict, and no rule of another kind has any', () => {
  const ids = verdictsOf(aDeploy({})).map(({ rule }) => rule.id)
  expect(ids).toEqual(bundle.rules.filter(({ kind }) => kind === 'deploy').map(({ id }) => id))
})

/** A rule that fails owns its failure; the others are judged as if it were not there. */
const failing: readonly (readonly [string, JsonObject, string])[] = [
  [
    'deploy.conflict',
    { limits: [1, 2] },
    'it aborted: deploy/conflict.rego:13:1: var assignment conflict',
  ],
  ['deploy.endless', { rounds: 100_000 }, 'it did not end within its fuel'],
  [
    'deploy.dated',
    { opens: 'soon' },
    'the builtin time.parse_rfc3339_ns failed: the operand is not an instant as RFC 3339 writes it',
  ],
  ['deploy.shape', { complaint: 'text' }, 'one of its findings is not an object'],
  [
    'deploy.shape',
    { complaint: { message: 1 } },
    'the message of one of its findings is not a text that is not empty',
  ],
  [
    'deploy.shape',
    { complaint: { message: 'm', documnt: 0 } },
    'one of its findings has the unknown field documnt',
  ],
  [
    'deploy.shape',
    { complaint: { message: 'm', document: 0 } },
    'the document of one of its findings is not the position of a document',
  ],
  [
    'deploy.shape',
    { complaint: { message: 'm', pointer: 'spec' } },
    'the pointer of one of its findings is not an RFC 6901 pointer',
  ],
]

test.each(failing)('%s fails alone on a deploy with %j: %s', (id, context, reason) => {
  const verdicts = verdictsOf(aDeploy({ size: 11, ...context }))
  expect(verdictIn(verdicts, id)).toMatchObject({ verdict: 'error', reason })
  expect(verdictIn(verdicts, 'deploy.size').verdict).toBe('fail')
  expect(verdicts.filter(({ verdict }) => verdict === 'error')).toHaveLength(1)
})

test('two rules that fail each own their failure', () => {
  const verdicts = verdictsOf(aDeploy({ limits: [1, 2], opens: 'soon' }))
  const failed = verdicts.filter(({ verdict }) => verdict === 'error').map(({ rule }) => rule.id)
  expect(failed).toEqual(['deploy.conflict', 'deploy.dated'])
})

test('a failure leaves nothing behind for the next request', () => {
  const before = verdictsOf(aDeploy({ size: 11 }))
  verdictsOf(aDeploy({ rounds: 100_000, limits: [1, 2] }))
  expect(verdictsOf(aDeploy({ size: 11 }))).toEqual(before)
})

test('an endless rule gives the same verdicts each time', () => {
  const request = aDeploy({ rounds: 100_000 })
  expect(verdictsOf(request)).toEqual(verdictsOf(request))
})

test('rules alone share a few budgets: one that is not reached is an error, never a pass', () => {
  const names = bundle.rules.filter(({ kind }) => kind === 'deploy').map(({ id }) => id)
  const starved = loadBundle(withManifest(pack, '/modules/3/fuel', { base: 20_000, perByte: 1 }))
  const [limits, opens] = [Array.from({ length: 10_000 }, () => 1), 'x'.repeat(30_000)]
  const costly = aDeploy({ limits, opens, rounds: 1_000, complaint: 'text' })
  const verdicts = verdictsOf(costly, starved)
  expect(verdicts.map(({ rule, verdict, reason }) => [rule.id, verdict, reason])).toEqual([
    ...names.slice(0, 3).map((id) => [id, 'error', 'it did not end within its fuel']),
    ...names
      .slice(3)
      .map((id) => [
        id,
        'error',
        'it was not reached: the rules before it used up what one request may cost',
      ]),
  ])
})

test('only documents of types that a rule reads are judged, by their place in the whole list', () => {
  const named = { metadata: { name: 'a' } }
  const verdicts = verdictsOf(
    aChange(
      { type: 'dockerfile', content: null },
      { type: 'kubernetes/Pod', content: named },
      { type: 'kubernetes/Service', content: {} },
    ),
  )
  expect(verdictIn(verdicts, 'config.kubernetes.named')).toMatchObject({
    verdict: 'fail',
    judged: [1, 2],
    complaints: [{ document: 2, pointer: '/metadata/name' }],
  })
  expect(verdictIn(verdicts, 'config.github.stray').verdict).toBe('not_applicable')
})

test('a rule that judges a document which it does not read is an error', () => {
  const verdicts = verdictsOf(aChange({ type: 'github/workflow' }, { type: 'kubernetes/Pod' }))
  expect(verdictIn(verdicts, 'config.github.stray')).toMatchObject({
    verdict: 'error',
    reason: 'it applies to a document of type kubernetes/Pod, which it does not say it reads',
  })
  expect(verdictIn(verdicts, 'config.kubernetes.named').judged).toEqual([1])
})

test('a change set without documents is judged by no rule', () => {
  expect(verdictsOf(aChange()).map(({ verdict }) => verdict)).toEqual([
    'not_applicable',
    'not_applicable',
  ])
})

test('half a surrogate pair is read as OPA reads it: as the replacement character', () => {
  expect(verdictsOf(aDeploy({ note: '\ud800' }))).toEqual(verdictsOf(aDeploy({ note: '\ufffd' })))
})

test('a grant that lacks is a fail, one that stands a pass', () => {
  const ask = (...members: readonly string[]): Verdict | undefined =>
    verdictsOf(aRequest({ kind: 'access', context: { members } }))[0]?.verdict
  expect([ask('ada'), ask('bob'), ask()]).toEqual(['pass', 'fail', 'fail'])
})

test('the pack’s schema names every mistake of a request', () => {
  const mistakes = bundle.problems('deploy', { subject: 1, context: { size: 'large', limits: {} } })
  expect(mistakes.toSorted((left, right) => (left.pointer < right.pointer ? -1 : 1))).toEqual([
    { pointer: '/context/limits', message: 'must be an array' },
    { pointer: '/context/size', message: 'must be a number' },
    { pointer: '/subject', message: 'must be an object' },
  ])
  expect(bundle.problems('access', { context: { members: ['ada'] } })).toEqual([])
})

test('the verdicts of a request do not depend on the bundle being loaded once or twice', () => {
  const request = aDeploy({ size: 11, opens: 'soon' })
  expect(verdictsOf(request, loadBundle(pack))).toEqual(verdictsOf(request))
})
