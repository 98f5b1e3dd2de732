import type { Effect, Instant, Kind, Level, Outcome, Verdict } from '@writ/domain'

type Words = { readonly short: string; readonly long: string }

/** An outcome in words, as every page says it. */
export const outcomeWords: Readonly<Record<Outcome, Words>> = {
  allow: { short: 'Allowed', long: 'It may go ahead.' },
  allow_with_advice: {
    short: 'Allowed with advice',
    long: 'It may go ahead. Something was found that is worth mending.',
  },
  deny: { short: 'Denied', long: 'It may not go ahead: a mandatory rule failed.' },
  indeterminate: {
    short: 'Indeterminate',
    long: 'It may not go ahead: something mandatory could not be judged.',
  },
}

export const verdictWords: Readonly<Record<Verdict, string>> = {
  pass: 'Pass',
  fail: 'Fail',
  not_applicable: 'Does not apply',
  error: 'Error',
  unknown: 'Unknown',
}

export const levelWords: Readonly<Record<Level, string>> = {
  off: 'Off',
  shadow: 'Shadow',
  advisory: 'Advisory',
  soft_mandatory: 'Soft mandatory',
  hard_mandatory: 'Hard mandatory',
}

/** What a rule of this level does. */
export const levelMeanings: Readonly<Record<Level, string>> = {
  off: 'is not asked',
  shadow: 'is watched, and tells nobody',
  advisory: 'advises, never blocks',
  soft_mandatory: 'blocks, unless it is waived',
  hard_mandatory: 'blocks, and cannot be waived',
}

export const effectWords: Readonly<Record<Effect, string>> = {
  none: 'None',
  observed: 'Observed',
  advised: 'Advised',
  blocked: 'Blocked',
  waived: 'Waived',
}

export const kindWords: Readonly<Record<Kind, string>> = {
  deploy: 'Deploy',
  access: 'Access',
  config: 'Config',
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `25 Nov 2026`, `10:00:02 UTC`: one form for everybody, so that a link shows the same to whoever opens it. */
export function instantWords(instant: Instant): readonly [day: string, clock: string] {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return [instant, '']
  const day = `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
  return [day, `${date.toISOString().slice(11, 19)} UTC`]
}

/** `1 decision`, `2 decisions`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
