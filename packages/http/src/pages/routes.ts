import {
  boundedList,
  decisionItemOf,
  problems,
  readAnswer,
  readDecisionBody,
  readDecisionsQuery,
  readPageQuery,
  readReadingsQuery,
  wirePoliciesOf,
  wireScorecardOf,
  wireWaiverOf,
} from '@writ/contract'
import { Fault, faultOf } from '@writ/domain'
import { commitmentOf } from '@writ/ledger'
import { ladder } from '@writ/scorecard'
import type { Bundle } from '@writ/service'
import { listDecisions } from '../api/decisions.ts'
import { listReadings } from '../api/readings.ts'
import type { AppParts } from '../parts.ts'
import type { Asked, Reply, Route } from '../route.ts'
import { decisionMain, decisionTitle } from './decision.ts'
import { decisionsMain } from './decisions.ts'
import { pageReply } from './layout.ts'
import { policiesMain, ruleMain } from './policies.ts'
import { problemCodeOf, problemMain, problemsMain } from './problems.ts'
import { readingsMain } from './readings.ts'
import { awaitedMain, scorecardMain, servicesMain } from './services.ts'
import { viewOf, type View } from './view.ts'
import { waiversMain } from './waivers.ts'

/** The pages: the same use cases as the API, told to people. */
export function pageRoutes(parts: AppParts): readonly Route[] {
  const page = (path: string, answer: (asked: Asked, view: View) => Promise<Reply>): Route => ({
    method: 'GET',
    path,
    answer: (asked) => answer(asked, viewOf(asked.reader, parts.tenants)),
  })
  const list: typeof page = (path, answer) => ({ ...page(path, answer), takesQuery: true })
  return [
    list('/', (asked, view) => decisionsPage(parts, asked, view)),
    page('/decisions/:id', (asked, view) => decisionPage(parts, asked, view)),
    list('/services', (asked, view) => servicesPage(parts, asked, view)),
    page('/services/:entity', (asked, view) => scorecardPage(parts, asked, view)),
    page('/policies', async (_, view) => {
      const main = policiesMain(view, activePolicies(parts))
      return pageReply({ title: 'Policies', place: 'policies', view, main })
    }),
    page('/policies/:rule', (asked, view) => rulePage(parts, asked, view)),
    page('/problems', async (_, view) =>
      pageReply({ title: 'Problems', place: null, view, main: problemsMain(view) }),
    ),
    page('/problems/:code', problemPage),
    list('/readings', (asked, view) => readingsPage(parts, asked, view)),
    list('/waivers', (asked, view) => waiversPage(parts, asked, view)),
  ]
}

/** An empty field of the form is a filter that was not set. */
async function decisionsPage(parts: AppParts, asked: Asked, view: View): Promise<Reply> {
  const query = readDecisionsQuery([...asked.query].filter(([, value]) => value !== ''))
  const list = await listDecisions(parts, asked.reader, query)
  const bundle = activeOrNull(parts)
  const main = decisionsMain({
    view,
    query,
    list,
    environments: bundle?.enforcement.environments ?? null,
    rules: bundle?.rules.map(({ id }) => id) ?? [],
    origin: asked.origin,
  })
  return pageReply({ title: 'Decisions', place: 'decisions', view, main })
}

async function decisionPage(
  { readDecision, readSeal }: AppParts,
  { reader, param }: Asked,
  view: View,
): Promise<Reply> {
  const entry = await readDecision(reader, param('id'))
  const body = readDecisionBody(entry.body.content)
  const commitment = commitmentOf(entry.body.salt, entry.body.content)
  const seal = await readSeal(reader, entry.id)
  const page = { view, entry, commitment, body, seal, answer: readAnswer(body.answer) }
  const [title, main] = [decisionTitle(page), decisionMain(page)]
  return pageReply({ title, place: 'decisions', view, main })
}

async function servicesPage(
  { listScorecards }: AppParts,
  { caller, query }: Asked,
  view: View,
): Promise<Reply> {
  const { limit } = readPageQuery(query)
  const cards = await listScorecards(caller, limit + 1)
  const main = servicesMain(view, boundedList(cards.map(wireScorecardOf), limit))
  return pageReply({ title: 'Services', place: 'services', view, main })
}

/** A service has decisions before it has a scorecard, which is folded from them a little later. */
async function scorecardPage(
  { readScorecard, listRecords }: AppParts,
  { reader, param }: Asked,
  view: View,
): Promise<Reply> {
  const entity = param('entity')
  const filter = { type: 'decision', service: entity } as const
  const { entries } = await listRecords(reader, { filter, before: null, limit: 10 })
  const latest = entries.map(decisionItemOf)
  const card = await readScorecard(reader, entity).catch((thrown: unknown) => {
    if (latest.length > 0 && faultOf(thrown).code === 'entity-unknown') return null
    throw faultOf(thrown)
  })
  const main =
    card === null
      ? awaitedMain({ view, entity, latest })
      : scorecardMain({ view, entity, latest, card: wireScorecardOf(card), ladder })
  return pageReply({ title: entity, place: 'services', view, main })
}

async function readingsPage(parts: AppParts, asked: Asked, view: View): Promise<Reply> {
  const query = readReadingsQuery([...asked.query].filter(([, value]) => value !== ''))
  const list = await listReadings(parts, asked.reader, query)
  const main = readingsMain({ view, query, list })
  return pageReply({ title: 'Readings', place: 'readings', view, main })
}

async function rulePage(parts: AppParts, { param }: Asked, view: View): Promise<Reply> {
  const id = param('rule')
  const rule = activePolicies(parts).rules.find((candidate) => candidate.id === id)
  if (rule === undefined)
    throw new Fault('route-unknown', 'The active bundle has no such rule; /policies lists them', {
      facts: { path: `/policies/${id.slice(0, 200)}` },
    })
  return pageReply({ title: rule.title, place: 'policies', view, main: ruleMain(view, rule) })
}

async function problemPage({ param }: Asked, view: View): Promise<Reply> {
  const problem = problemCodeOf(param('code'))
  if (problem === null)
    throw new Fault('route-unknown', 'There is no such problem; /problems lists them', {
      facts: { path: '/problems' },
    })
  const { title } = problems[problem]
  return pageReply({ title, place: null, view, main: problemMain(view, problem) })
}

async function waiversPage(
  { listWaivers, now }: AppParts,
  { reader, query }: Asked,
  view: View,
): Promise<Reply> {
  const { limit } = readPageQuery(query)
  const waivers = await listWaivers(reader, limit)
  const list = boundedList(waivers.map(wireWaiverOf), limit)
  const main = waiversMain(view, list, now().toISOString())
  return pageReply({ title: 'Waivers', place: 'waivers', view, main })
}

function activePolicies({ engine, now }: AppParts): ReturnType<typeof wirePoliciesOf> {
  return wirePoliciesOf(engine.active(), now().toISOString())
}

/** Records can be read while no bundle is active. */
function activeOrNull({ engine }: AppParts): Bundle | null {
  try {
    return engine.active()
  } catch {
    return null
  }
}
