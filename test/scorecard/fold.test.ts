import type { Books } from '@writ/service'
import { readDecisionRequest, readOutcomeReport } from '@writ/contract'
import type { Json, Verdict } from '@writ/domain'
import type { Scorecard } from '@writ/scorecard'
import { createDecide, createFold, createRecordOutcome, type Fold } from '@writ/service'
import { openStore, type Store } from '@writ/sqlite'
import { aBundle, breaking, failingAtRandom, signReceipt } from '@writ/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const caller = { tenant: 'acme', principal: 'ci', roles: [] }
const services = ['checkout', 'search', 'web'] as const

type Step = {
  readonly what: 'decide' | 'deploy' | 'fold'
  readonly service: (typeof services)[number]
  readonly digest: string
  readonly verdict: Verdict
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    what: fc.constantFrom('decide', 'deploy', 'deploy', 'decide', 'fold'),
    service: fc.constantFrom(...services),
    digest: fc.constantFrom('sha256:a', 'sha256:b'),
    verdict: fc.constantFrom('pass', 'pass', 'fail', 'error'),
  }),
  { minLength: 1, maxLength: 25 },
)

const foldOf = ({ records, scorecards }: Books): Fold =>
  createFold({ records, scorecards, breathe: async () => {} })

/** Lives through the steps over a real store; `folding` is what the fold sees of it. */
async function live(store: Store, folding: Books, history: readonly Step[]): Promise<void> {
  let minute = 0
  const sources = {
    now: () => new Date(Date.UTC(2026, 10, 25) + (minute += 1) * 60_000),
    random: (count: number) => new Uint8Array(count).fill(minute),
  }
  const fold = foldOf(folding)
  const recordOutcome = createRecordOutcome({ ...store, ...sources })
  for (const { what, service, digest, verdict } of history) {
    const bundle = aBundle({ verdicts: { 'deploy.approvals': verdict } })
    const decide = createDecide({
      ...store,
      ...sources,
      engine: { active: () => bundle },
      signReceipt,
    })
    if (what === 'fold') await fold().catch(() => 'the store was away; there is a next time')
    if (what === 'decide') await decide(caller, readDecisionRequest(asking(service, digest)), null)
    if (what === 'deploy')
      await recordOutcome(caller, deployed(service, digest, sources.now()), null)
  }
}

function asking(service: string, digest: string): Json {
  return {
    kind: 'deploy',
    subject: { type: 'user', id: 'ada' },
    action: { name: 'deploy' },
    resource: { type: 'service', id: service },
    context: { environment: 'production', artifact: { digest } },
  }
}

function deployed(service: string, digest: string, at: Date) {
  return readOutcomeReport({
    type: 'deployment_finished',
    service,
    environment: 'production',
    artifact: { digest },
    finished_at: at.toISOString(),
  })
}

const cardsIn = ({ scorecards }: Store): Promise<readonly Scorecard[]> =>
  scorecards.list(caller.tenant, 100)

test('folded all the way, over a store that loses calls and replies, or once at the end: the same cards', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.integer(), async (history, seed) => {
      const [followed, late] = [openStore(':memory:'), openStore(':memory:')]
      await live(followed, breaking(followed, failingAtRandom(seed, 0.3)), history)
      await live(
        late,
        late,
        history.filter(({ what }) => what !== 'fold'),
      )
      for (const store of [followed, late]) {
        await foldOf(store)()
        expect(await store.scorecards.stale(10)).toEqual([])
      }
      expect(await cardsIn(followed)).toEqual(await cardsIn(late))
      await Promise.all([followed.close(), late.close()])
    }),
    { numRuns: 40 },
  )
})

test('a record that comes while its service is folded makes it stale again', async () => {
  const store = openStore(':memory:')
  const again: Step = { what: 'decide', service: 'web', digest: 'sha256:a', verdict: 'pass' }
  await live(store, store, [again])
  const interrupted: Books = {
    ...store,
    scorecards: {
      ...store.scorecards,
      save: async (stale, card) => {
        await live(store, store, [{ ...again, what: 'deploy' }])
        await store.scorecards.save(stale, card)
      },
    },
  }
  await foldOf(interrupted)()
  expect((await store.scorecards.get('acme', 'web'))?.from.records).toBe(1)
  expect(await store.scorecards.stale(10)).toEqual([{ tenant: 'acme', entity: 'web', version: 2 }])
  await store.close()
})
