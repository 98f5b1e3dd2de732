import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { commitmentOf, digestOf, isBodyOf, isDigest, sealable, type Draft } from './index.ts'

const golden = new URL('../../../test/golden/ledger/', import.meta.url)

const salt = Uint8Array.from({ length: 32 }, (_, place) => place)
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const facets = {
  kind: null,
  outcome: null,
  resource: null,
  service: null,
  team: null,
  environment: null,
  actor: null,
  rules: [],
  correlation: null,
}

const drafts: Readonly<Record<string, Draft>> = {
  decision: {
    tenant: 'acme',
    id: 'dec_05zj5rkspg7z3wqjyftzffyrz4',
    at: '2026-11-25T10:00:00.000Z',
    type: 'decision',
    requestDigest: digestOf('a request'),
    facets: {
      ...facets,
      kind: 'deploy',
      outcome: 'deny',
      actor: 'ada',
      rules: ['deploy.approvals'],
    },
    statement: {
      kind: 'deploy',
      environment: 'production',
      outcome: 'deny',
      bundle: `sha256:${'b'.repeat(64)}`,
      data: `sha256:${'d'.repeat(64)}`,
    },
    body: { salt, content: bytes('{"request":{"subject":"ada"}}') },
  },
  outcome: {
    tenant: 'acme',
    id: 'out_05zj5rkspg7z3wqjyftzffyrz4',
    at: '2026-11-25T10:05:00.000Z',
    type: 'outcome',
    requestDigest: digestOf('a report'),
    facets: { ...facets, service: 'checkout', environment: 'production', actor: 'ci' },
    statement: {
      event: 'deployment_finished',
      service: 'checkout',
      environment: 'production',
      artifact: `sha256:${'a'.repeat(64)}`,
    },
    body: { salt, content: bytes('{"report":{}}') },
  },
  waiver: {
    tenant: 'größe',
    id: 'wvr_05zj5rkspg7z3wqjyftzffyrz4',
    at: '2026-11-25T10:10:00.000Z',
    type: 'waiver',
    requestDigest: digestOf('a grant'),
    facets: { ...facets, rules: ['deploy.approvals'], actor: 'grace' },
    statement: { event: 'granted', rule: 'deploy.approvals', environment: null },
    body: { salt, content: bytes('{"event":"granted"}') },
  },
}

/** What the tree hashes. `npm run golden` writes it anew; a change here means a new leaf schema, since old leaves stay. */
describe('a leaf', () => {
  test.each(Object.entries(drafts))(
    'of a %s is, byte for byte, what it always was',
    (name, draft) => {
      const { leaf } = sealable(draft)
      const file = new URL(`${name}.leaf.json`, golden)
      if (process.env['WRITE_GOLDEN'] === '1') writeFileSync(file, leaf)
      expect(new TextDecoder().decode(leaf)).toBe(readFileSync(file, 'utf8'))
    },
  )

  test.each(Object.entries(drafts))('of a %s says nothing of whom it is about', (_, draft) => {
    const text = new TextDecoder().decode(sealable(draft).leaf)
    for (const personal of ['ada', 'grace', draft.requestDigest])
      expect(text).not.toContain(personal)
  })

  test('is another for another salt, another body, another id', () => {
    const { decision } = drafts
    if (decision === undefined) throw new Error('it is built above')
    const other = { ...decision.body, salt: salt.toReversed() }
    const leaves = [
      decision,
      { ...decision, body: other },
      { ...decision, body: { salt, content: bytes('{}') } },
      { ...decision, id: 'dec_2' },
      { ...decision, tenant: 'other' },
    ].map((draft) => digestOf(sealable(draft).leaf))
    expect(new Set(leaves).size).toBe(leaves.length)
  })

  test('cannot be made to say something else than its entry does, whatever the statement holds', () => {
    const { waiver } = drafts
    if (waiver === undefined) throw new Error('it is built above')
    const forged = { id: 'dec_9', tenant: 'other', at: 'never', schema: 'x', type: 'decision', commitment: 'x' } // prettier-ignore
    const stated: unknown = JSON.parse(
      new TextDecoder().decode(sealable({ ...waiver, statement: forged }).leaf),
    )
    expect(stated).toEqual({
      schema: 'writ.entry/v1',
      tenant: 'größe',
      id: waiver.id,
      at: waiver.at,
      type: 'waiver',
      commitment: commitmentOf(waiver.body.salt, waiver.body.content),
    })
  })

  test('fits its own body and no other', () => {
    const { decision, outcome } = drafts
    if (decision === undefined || outcome === undefined) throw new Error('they are built above')
    const { leaf, body } = sealable(decision)
    expect(isBodyOf(leaf, body)).toBe(true)
    expect(isBodyOf(leaf, outcome.body)).toBe(false)
    expect(isBodyOf(leaf, { ...body, salt: salt.toReversed() })).toBe(false)
    for (const other of ['{}', '[]', 'null', '1', '"x"'])
      expect(isBodyOf(bytes(other), body)).toBe(false)
  })
})

describe('a digest', () => {
  test('is SHA-256 in hex, by name', () => {
    // FIPS 180-2, appendix B.1.
    const abc = 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    expect(digestOf('abc')).toBe(abc)
    expect(digestOf(bytes('abc'))).toBe(abc)
    expect(commitmentOf(bytes('a'), bytes('bc'))).toBe(abc)
  })

  const cases: readonly [string, boolean][] = [
    [`sha256:${'0'.repeat(64)}`, true],
    [`sha256:${'0'.repeat(63)}`, false],
    [`sha256:${'0'.repeat(65)}`, false],
    [`sha256:${'G'.repeat(64)}`, false],
    [`sha512:${'0'.repeat(64)}`, false],
    [`x sha256:${'0'.repeat(64)}`, false],
    [`sha256:${'0'.repeat(64)}\n`, false],
    ['', false],
  ]
  test.each(cases)('%j: %s', (text, is) => {
    expect(isDigest(text)).toBe(is)
  })
})

test('a leaf is as long as a log can carry, and no longer', () => {
  const [draft] = Object.values(drafts)
  if (draft === undefined) throw new Error('there is a draft')
  const ofLength = (length: number): Draft => ({
    ...draft,
    statement: { service: 'x'.repeat(length) },
  })
  const room = 0xffff - sealable(ofLength(0)).leaf.byteLength
  expect(sealable(ofLength(room)).leaf).toHaveLength(0xffff)
  expect(() => sealable(ofLength(room + 1))).toThrow(
    expect.objectContaining({ code: 'request-too-large' }),
  )
})
