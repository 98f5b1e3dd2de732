import { type DecisionsQuery, type WireDecisionItem, type WireDecisionList } from '@writ/contract'
import { outcomes } from '@writ/domain'
import { asOfText, filterForm, type FilterForm } from './filter-form.ts'
import { html, type Html, type Part } from './html.ts'
import { outcomeBadge, pathTo, ruleLink, time, type View } from './view.ts'
import { counted, kindWords } from './words.ts'

export type DecisionsPage = FilterForm & {
  readonly list: WireDecisionList
  /** Where this server is, for the command in the empty state. */
  readonly origin: string
}

/** Recent decisions, with the filters of the API as a form that needs no script. */
export function decisionsMain(page: DecisionsPage): Html {
  const { list, query } = page
  return html`<h1>Decisions</h1>
    ${filterForm(page)}
    ${list.items.length === 0 ? emptyState(page) : [tally(list), table(page), pager(page)]}
    <p class="quiet">
      Complete up to ${time(list.complete_through)}; later decisions may still be missing. The same
      list as JSON: <a href="${apiAddress(page)}">GET /v1/decisions</a>${
        query.cursor !== null && ' (this page)'
      }.
    </p>`
}

/** Of what is shown, because nothing counts the whole ledger. */
function tally({ items }: WireDecisionList): Html {
  const counts = outcomes.flatMap((outcome) => {
    const count = items.filter((item) => item.outcome === outcome).length
    return count === 0 ? [] : [html`<li>${outcomeBadge(outcome)} <b>${count}</b></li>`]
  })
  return html`<div class="tally">
    <p>${counted(items.length, 'decision')} shown</p>
    <ul>
      ${counts}
    </ul>
  </div>`
}

function table({ view, list }: DecisionsPage): Html {
  return html`<table class="list">
    <caption class="hidden">
      Decisions, newest first
    </caption>
    <thead>
      <tr>
        <th scope="col">Outcome</th>
        <th scope="col">Decision</th>
        <th scope="col">Service</th>
        <th scope="col">Subject</th>
        <th scope="col">Rules with an effect</th>
        <th scope="col">Decided</th>
      </tr>
    </thead>
    <tbody>
      ${list.items.map((item) => row(view, item))}
    </tbody>
  </table>`
}

function row(view: View, item: WireDecisionItem): Html {
  const { id, kind, resource, service, environment } = item
  const what = kind === null ? 'Decision' : kindWords[kind]
  return html`<tr>
    <td>${outcomeBadge(item.outcome)}</td>
    <td class="wide">
      <a class="main-link" href="${view.href(pathTo('/decisions', id))}"
        >${what} · <bdi>${resource ?? id}</bdi></a
      >
      ${environment !== null && html`<span class="under"><bdi>${environment}</bdi></span>`}
    </td>
    <td data-label="Service">${service === null ? '–' : serviceLink(view, service)}</td>
    <td data-label="Subject"><bdi>${item.actor ?? '–'}</bdi></td>
    <td data-label="Rules">${rulesCell(view, item.rules)}</td>
    <td data-label="Decided" class="when">${time(item.decided_at)}</td>
  </tr>`
}

function serviceLink({ href }: View, service: string): Html {
  return html`<a href="${href(pathTo('/services', service))}"><bdi>${service}</bdi></a>`
}

const rulesShown = 3

function rulesCell(view: View, rules: readonly string[]): Part {
  if (rules.length === 0) return '–'
  const more = rules.length - rulesShown
  return html`<ul class="rules">
    ${rules.slice(0, rulesShown).map((rule) => html`<li>${ruleLink(view, rule)}</li>`)}
    ${more > 0 && html`<li>and ${more} more</li>`}
  </ul>`
}

function pager({ view, query, list }: DecisionsPage): Html | false {
  if (query.cursor === null && list.next_cursor === null) return false
  const { filter } = query
  return html`<nav class="pager" aria-label="Pages of the list">
    ${query.cursor !== null && html`<a href="${view.href('/', { ...filter, ...limitOf(query) })}">Newest</a>`}
    ${
      list.next_cursor !== null &&
      html`<a
        rel="next"
        href="${view.href('/', { ...filter, ...limitOf(query), cursor: list.next_cursor })}"
        >Older decisions</a
      >`
    }
  </nav>`
}

/** What else an address of this list names, beside its filters. */
function limitOf({ limit, asOf }: DecisionsQuery): Readonly<Record<string, string>> {
  return {
    ...(limit === 50 ? {} : { limit: String(limit) }),
    ...(asOf === null ? {} : { as_of: asOfText(asOf) }),
  }
}

function apiAddress({ view, query }: DecisionsPage): string {
  return view.href('/v1/decisions', { ...query.filter, ...limitOf(query), cursor: query.cursor })
}

function emptyState({ view, query, origin }: DecisionsPage): Html {
  const isFiltered = Object.values(query.filter).some((value) => value !== undefined)
  if (isFiltered || query.cursor !== null)
    return html`<section class="empty">
      <h2>No decision matches</h2>
      <p>Loosen a filter, or <a href="${view.href('/')}">see all decisions</a>.</p>
    </section>`
  return html`<section class="empty">
    <h2>Nothing has been decided for this tenant yet</h2>
    <p>Ask whether a deployment may go ahead:</p>
    <pre class="lines" tabindex="0"><code>${exampleCommand(view, origin)}</code></pre>
    <p>Then load this page again.</p>
  </section>`
}

/** A question that any pack can be asked. */
function exampleCommand({ tenant, tenants }: View, origin: string): string {
  const question = {
    kind: 'deploy',
    subject: { type: 'user', id: 'ada' },
    action: { name: 'deploy' },
    resource: { type: 'service', id: 'checkout' },
  }
  return [
    `curl -s ${origin}/v1/decisions`,
    `-H 'Content-Type: application/json'`,
    ...(tenant === tenants[0] ? [] : [`-H 'Writ-Tenant: ${tenant}'`]),
    `-d '${JSON.stringify(question, null, 2).replaceAll('\n', '\n      ')}'`,
  ].join(' \\\n  ')
}
