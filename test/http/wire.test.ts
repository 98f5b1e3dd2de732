import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { Fault, faultCodes } from '@writ/domain'
import { problemOf } from '@writ/contract'
import type { Scorecard } from '@writ/scorecard'
import { expect, test } from 'vitest'
import { aHouse, requests, type House } from './house.ts'

const folder = new URL('../golden/wire/', import.meta.url)

/** What clients were promised. `npm run golden` writes it anew; the diff is then what is promised from now on. */
function expectGolden(name: string, text: string): void {
  const file = new URL(`${name}.json`, folder)
  const shown = `${JSON.stringify(JSON.parse(text), null, 2)}\n`
  if (process.env['WRITE_GOLDEN'] === '1') {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, shown)
  }
  expect(shown).toBe(readFileSync(file, 'utf8'))
}

const waiver = {
  rule: 'deploy.approvals',
  environment: 'production',
  resource: { type: 'service', id: 'checkout' },
  reason: 'The approver is ill; the change was reviewed by voice.',
  requested_by: 'ada',
  approved_by: 'grace',
  expires_at: '2026-12-01T00:00:00Z',
}
const report = {
  type: 'deployment_finished',
  service: 'checkout',
  environment: 'production',
  artifact: { image: 'registry.example/checkout', digest: 'sha256:a' },
  finished_at: '2026-11-25T10:30:00+02:00',
  correlation: 'c0ffee',
}
const card: Scorecard = {
  entity: 'checkout',
  level: 'governed',
  levelWithoutExemptions: 'governed',
  nextLevel: 'clean',
  nextStep: 'Fix deploy.approvals.',
  checks: [
    {
      check: 'nothing_failing',
      title: 'What is deployed breaks no rule',
      status: 'fail',
      level: 'clean',
      message: 'deploy.approvals fails.',
      nextStep: 'Fix deploy.approvals.',
      records: ['dec_00000001'],
    },
  ],
  from: {
    records: 2,
    newest: { at: '2026-11-25T10:00:00.000Z', id: 'dec_00000002' },
    truncated: false,
  },
}

type Shape = readonly [name: string, ask: (house: House) => Promise<Response>, status: number]

const post = (path: string, body: unknown) => (house: House) =>
  house.post(path, body, { 'idempotency-key': 'golden' })

/** A card is kept of an entity that has records. */
function withCard(path: string): (house: House) => Promise<Response> {
  return async (house) => {
    await house.post('/v1/decisions', requests.deploy)
    const [stale] = await house.store.scorecards.stale(1)
    if (stale !== undefined) await house.store.scorecards.save(stale, card)
    return house.ask(path)
  }
}

const shapes: readonly Shape[] = [
  ['decision-allow', post('/v1/decisions', requests.deploy), 200],
  ['decision-deny', post('/v1/decisions', requests.unapproved), 200],
  ['decision-config', post('/v1/decisions', requests.config), 200],
  ['decision-access', post('/v1/decisions', requests.access), 200],
  ['outcome', post('/v1/outcomes', report), 201],
  ['waiver', post('/v1/waivers', waiver), 201],
  [
    'waiver-revoked',
    async (house) => {
      const { id } = (await (await house.post('/v1/waivers', waiver)).json()) as { id: string }
      return house.post(`/v1/waivers/${id}/revoke`, {})
    },
    200,
  ],
  [
    'waivers',
    async (house) => {
      await house.post('/v1/waivers', waiver)
      return house.ask('/v1/waivers')
    },
    200,
  ],
  [
    'decisions',
    async (house) => {
      for (const request of [requests.unapproved, requests.config, requests.deploy])
        await house.post('/v1/decisions', request)
      return house.ask('/v1/decisions?limit=2')
    },
    200,
  ],
  [
    'record',
    async (house) => {
      const answer = await post('/v1/decisions', requests.access)(house)
      const { id } = (await answer.json()) as { id: string }
      return house.ask(`/v1/records/${id}`)
    },
    200,
  ],
  ['reading', (house) => house.post('/v1/readings', { purpose: 'SOC 2', from: '2026-11-01' }), 201],
  [
    'readings',
    async (house) => {
      const answer = await post('/v1/decisions', requests.access)(house)
      const { id } = (await answer.json()) as { id: string }
      await house.ask(`/v1/records/${id}?purpose=Request%204711`)
      await house.ask('/v1/decisions?outcome=allow')
      return house.ask('/v1/readings')
    },
    200,
  ],
  ['keys', (house) => house.ask('/v1/keys'), 200],
  [
    'erasure',
    async (house) => {
      const answer = await post('/v1/decisions', requests.access)(house)
      const { id } = (await answer.json()) as { id: string }
      return house.post(`/v1/records/${id}/erase`, { reason: 'Request 4711' })
    },
    201,
  ],
  ['policies', (house) => house.ask('/v1/policies'), 200],
  ['scorecards', withCard('/v1/scorecards'), 200],
  ['scorecard', withCard('/v1/scorecards/checkout'), 200],
  ['health', (house) => house.ask('/healthz'), 200],
  ['problem-invalid', post('/v1/decisions', { kind: 'deploy', colour: 'red' }), 422],
  ['problem-unknown', (house) => house.ask('/v1/decisions/dec_nothing'), 404],
]

test.each(shapes)('%s', async (name, ask, status) => {
  const house = aHouse()
  const response = await ask(house)
  expect(response.status).toBe(status)
  expectGolden(name, await response.text())
})

test('every problem', () => {
  const all = faultCodes.map((code) => problemOf(new Fault(code, '…'), 'req-1'))
  expectGolden('problems', JSON.stringify(all))
})

test('a fact that a problem does not list never reaches the caller', () => {
  const fault = new Fault('decision-unknown', 'none', { facts: { id: 'dec_1', path: '/secret' } })
  expect(problemOf(fault, 'req-1')).not.toHaveProperty('path')
})
