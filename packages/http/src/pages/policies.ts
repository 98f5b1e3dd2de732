import type { WirePolicies, WireRule } from '@writ/contract'
import { kinds } from '@writ/domain'
import { html, type Html, type Part } from './html.ts'
import { prose } from './prose.ts'
import { code, facts, levelTag, longFacts, pathTo, time, type View } from './view.ts'
import { kindWords, levelMeanings } from './words.ts'

/** Every rule of the active bundle, kind by kind, with its level in each environment. */
export function policiesMain(view: View, policies: WirePolicies): Html {
  return html`<h1>Policies</h1>
    ${longFacts([
      ['Active revision', html`<bdi>${policies.bundle.revision}</bdi>`],
      ['Bundle', code(policies.bundle.digest)],
      ['Data', code(policies.data_digest)],
      ['As JSON', html`<a href="${view.href('/v1/policies')}">GET /v1/policies</a>`],
    ])}
    ${kinds.map((kind) => {
      const rules = policies.rules.filter((rule) => rule.kind === kind)
      return (
        rules.length > 0 &&
        html`<section>
          <h2>${kindWords[kind]}</h2>
          ${rulesTable(view, policies.environments, rules)}
        </section>`
      )
    })}`
}

function rulesTable(view: View, environments: readonly string[], rules: readonly WireRule[]): Html {
  return html`<table class="list">
    <caption class="hidden">
      Rules, and how strictly each is held in each environment
    </caption>
    <thead>
      <tr>
        <th scope="col">Rule</th>
        <th scope="col">Severity</th>
        ${environments.map((environment) => html`<th scope="col">${environment}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rules.map(
        (rule) =>
          html`<tr>
            <th scope="row" class="wide">
              <a class="main-link" href="${view.href(pathTo('/policies', rule.id))}"
                >${rule.title}</a
              >
              <span class="under">${code(rule.id)}</span>
            </th>
            <td data-label="Severity"><span class="tag severity">${rule.severity}</span></td>
            ${environments.map((environment) => {
              const level = rule.levels[environment]?.level
              return html`<td data-label="${environment}">
                ${level === undefined ? '–' : levelTag(level)}
              </td>`
            })}
          </tr>`,
      )}
    </tbody>
  </table>`
}

/** One rule as its METADATA tells it: the page that findings point at. */
export function ruleMain(view: View, rule: WireRule): Html {
  return html`<p class="crumbs"><a href="${view.href('/policies')}">Policies</a></p>
    <h1>${rule.title}</h1>
    <div class="lead">${prose(rule.description)}</div>
    ${facts([
      ['Rule', code(rule.id)],
      ['Kind', kindWords[rule.kind]],
      ['Severity', html`<span class="tag severity">${rule.severity}</span>`],
      ['Controls', rule.controls.length === 0 ? null : rule.controls.join(', ')],
      ['Waivers', rule.waivable_by.length === 0 ? 'none' : `by ${rule.waivable_by.join(' or ')}`],
      ['In effect from', time(rule.effective_on)],
    ])}
    <section class="fix">
      <h2>How to fix what it finds</h2>
      ${prose(rule.remediation)}
    </section>
    ${levelsSection(rule)} ${factsSection(rule)}
    <p>
      <a href="${view.href('/', { rule: rule.id })}">Decisions on which it had an effect</a>
    </p>`
}

function levelsSection({ levels }: WireRule): Html {
  return html`<section>
    <h2>How strictly it is held</h2>
    <table class="list">
      <caption class="hidden">
        Its level in each environment
      </caption>
      <thead>
        <tr>
          <th scope="col">Environment</th>
          <th scope="col">Level now</th>
          <th scope="col">It then</th>
          <th scope="col">Steps</th>
        </tr>
      </thead>
      <tbody>
        ${Object.entries(levels).map(
          ([environment, { level, steps }]) =>
            html`<tr>
              <th scope="row">${environment}</th>
              <td data-label="Level now">${levelTag(level)}</td>
              <td data-label="It then">${levelMeanings[level]}</td>
              <td data-label="Steps">
                <ul class="records">
                  ${steps.map((step) => html`<li>${levelTag(step.level)} from ${time(step.from)}</li>`)}
                </ul>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`
}

function factsSection(rule: WireRule): Html {
  return html`<section>
    <h2>What it needs to know</h2>
    ${facts([
      ['To know whether it applies', pointers(rule.applies_requires)],
      ['To judge', pointers(rule.requires)],
      rule.kind === 'config'
        ? ['Document types', pointers(rule.document_types)]
        : ['Grants', rule.grants ? 'a pass is a reason to allow' : 'no'],
    ])}
    <p class="quiet">A fact that is missing makes it unknown, never a pass.</p>
  </section>`
}

function pointers(texts: readonly string[]): Part {
  if (texts.length === 0) return 'nothing in particular'
  return html`<ul class="records">
    ${texts.map((text) => html`<li>${code(text)}</li>`)}
  </ul>`
}
