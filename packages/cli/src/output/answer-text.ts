import { readableFinding, type WireAnswer, type WireFinding } from '@writ/contract'
import type { Outcome } from '@writ/domain'
import type { Paint } from './paint.ts'
import { plain, plainLine } from './plain.ts'

const outcomes: Readonly<Record<Outcome, string>> = {
  allow: 'Allowed.',
  allow_with_advice: 'Allowed, with advice.',
  deny: 'Denied: a mandatory rule failed.',
  indeterminate: 'Not allowed: something mandatory could not be judged.',
}

const styles = {
  blocked: 'red',
  advised: 'yellow',
  waived: 'cyan',
  observed: 'dim',
  none: 'dim',
} as const

/** The outcome in words, and why nothing was judged where that is so. */
export function outcomeText({ outcome, decision, vacuous }: WireAnswer, paint: Paint): string {
  const line = paint(decision ? 'green' : 'red', outcomes[outcome])
  return vacuous === null ? line : `${line}\n  ${plainLine(vacuous)}`
}

/** One finding, made harmless for a terminal, with its first line in the colour of its effect. */
export function findingText(finding: WireFinding, line: number | null, paint: Paint): string {
  const [head = '', ...rest] = readableFinding(finding, line).map(plain)
  const lines = rest.map((text) => `  ${text}`.trimEnd())
  return [`  ${paint(styles[finding.effect], head)}`, ...lines].join('\n')
}
