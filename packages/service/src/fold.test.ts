import { readDecisionRequest, readOutcomeReport } from '@writ/contract'
import type { Json, Rule, Verdict } from '@writ/domain'
import type { Entry } from '@writ/ledger'
import type { Scorecard } from '@writ/scorecard'
import { signReceipt } from '@writ/testkit'
import { expect, test } from 'vitest'
import {
  createDecide,
  createFold,
  createRecordOutcome,
  type Bundle,
  type RecordPage,
  type RecordQuery,
  type StaleEntity,
} from './index.ts'

const caller = { tenant: 'acme', principal: 'ci', roles: [] }

const rule: Rule = {
  id: 'deploy.r',
  kind: 'deploy',
  title: 'A rule',
  description: '',
  severity: 'high',
  controls: [],
  remediation: 'Mend it.',
  docsUrl: '/policies/deploy.r',
  waivableBy: [],
  appliesRequires: [],
  requires: [],
  effectiveOn: '2026-01-01T00:00:00.000Z',
  grants: false,
  crossesDocuments: false,
  documentTypes: [],
}

function aBundle(verdict: Verdict): Bundle {
  return {
    name: { revision: 'test', digest: 'sha256:b' },
    dataDigest: 'sha256:d',
    enforcement: {
      environments: ['production'],
      governed: {},
      levels: { 'deploy.r': { production: [{ from: rule.effectiveOn, level: 'advisory' }] } },
    },
    rules: [rule],
    documentTypes: new Set(),
    masks: () => [],
    problems: () => [],
    evaluate: () => [{ rule, verdict, judged: [], complaints: [], reason: 'told to', lacking: [] }],
  }
}

/** Records and cards in memory; its pages are short, as those of any store may be. */
function aStore(perPage = 2) {
  const entries: Entry[] = []
  const cards = new Map<string, { readonly version: number; readonly card: Scorecard }>()
  const versionOf = (entity: string): number =>
    entries.filter(({ facets }) => facets.service === entity).length
  const matches = (entry: Entry, { type, kind, service }: RecordQuery['filter']): boolean =>
    entry.type === type &&
    (kind === undefined || entry.facets.kind === kind) &&
    entry.facets.service === service
  return {
    entries,
    cards,
    append: async (entry: Entry): Promise<Entry> => {
      entries.push(entry)
      return entry
    },
    get: async (): Promise<null> => null,
    list: async (_: string, { filter, before, limit }: RecordQuery): Promise<RecordPage> => {
      const rest = entries
        .filter((entry) => matches(entry, filter))
        .sort((left, right) => (left.at < right.at ? 1 : -1))
        .filter(({ at }) => before === null || at < before.at)
      const page = rest.slice(0, Math.min(limit, perPage))
      const last = page.at(-1)
      const next = rest.length > page.length && last !== undefined ? last : null
      return { entries: page, next, oldestUnlisted: null }
    },
    stale: async (): Promise<readonly StaleEntity[]> =>
      [...new Set(entries.flatMap(({ facets }) => facets.service ?? []))]
        .map((entity) => ({ tenant: 'acme', entity, version: versionOf(entity) }))
        .filter(({ entity, version }) => version > (cards.get(entity)?.version ?? 0)),
    save: async ({ entity, version }: StaleEntity, card: Scorecard): Promise<void> => {
      cards.set(entity, { version, card })
    },
  }
}

function aHouse(store = aStore()) {
  let minute = 0
  const sources = {
    now: () => new Date(Date.UTC(2026, 10, 25) + (minute += 1) * 60_000),
    random: (count: number) => new Uint8Array(count).fill(minute),
  }
  const decideBy = (verdict: Verdict) =>
    createDecide({
      ...sources,
      engine: { active: () => aBundle(verdict) },
      records: store,
      waivers: { find: async () => [] },
      signReceipt,
    })
  const recordOutcome = createRecordOutcome({ ...sources, records: store })
  return {
    store,
    fold: createFold({ records: store, scorecards: store, breathe: async () => {} }),
    decide: (service: string, digest: string, verdict: Verdict = 'pass') => {
      const request: Json = {
        kind: 'deploy',
        subject: { type: 'user', id: 'ada' },
        action: { name: 'deploy' },
        resource: { type: 'service', id: service },
        context: { environment: 'production', artifact: { digest } },
      }
      return decideBy(verdict)(caller, readDecisionRequest(request), null)
    },
    deploy: (service: string, digest: string) => {
      const report = readOutcomeReport({
        type: 'deployment_finished',
        service,
        environment: 'production',
        artifact: { digest },
        finished_at: sources.now().toISOString(),
      })
      return recordOutcome(caller, report, null)
    },
  }
}

const cardOf = ({ store }: ReturnType<typeof aHouse>, entity: string): Scorecard | undefined =>
  store.cards.get(entity)?.card

test('a decision and the report of its deployment, as recorded, earn the highest level', async () => {
  const house = aHouse()
  const { id } = await house.decide('checkout', 'sha256:a')
  const outcome = await house.deploy('checkout', 'sha256:a')
  expect(await house.fold()).toEqual({ saved: 1, failed: [] })
  expect(cardOf(house, 'checkout')).toMatchObject({
    level: 'clean',
    checks: [{ records: [outcome.id, id] }, { records: [outcome.id, id] }],
    from: { records: 2, truncated: false, newest: { id: outcome.id } },
  })
})

test('a failing rule on what is deployed keeps the service below clean', async () => {
  const house = aHouse()
  await house.decide('checkout', 'sha256:a', 'fail')
  await house.deploy('checkout', 'sha256:a')
  await house.fold()
  expect(cardOf(house, 'checkout')).toMatchObject({ level: 'governed', nextLevel: 'clean' })
})

test('a service is folded again when it has new records, and only then', async () => {
  const house = aHouse()
  await house.decide('checkout', 'sha256:a')
  await house.decide('search', 'sha256:s')
  expect((await house.fold()).saved).toBe(2)
  expect((await house.fold()).saved).toBe(0)
  await house.deploy('checkout', 'sha256:a')
  expect((await house.fold()).saved).toBe(1)
})

test('short pages are read to their end, and beyond 500 records the card says that more exist', async () => {
  const house = aHouse(aStore(97))
  await house.deploy('checkout', 'sha256:a')
  for (let count = 0; count < 500; count += 1) await house.decide('checkout', 'sha256:a')
  await house.fold()
  expect(cardOf(house, 'checkout')?.from).toMatchObject({ records: 501, truncated: false })
  await house.decide('checkout', 'sha256:a')
  await house.fold()
  expect(cardOf(house, 'checkout')?.from).toMatchObject({ records: 501, truncated: true })
})

test('a record that cannot be read holds up its own service only, and is reported', async () => {
  const house = aHouse()
  await house.decide('broken', 'sha256:a')
  const [entry] = house.store.entries
  if (entry !== undefined)
    house.store.entries[0] = { ...entry, body: { ...entry.body, content: new Uint8Array([123]) } }
  await house.decide('checkout', 'sha256:a')
  const { saved, failed } = await house.fold()
  expect(saved).toBe(1)
  expect(failed.map(({ entity }) => entity.entity)).toEqual(['broken'])
  expect([...house.store.cards.keys()]).toEqual(['checkout'])
})
