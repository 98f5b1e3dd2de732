import type { DecisionsQuery, WireReading, WireReadingList } from '@writ/contract'
import { purposeField } from './filter-form.ts'
import { html, type Html, type Part } from './html.ts'
import { code, pathTo, time, type View } from './view.ts'
import { counted } from './words.ts'

export type ReadingsPage = {
  readonly view: View
  readonly query: DecisionsQuery
  readonly list: WireReadingList
}

/** Who has read which records, newest first. */
export function readingsMain(page: ReadingsPage): Html {
  const { view, list } = page
  return html`<h1>Readings</h1>
    <p class="quiet">
      Whoever is shown the records of others is recorded here, before they are shown; so is who
      looks at this page.
    </p>
    ${form(page)}
    ${
      list.items.length === 0
        ? html`<section class="empty"><h2>No reading matches</h2></section>`
        : [table(page), pager(page)]
    }
    <p class="quiet">
      Complete up to ${time(list.complete_through)}; later readings may still be missing. As JSON:
      <a href="${view.href('/v1/readings', shown(page))}">GET /v1/readings</a>.
    </p>`
}

/** The query as it was asked, by the names on the wire. */
function shown({ query: { filter } }: ReadingsPage): Readonly<Record<string, string | undefined>> {
  const { actor, resource, from, to } = filter
  return { reader: actor, record: resource, from, to }
}

function form(page: ReadingsPage): Html {
  const { view } = page
  const fields = [
    ['reader', 'Reader', 'text'],
    ['record', 'Record', 'text'],
    ['from', 'From (UTC)', 'date'],
    ['to', 'Before (UTC)', 'date'],
  ] as const
  const values = shown(page)
  return html`<form class="filters" method="get" action="/readings" aria-label="Filter readings">
    ${
      view.tenant !== view.tenants[0] &&
      html`<input type="hidden" name="tenant" value="${view.tenant}" />`
    }
    <div class="fields">
      ${fields.map(
        ([name, label, type]) =>
          html`<label
            >${label}
            <input
              type="${type}"
              name="${name}"
              value="${(values[name] ?? '').slice(0, type === 'date' ? 10 : undefined)}"
              autocomplete="off"
            />
          </label>`,
      )}
    </div>
    ${purposeField(view)}
    <div class="actions">
      <button type="submit">Filter</button>
      <a href="${view.href('/readings')}">Clear</a>
    </div>
  </form>`
}

function table({ view, list }: ReadingsPage): Html {
  return html`<table class="list">
    <caption class="hidden">
      Readings, newest first
    </caption>
    <thead>
      <tr>
        <th scope="col">Read</th>
        <th scope="col">Reader</th>
        <th scope="col">What</th>
        <th scope="col">Shown</th>
        <th scope="col">Why</th>
      </tr>
    </thead>
    <tbody>
      ${list.items.map((reading) => row(view, reading))}
    </tbody>
  </table>`
}

function row(view: View, reading: WireReading): Html {
  return html`<tr>
    <td data-label="Read" class="when">${time(reading.read_at)}</td>
    <td data-label="Reader"><bdi>${reading.reader ?? 'erased'}</bdi></td>
    <td class="wide">${whatWords(view, reading)}</td>
    <td data-label="Shown">${shownWords(reading)}</td>
    <td data-label="Why"><bdi>${reading.purpose ?? '–'}</bdi></td>
  </tr>`
}

function whatWords({ href }: View, { record, filter }: WireReading): Part {
  if (record !== null) {
    const decision = record.startsWith('dec_') && !record.includes('.')
    return html`<a href="${href(pathTo(decision ? '/decisions' : '/v1/records', record))}"
      >${code(record)}</a
    >`
  }
  const set = Object.entries(filter ?? {})
  if (set.length === 0) return 'All records'
  return html`Records by
  ${set.map(([name, value], place) => html`${place > 0 && ', '}${name} <bdi>${value}</bdi>`)}`
}

function shownWords({ given, more }: WireReading): string {
  if (given === null) return more === null ? '–' : 'all, one after the other'
  return `${counted(given, 'record')}${more === true ? ', and more pages' : ''}`
}

function pager(page: ReadingsPage): Html | false {
  const { view, query, list } = page
  if (query.cursor === null && list.next_cursor === null) return false
  const to = (cursor: string | null): string => view.href('/readings', { ...shown(page), cursor })
  return html`<nav class="pager" aria-label="Pages of the list">
    ${query.cursor !== null && html`<a href="${to(null)}">Newest</a>`}
    ${list.next_cursor !== null && html`<a rel="next" href="${to(list.next_cursor)}">Older readings</a>`}
  </nav>`
}
