import { readAnswer, readDecisionBody, readOutcomeBody } from '@writ/contract'
import type { AsOf } from '@writ/contract'
import { valueAt } from '@writ/domain'
import { isErased, type Entry } from '@writ/ledger'
import {
  foldScorecard,
  type DecisionObserved,
  type DeploymentObserved,
  type Observation,
  type Scorecard,
} from '@writ/scorecard'
import { entriesAsOf, filterAsOf } from './as-of.ts'
import type { LogReader } from './seal/log-store.ts'
import type { RecordFilter, RecordPlace, Records, Scorecards, StaleEntity } from './ports.ts'

/** The environment whose deployments are scored. */
const scoredEnvironment = 'production'
/** Of an entity's decisions, and of its outcomes, the newest so many are folded. */
const maxRecords = 500
/** How many entities one pass takes on. */
const maxEntities = 100

/** What one pass did. An entity that could not be folded stays stale; the others are not held up by it. */
export type Folded = {
  readonly saved: number
  readonly failed: readonly { readonly entity: StaleEntity; readonly cause: unknown }[]
}

/** Recomputes the scorecards that records have overtaken, those that wait longest first. */
export type Fold = () => Promise<Folded>

export type FoldParts = {
  readonly records: Pick<Records, 'list'>
  readonly scorecards: Pick<Scorecards, 'stale' | 'save'>
  /** Awaited before each entity, so that whoever runs decisions in the same process can let them go first. */
  readonly breathe: () => Promise<void>
}

export function createFold(parts: FoldParts): Fold {
  return async () => {
    const failed: { entity: StaleEntity; cause: unknown }[] = []
    // Each entity's version was read before its records are: a record that comes in between makes it stale again.
    const entities = await parts.scorecards.stale(maxEntities)
    for (const entity of entities) {
      await parts.breathe()
      await foldOne(parts, entity).catch((cause: unknown) => failed.push({ entity, cause }))
    }
    return { saved: entities.length - failed.length, failed }
  }
}

async function foldOne({ records, scorecards }: FoldParts, stale: StaleEntity): Promise<void> {
  const { tenant, entity } = stale
  const about = (filter: RecordFilter): Promise<Newest> =>
    newestOf(records, tenant, { ...filter, service: entity })
  await scorecards.save(stale, await cardOf(entity, about))
}

/** The card as it was; null where nothing was recorded of the entity by then. */
export type FoldAsOf = (
  parts: { readonly records: Pick<Records, 'list'>; readonly log: LogReader | null },
  of: Pick<StaleEntity, 'tenant' | 'entity'>,
  asOf: AsOf,
) => Promise<Scorecard | null>

export const foldAsOf: FoldAsOf = async ({ records, log }, { tenant, entity }, asOf) => {
  const then: Pick<Records, 'list'> = {
    list: async (_, query) => {
      const page = await records.list(tenant, query)
      return { ...page, entries: (await entriesAsOf(log, page.entries, asOf)).entries }
    },
  }
  const about = (filter: RecordFilter): Promise<Newest> =>
    newestOf(then, tenant, filterAsOf({ ...filter, service: entity }, asOf))
  const card = await cardOf(entity, about)
  return card.from.records === 0 ? null : card
}

type About = (filter: RecordFilter) => Promise<Newest>

async function cardOf(entity: string, about: About): Promise<Scorecard> {
  const decisions = await about({ type: 'decision', kind: 'deploy' })
  const outcomes = await about({ type: 'outcome' })
  const scope = {
    entity,
    environment: scoredEnvironment,
    truncated: decisions.truncated || outcomes.truncated,
  }
  const observations: readonly Observation[] = [
    ...decisions.entries.map(decisionObserved),
    ...outcomes.entries.map(deploymentObserved),
  ]
  return foldScorecard(scope, observations)
}

type Newest = { readonly entries: readonly Entry[]; readonly truncated: boolean }

async function newestOf(
  records: Pick<Records, 'list'>,
  tenant: string,
  filter: RecordFilter,
): Promise<Newest> {
  const entries: Entry[] = []
  let before: RecordPlace | null = null
  do {
    const limit = maxRecords - entries.length
    const page = await records.list(tenant, { filter, before, limit })
    entries.push(...page.entries.filter((entry) => !isErased(entry)))
    before = page.next
  } while (before !== null && entries.length < maxRecords)
  return { entries, truncated: before !== null }
}

function decisionObserved({ id, at, facets, body }: Entry): DecisionObserved {
  const { request, answer } = readDecisionBody(body.content)
  const digest = valueAt(request, '/context/artifact/digest')
  const { decision, rules } = readAnswer(answer)
  return {
    type: 'decision',
    id,
    at,
    environment: facets.environment,
    allowed: decision,
    artifactDigest: typeof digest === 'string' ? digest : null,
    rules,
  }
}

function deploymentObserved({ id, at, body }: Entry): DeploymentObserved {
  const { environment, artifact, finishedAt } = readOutcomeBody(body.content).report
  return { type: 'deployment', id, at, environment, artifactDigest: artifact.digest, finishedAt }
}
