import {
  decisionFilters,
  type AsOf,
  type DecisionFilter,
  type DecisionsQuery,
} from '@writ/contract'
import { kinds, outcomes } from '@writ/domain'
import { html, type Html } from './html.ts'
import type { View } from './view.ts'
import { kindWords, outcomeWords } from './words.ts'

export type FilterForm = {
  readonly view: View
  readonly query: DecisionsQuery
  /** Null while no bundle is active. */
  readonly environments: readonly string[] | null
  readonly rules: readonly string[]
}

const filterLabels: Readonly<Record<keyof DecisionFilter, string>> = {
  kind: 'Kind',
  outcome: 'Outcome',
  environment: 'Environment',
  service: 'Service',
  resource: 'Resource id',
  actor: 'Subject id',
  team: 'Team',
  rule: 'Rule with an effect',
  correlation: 'Correlation',
  from: 'From (UTC)',
  to: 'Before (UTC)',
}

const usual: readonly (keyof DecisionFilter)[] = ['kind', 'outcome', 'environment', 'service']

/** The filters of the API as a form that needs no script. */
export function filterForm({ view, query, environments, rules }: FilterForm): Html {
  const more = decisionFilters.filter((name) => !usual.includes(name))
  const isMoreSet = query.asOf !== null || more.some((name) => query.filter[name] !== undefined)
  const field = (name: keyof DecisionFilter): Html =>
    filterField(name, query.filter[name] ?? '', environments)
  return html`<form class="filters" method="get" action="/" aria-label="Filter decisions">
    ${
      view.tenant !== view.tenants[0] &&
      html`<input type="hidden" name="tenant" value="${view.tenant}" />`
    }
    <div class="fields">${usual.map(field)}</div>
    <details${isMoreSet && html` open`}>
      <summary>More filters</summary>
      <div class="fields">
        ${more.map(field)}
        <label
          >As of (an instant, or a size of the log)
          <input type="text" name="as_of" value="${asOfText(query.asOf)}" autocomplete="off" />
        </label>
      </div>
    </details>
    <datalist id="rules">${rules.map((rule) => html`<option value="${rule}"></option>`)}</datalist>
    ${purposeField(view)}
    <div class="actions">
      <button type="submit">Filter</button>
      <a href="${view.href('/')}">Clear</a>
    </div>
  </form>`
}

/** Why records are read is recorded with the reading, where one says so. */
export function purposeField({ purpose }: View): Html {
  return html`<div class="fields">
    <label
      >Why you read (recorded)
      <input
        type="text"
        name="purpose"
        value="${purpose ?? ''}"
        autocomplete="off"
        maxlength="1024"
      />
    </label>
  </div>`
}

/** As it is written in an address. */
export function asOfText(asOf: AsOf | null): string {
  if (asOf === null) return ''
  return 'size' in asOf ? String(asOf.size) : asOf.instant
}

function filterField(
  name: keyof DecisionFilter,
  value: string,
  environments: readonly string[] | null,
): Html {
  const label = filterLabels[name]
  const options = optionsOf(name, environments)
  const control = options === null ? input(name, value) : select(name, value, options)
  return html`<label>${label} ${control}</label>`
}

type Option = readonly [value: string, words: string]

/** A value that is not among the options stays chosen: an address must give the same list for ever. */
function select(name: string, value: string, options: readonly Option[]): Html {
  const isListed = value === '' || options.some(([option]) => option === value)
  const all = isListed ? options : [...options, [value, value] as const]
  const chosen = (option: string): Html | false => option === value && html` selected`
  return html`<select name="${name}">
    <option value="">Any</option>
    ${all.map(([option, words]) => html`<option value="${option}" ${chosen(option)}>${words}</option>`)}
  </select>`
}

function input(name: keyof DecisionFilter, value: string): Html {
  const isDay = name === 'from' || name === 'to'
  const shown = isDay && value.endsWith('T00:00:00.000Z') ? value.slice(0, 10) : value
  const type = isDay && (shown === '' || shown.length === 10) ? 'date' : 'text'
  const list = name === 'rule' && html` list="rules"`
  return html`<input type="${type}" name="${name}" value="${shown}" autocomplete="off" ${list} />`
}

function optionsOf(
  name: keyof DecisionFilter,
  environments: readonly string[] | null,
): readonly Option[] | null {
  if (name === 'kind') return kinds.map((kind) => [kind, kindWords[kind]])
  if (name === 'outcome') return outcomes.map((outcome) => [outcome, outcomeWords[outcome].short])
  if (name === 'environment' && environments !== null)
    return environments.map((environment) => [environment, environment])
  return null
}
