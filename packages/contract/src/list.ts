import { isAllowed, type Instant, type Kind, type Outcome } from '@writ/domain'

/** A decision in a list: enough to choose by; the whole of it lies at `/v1/decisions/{id}`. */
export type WireDecisionItem = {
  readonly id: string
  readonly decision: boolean
  readonly outcome: Outcome | null
  readonly kind: Kind | null
  readonly actor: string | null
  readonly resource: string | null
  readonly service: string | null
  readonly team: string | null
  readonly environment: string | null
  /** The rules that had an effect. */
  readonly rules: readonly string[]
  readonly correlation: string | null
  readonly decided_at: Instant
}

export type WireDecisionList = {
  readonly items: readonly WireDecisionItem[]
  /** Hand it back as `cursor`, with the same filters, for what comes after; null at the end. */
  readonly next_cursor: string | null
  /** Every decision up to this instant is in the list; later ones may still be missing. */
  readonly complete_through: Instant
}

/** What the ledger keeps of a decision to find it by. */
export type Listed = {
  readonly id: string
  readonly at: Instant
  readonly facets: Pick<
    WireDecisionItem,
    | 'outcome'
    | 'kind'
    | 'actor'
    | 'resource'
    | 'service'
    | 'team'
    | 'environment'
    | 'rules'
    | 'correlation'
  >
}

export function decisionItemOf({ id, at, facets }: Listed): WireDecisionItem {
  const { outcome, kind, actor, resource, service, team, environment, rules, correlation } = facets
  return {
    id,
    decision: outcome !== null && isAllowed(outcome),
    outcome,
    kind,
    actor,
    resource,
    service,
    team,
    environment,
    rules,
    correlation,
    decided_at: at,
  }
}

/** A list that has a bound and no cursor; `truncated` says that the bound was met. */
export type WireList<Item> = { readonly items: readonly Item[]; readonly truncated: boolean }

/** The wire form of a list that was asked for with one item more than the bound. */
export function boundedList<Item>(items: readonly Item[], limit: number): WireList<Item> {
  return { items: items.slice(0, limit), truncated: items.length > limit }
}
