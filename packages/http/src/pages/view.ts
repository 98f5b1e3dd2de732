import type { Instant, Level, Outcome, Effect, Verdict } from '@writ/domain'
import type { Reader } from '@writ/service'
import { html, type Html, type Part } from './html.ts'
import { effectWords, instantWords, levelWords, outcomeWords, verdictWords } from './words.ts'

/** What every page of one tenant needs to link to the others. */
export type View = {
  readonly tenant: string
  readonly tenants: readonly string[]
  /** Why the records are read, as the reader says; it goes along from page to page. */
  readonly purpose: string | null
  /** An address of this tenant, with these parameters. */
  readonly href: (path: string, parameters?: Parameters) => string
}

type Parameters = Readonly<Record<string, string | null | undefined>>

export function viewOf({ tenant, purpose }: Reader, tenants: readonly string[]): View {
  const named = tenant === tenants[0] ? null : tenant
  return {
    tenant,
    tenants,
    purpose,
    href: (path, parameters = {}) => addressOf(path, { tenant: named, purpose, ...parameters }),
  }
}

export function addressOf(path: string, parameters: Parameters): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === null || value === undefined || value === '' ? [] : [[name, value] as const],
  )
  const query = new URLSearchParams(Object.fromEntries(given)).toString()
  return query === '' ? path : `${path}?${query}`
}

/** A path with one segment that may hold anything, a slash included. */
export function pathTo(folder: string, segment: string): string {
  return `${folder}/${encodeURIComponent(segment)}`
}

export function outcomeBadge(outcome: Outcome | null): Html {
  if (outcome === null) return html`<span class="badge">Unknown</span>`
  return html`<span class="badge ${outcome}">${outcomeWords[outcome].short}</span>`
}

export function effectBadge(effect: Effect): Html {
  return html`<span class="badge ${effect}">${effectWords[effect]}</span>`
}

export function verdictBadge(verdict: Verdict): Html {
  return html`<span class="badge ${verdict}">${verdictWords[verdict]}</span>`
}

export function levelTag(level: Level): Html {
  return html`<span class="tag">${levelWords[level]}</span>`
}

export function time(instant: Instant): Html {
  const [day, clock] = instantWords(instant)
  return html`<time datetime="${instant}"><span>${day},</span> <span>${clock}</span></time>`
}

/** A rule's id as a link to its page. It may break after its dots only. */
export function ruleLink({ href }: View, rule: string): Html {
  const [first = '', ...rest] = rule.split('.')
  const broken = [first, rest.map((step) => html`.<wbr />${step}`)]
  return html`<a href="${href(pathTo('/policies', rule))}"><code class="rule">${broken}</code></a>`
}

/** Names and values of one thing, side by side; what is null is left out. */
export function facts(pairs: readonly (readonly [name: string, value: Part])[]): Html {
  return html`<dl class="facts">
    ${pairs
      .filter(([, value]) => value !== null)
      .map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
  </dl>`
}

/** Facts that are long and in one piece, each on a line of its own: digests and ids. */
export function longFacts(pairs: readonly (readonly [name: string, value: Part])[]): Html {
  return html`<div class="long">${facts(pairs)}</div>`
}

/** An id: in one piece for the eye, whatever its writing direction. */
export function code(text: string): Html {
  return html`<code><bdi>${text}</bdi></code>`
}
