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

type Checked = {
  readonly check: string
  readonly title: string
  readonly status: string
  readonly level: string
  readonly message: string
  readonly records: readonly string[]
}

/** A scorecard as the scorecard room folds it. */
export type ScorecardFacts = Facts<Checked & { readonly nextStep: string | null }> & {
  readonly levelWithoutExemptions: string
  readonly nextLevel: string | null
  readonly nextStep: string | null
}

export type WireScorecard = Facts<Checked & { readonly next_step: string | null }> & {
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
    checks: card.checks.map(({ nextStep, ...check }) => ({ ...check, next_step: nextStep })),
    from,
  }
}
