import type { Enforcement, Level } from './enforcement.ts'
import type { DecisionRequest, Instant } from './request.ts'
import type { RuleVerdict } from './verdict.ts'
import type { Waiver } from './waiver.ts'

/** Everything that a decision depends on: the same question gives the same answer for ever. */
export type Question = {
  readonly tenant: string
  readonly request: DecisionRequest
  readonly enforcement: Enforcement
  /** Those that may be in force; which of them cover a finding is decided here. */
  readonly waivers: readonly Waiver[]
  readonly verdicts: readonly RuleVerdict[]
  readonly now: Instant
}

/** A rule's verdict with the level that holds for it here and now. */
export type Levelled = RuleVerdict & { readonly level: Level }
