import type { RecordLink, WireDecisionItem, WireList, WireScorecard } from '@writ/contract'
import { html, type Html } from './html.ts'
import { inline } from './prose.ts'
import { code, facts, outcomeBadge, pathTo, time, type View } from './view.ts'
import { counted, kindWords } from './words.ts'

type ServicePage = {
  readonly view: View
  readonly entity: string
  /** Its latest decisions. */
  readonly latest: readonly WireDecisionItem[]
}

export type ScorecardPage = ServicePage & {
  readonly card: WireScorecard
  /** The levels, from the bottom. */
  readonly ladder: readonly string[]
}

const statusWords: Readonly<Record<string, string>> = {
  pass: 'Pass',
  fail: 'Fail',
  warn: 'Warning',
  exempt: 'Exempt by a waiver',
  not_applicable: 'Does not apply',
  no_evidence: 'No evidence yet',
  error: 'Error',
}

/** The services of a tenant that have a scorecard. */
export function servicesMain(view: View, { items, truncated }: WireList<WireScorecard>): Html {
  if (items.length === 0)
    return html`<h1>Services</h1>
      <section class="empty">
        <h2>No service has a scorecard yet</h2>
        <p>
          A scorecard is computed shortly after the first deploy decision about a service. See
          <a href="${view.href('/', { kind: 'deploy' })}">deploy decisions</a>.
        </p>
      </section>`
  return html`<h1>Services</h1>
    <table class="list">
      <caption>
        ${counted(items.length, 'service')}${truncated && ' (there are more)'}
      </caption>
      <thead>
        <tr>
          <th scope="col">Service</th>
          <th scope="col">Level</th>
          <th scope="col">Next step</th>
        </tr>
      </thead>
      <tbody>
        ${items.map(
          (card) =>
            html`<tr>
              <th scope="row">
                <a href="${view.href(pathTo('/services', card.entity))}"
                  ><bdi>${card.entity}</bdi></a
                >
              </th>
              <td data-label="Level"><span class="tag level">${card.level}</span></td>
              <td data-label="Next step">
                ${card.next_step === null ? '–' : inline(card.next_step)}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>`
}

/** A service that was decided about, and whose scorecard is not folded yet. */
export function awaitedMain(page: ServicePage): Html {
  return html`<p class="crumbs"><a href="${page.view.href('/services')}">Services</a></p>
    <h1><bdi>${page.entity}</bdi></h1>
    <section class="empty">
      <h2>Its scorecard is on its way</h2>
      <p>It is computed from the records of this service shortly after each of them.</p>
    </section>
    ${latestSection(page)}`
}

/** One service's scorecard: where it stands, what shows it, what comes next. */
export function scorecardMain(page: ScorecardPage): Html {
  const { card, view } = page
  return html`<p class="crumbs"><a href="${view.href('/services')}">Services</a></p>
    <h1><bdi>${card.entity}</bdi></h1>
    ${ladderList(page)} ${nextStep(card)} ${checksSection(page)} ${latestSection(page)}
    ${facts([
      [
        'Folded from',
        counted(card.from.records, 'record') + (card.from.truncated ? ', the newest' : ''),
      ],
      ['Newest record', card.from.newest === null ? '–' : time(card.from.newest.at)],
      [
        'As JSON',
        html`<a href="${view.href(pathTo('/v1/scorecards', card.entity))}">GET /v1/scorecards</a>`,
      ],
    ])}`
}

function ladderList({ card, ladder }: ScorecardPage): Html {
  const reached = ladder.indexOf(card.level)
  const strict = card.level_without_exemptions
  return html`<section>
    <h2>Level: ${card.level}</h2>
    <ol class="ladder">
      ${ladder.map((level, place) => {
        const state = place === reached ? 'here' : place < reached ? 'earned' : 'ahead'
        const words = {
          here: 'now',
          earned: place === 0 ? 'where all begin' : 'earned',
          ahead: 'not yet',
        }[state]
        return html`<li class="${state}" ${state === 'here' && html` aria-current="step"`}>
          <b>${level}</b> <span>${words}</span>
        </li>`
      })}
    </ol>
    ${strict !== card.level && html`<p>Without waivers it would be at <b>${strict}</b>.</p>`}
  </section>`
}

function nextStep({ next_step: step, next_level: level }: WireScorecard): Html {
  if (step === null)
    return html`<section class="next done">
      <h2>Next step</h2>
      <p>Nothing to do: it is at the top.</p>
    </section>`
  return html`<section class="next">
    <h2>Next step${level !== null && ` towards ${level}`}</h2>
    <p>${inline(step)}</p>
  </section>`
}

function checksSection({ card, view }: ScorecardPage): Html {
  return html`<section>
    <h2>Checks</h2>
    <table class="list">
      <caption class="hidden">
        Checks of ${card.entity}
      </caption>
      <thead>
        <tr>
          <th scope="col">Check</th>
          <th scope="col">Status</th>
          <th scope="col">Needed for</th>
          <th scope="col">What was found</th>
          <th scope="col">Records</th>
        </tr>
      </thead>
      <tbody>
        ${card.checks.map(
          (check) =>
            html`<tr>
              <th scope="row">${check.title}</th>
              <td data-label="Status">
                <span class="badge ${check.status}"
                  >${statusWords[check.status] ?? check.status}</span
                >
              </td>
              <td data-label="Needed for"><span class="tag level">${check.level}</span></td>
              <td data-label="Found" class="wide">
                ${inline(check.message)}
                ${check.next_step !== null && html`<span class="under">${inline(check.next_step)}</span>`}
              </td>
              <td data-label="Records">${recordLinks(view, check.records)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`
}

const recordsShown = 5

/** A decision has a page of its own; what else is recorded is shown as the record itself. */
function recordLinks({ href }: View, records: readonly RecordLink[]): Html | string {
  if (records.length === 0) return '–'
  const more = records.length - recordsShown
  return html`<ul class="records">
    ${records.slice(0, recordsShown).map(({ id, href: record }) => {
      const address = id.startsWith('dec_') ? pathTo('/decisions', id) : record
      return html`<li>
        <a href="${href(address)}"><code title="${id}">${shortened(id)}</code></a>
      </li>`
    })}
    ${more > 0 && html`<li>and ${more} more</li>`}
  </ul>`
}

function shortened(id: string): string {
  return id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-6)}` : id
}

function latestSection({ view, entity, latest }: ServicePage): Html | false {
  if (latest.length === 0) return false
  return html`<section>
    <h2>Latest decisions</h2>
    <ul class="latest">
      ${latest.map(
        (item) =>
          html`<li>
            ${outcomeBadge(item.outcome)}
            <a href="${view.href(pathTo('/decisions', item.id))}"
              >${item.kind === null ? 'Decision' : kindWords[item.kind]} ·
              ${item.environment ?? 'no environment'}</a
            >
            ${time(item.decided_at)}
          </li>`,
      )}
    </ul>
    <p class="more">
      <a href="${view.href('/', { service: entity })}">All decisions about ${code(entity)}</a>
    </p>
  </section>`
}
