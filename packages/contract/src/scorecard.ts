import type { Instant } from '@writ/domain'

type Facts<Check> = {
  readonly entity: string
  readonly level: string
  readonly checks: readonly Check[]
  /** The records that it was folded from: how many, the newest, and whether older ones were left out. */
  readonly from: {
    readonly records: number
    readonly newest: { readonly at: Instant; readonly id: string } | null
    readonly truncated: boolean
  }
}

/** A record by its id, and the address at which it can be read. */
export type RecordLink = { readonly id: string; readonly href: string }

type Checked<Record> = {
  readonly check: string
  readonly title: string
  readonly status: string
  readonly level: string
  readonly message: string
  readonly records: readonly Record[]
}

/** A scorecard as the scorecard room folds it. */
export type ScorecardFacts = Facts<Checked<string> & { readonly nextStep: string | null }> & {
  readonly levelWithoutExemptions: string
  readonly nextLevel: string | null
  readonly nextStep: string | null
}

export type WireScorecard = Facts<Checked<RecordLink> & { readonly next_step: string | null }> & {
  readonly level_without_exemptions: string
  readonly next_level: string | null
  readonly next_step: string | null
}

export function wireScorecardOf(card: ScorecardFacts): WireScorecard {
  const { entity, level, from } = card
  return {
    entity,
    level,
    level_without_exemptions: card.levelWithoutExemptions,
    next_level: card.nextLevel,
    next_step: card.nextStep,
    checks: card.checks.map(({ nextStep, records, ...check }) => ({
      ...check,
      next_step: nextStep,
      records: records.map((id) => ({ id, href: `/v1/records/${encodeURIComponent(id)}` })),
    })),
    from,
  }
}
