import type { DecisionBody, WireAnswer } from '@writ/contract'
import { valueAt, type Json, type JsonObject } from '@writ/domain'
import type { Entry } from '@writ/ledger'
import type { Sealed } from '@writ/service'
import { findingsSection } from './findings.ts'
import { html, type Html } from './html.ts'
import {
  code,
  effectBadge,
  facts,
  levelTag,
  longFacts,
  outcomeBadge,
  pathTo,
  ruleLink,
  time,
  verdictBadge,
  type View,
} from './view.ts'
import { counted, outcomeWords } from './words.ts'

export type DecisionPage = {
  readonly view: View
  readonly entry: Entry
  readonly commitment: string
  readonly body: DecisionBody
  readonly answer: WireAnswer
  readonly seal: Sealed | null
}

const ungovernedShown = 50

/** One decision in full, under its permanent address: what came out, what to do next, and what it rests on. */
export function decisionMain(page: DecisionPage): Html {
  const { answer, view, body } = page
  return html`<p class="crumbs"><a href="${view.href('/')}">Decisions</a></p>
    ${heading(page)} ${findingsSection({ view, answer, request: body.request })}
    ${rulesSection(page)} ${ungovernedSection(answer)} ${requestSection(page)}
    ${recordSection(page)}`
}

/** The title of the page, and of the tab: what came out of which question. */
export function decisionTitle({ answer, body }: DecisionPage): string {
  return `${outcomeWords[answer.outcome].short}: ${questionWords(body.request)}`
}

function questionWords(request: JsonObject): string {
  const resource = textAt(request, '/resource/id') ?? ''
  const environment = textAt(request, '/context/environment')
  const where = (preposition: string): string =>
    environment === null ? '' : ` ${preposition} ${environment}`
  const kind = textAt(request, '/kind')
  if (kind === 'deploy') return `deploy ${resource}${where('to')}`
  if (kind === 'config') return `change ${resource}${where('for')}`
  return `${textAt(request, '/action/name') ?? 'act'} on ${resource}${where('in')}`
}

function heading(page: DecisionPage): Html {
  const { answer, view, body, entry } = page
  const { service } = entry.facets
  const at = (pointer: string): string => textAt(body.request, pointer) ?? '–'
  return html`<div class="verdict ${answer.outcome}">
      <h1>${decisionTitle(page)}</h1>
      <p>${outcomeBadge(answer.outcome)} ${outcomeWords[answer.outcome].long}</p>
      ${
        answer.vacuous !== null &&
        html`<p class="reason">Why it is indeterminate: ${answer.vacuous}.</p>`
      }
    </div>
    ${facts([
      ['Subject', entity(at('/subject/type'), at('/subject/id'))],
      ['Action', html`<bdi>${at('/action/name')}</bdi>`],
      ['Resource', entity(at('/resource/type'), at('/resource/id'))],
      ['Environment', textAt(body.request, '/context/environment') ?? 'none named'],
      [
        'Service',
        service === null
          ? null
          : html`<a href="${view.href(pathTo('/services', service))}"><bdi>${service}</bdi></a>`,
      ],
      ['Decided', time(answer.decided_at)],
      ['Policy revision', html`<bdi>${answer.bundle.revision}</bdi>`],
      ['Asked by', callerWords(body)],
    ])}`
}

function entity(type: string, id: string): Html {
  return html`<span class="type"><bdi>${type}</bdi></span> <bdi>${id}</bdi>`
}

function callerWords({ caller }: DecisionBody): Html {
  const roles = caller.roles.length === 0 ? 'no roles' : caller.roles.join(', ')
  return html`<bdi>${caller.principal}</bdi> <span class="type">(${roles})</span>`
}

function rulesSection({ answer, view }: DecisionPage): Html {
  return html`<section>
    <h2 id="rules">Every rule that was asked</h2>
    <table class="list">
      <caption>
        ${counted(answer.rules.length, 'rule')}: what each found, how strictly it is held here, and
        what that did
      </caption>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col">Verdict</th>
          <th scope="col">Level</th>
          <th scope="col">Effect</th>
        </tr>
      </thead>
      <tbody>
        ${answer.rules.map(
          ({ rule, verdict, level, effect }) =>
            html`<tr>
              <th scope="row">${ruleLink(view, rule)}</th>
              <td data-label="Verdict">${verdictBadge(verdict)}</td>
              <td data-label="Level">${levelTag(level)}</td>
              <td data-label="Effect">${effectBadge(effect)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`
}

function ungovernedSection({ ungoverned }: WireAnswer): Html | false {
  if (ungoverned.length === 0) return false
  const more = ungoverned.length - ungovernedShown
  return html`<section>
    <h2>Documents that nothing governs here</h2>
    <p>They do not hold the change back, and nothing vouches for them.</p>
    <ul>
      ${ungoverned.slice(0, ungovernedShown).map(
        (document) =>
          html`<li>
            ${code(textAt(document, '/id') ?? '')}
            <span class="type">${textAt(document, '/type')}</span>
          </li>`,
      )}
      ${more > 0 && html`<li>and ${more} more, in the answer as JSON</li>`}
    </ul>
  </section>`
}

function requestSection({ body }: DecisionPage): Html {
  const context = valueAt(body.request, '/context') ?? {}
  return html`<section>
    <h2>What was asked</h2>
    <p class="quiet">As it was evaluated and recorded; secrets were masked before.</p>
    ${jsonDetails('Context', context)} ${jsonDetails('The whole request', body.request)}
  </section>`
}

function jsonDetails(summary: string, value: Json): Html {
  return html`<details>
    <summary>${summary}</summary>
    <pre class="lines" tabindex="0"><code>${JSON.stringify(value, null, 2)}</code></pre>
  </details>`
}

function recordSection({ view, entry, answer, commitment, seal }: DecisionPage): Html {
  const path = pathTo('/decisions', entry.id)
  return html`<section>
    <h2>The record</h2>
    ${longFacts([
      ['Id', code(entry.id)],
      ['Bundle', code(answer.bundle.digest)],
      ['Data', code(answer.data_digest)],
      ['Request digest', code(entry.requestDigest)],
      ['Commitment', code(commitment)],
      ['Seal', sealWords(seal)],
    ])}
    <ul class="links">
      <li><a href="${view.href(path, { purpose: null })}">Permanent link to this page</a></li>
      <li><a href="${view.href(`/v1${path}`)}">The answer as it was given (JSON)</a></li>
      <li><a href="${view.href(`/v1${path}/record`)}">The record, for an audit (JSON)</a></li>
      ${
        seal !== null &&
        html`<li>
          <a href="${view.href(`/v1${pathTo('/records', entry.id)}/proof`)}"
            >Its proof, to be checked offline</a
          >
        </li>`
      }
    </ul>
  </section>`
}

function sealWords(seal: Sealed | null): string {
  if (seal === null) return 'Waits for its place in the log, which comes within minutes'
  return `Number ${seal.index} in a log of ${counted(seal.checkpoint.size, 'record')}`
}

/** The text at a pointer of the recorded request; null where there is none. */
function textAt(request: JsonObject, pointer: string): string | null {
  const value = valueAt(request, pointer)
  return typeof value === 'string' ? value : null
}
