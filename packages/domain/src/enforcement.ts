import type { Instant } from './request.ts'
import type { Rule } from './verdict.ts'

/** From the mildest to the strictest. */
export const levels = ['off', 'shadow', 'advisory', 'soft_mandatory', 'hard_mandatory'] as const
export type Level = (typeof levels)[number]

export type LevelStep = { readonly from: Instant; readonly level: Level }

/** How strictly each rule is held in each environment: set beside the policies, never in Rego. */
export type Enforcement = {
  readonly environments: readonly string[]
  /** Environment → the document types of which every document must have been judged. */
  readonly governed: { readonly [environment: string]: readonly string[] }
  /** Rule id → environment → dated steps, oldest first. */
  readonly levels: {
    readonly [rule: string]: { readonly [environment: string]: readonly LevelStep[] }
  }
}

/** The level of a rule in an environment; without an environment, its strictest anywhere. Before its first date: `shadow`. */
export function levelOf(
  enforcement: Enforcement,
  rule: Rule,
  at: { readonly environment: string | null; readonly now: Instant },
): Level {
  const ruleLevels = enforcement.levels[rule.id] ?? {}
  const environments = at.environment === null ? enforcement.environments : [at.environment]
  return environments
    .map((environment) => levelAt(ruleLevels[environment] ?? [], at.now))
    .reduce(stricter, 'off')
}

/** The document types governed in an environment; without an environment, those governed anywhere. */
export function governedTypes(
  enforcement: Enforcement,
  environment: string | null,
): ReadonlySet<string> {
  const environments = environment === null ? enforcement.environments : [environment]
  return new Set(environments.flatMap((name) => enforcement.governed[name] ?? []))
}

export function isAboveShadow(level: Level): boolean {
  return levels.indexOf(level) > levels.indexOf('shadow')
}

export function isMandatory(level: Level): boolean {
  return level === 'soft_mandatory' || level === 'hard_mandatory'
}

function levelAt(steps: readonly LevelStep[], now: Instant): Level {
  return steps.findLast(({ from }) => from <= now)?.level ?? 'shadow'
}

function stricter(left: Level, right: Level): Level {
  return levels.indexOf(left) >= levels.indexOf(right) ? left : right
}
