import type { WireAnswer, WireFinding } from '@writ/contract'
import { valueAt, type JsonObject } from '@writ/domain'
import { html, type Html } from './html.ts'
import { inline, prose } from './prose.ts'
import { code, effectBadge, facts, levelTag, ruleLink, verdictBadge, type View } from './view.ts'
import { counted } from './words.ts'

export type FindingsSection = {
  readonly view: View
  readonly answer: WireAnswer
  readonly request: JsonObject
}

/** How many findings a page shows: the answer itself holds them all. */
const shown = 100

/** What to do next, finding by finding, what blocks first. What rules in shadow found changes nothing, and is folded away. */
export function findingsSection(section: FindingsSection): Html {
  const { findings } = section.answer
  const told = findings.filter(({ effect }) => effect !== 'observed' && effect !== 'none')
  const shadow = findings.filter((finding) => !told.includes(finding))
  return html`<section>
    <h2>What to do next</h2>
    ${
      told.length === 0
        ? html`<p>${nothingFound(section.answer)}</p>`
        : [html`<p class="quiet">${summary(told)}</p>`, articles(section, told)]
    }
    ${
      shadow.length > 0 &&
      html`<details>
        <summary>
          ${counted(shadow.length, 'finding')} of rules in shadow, which change nothing yet
        </summary>
        ${articles(section, shadow)}
      </details>`
    }
  </section>`
}

function articles(section: FindingsSection, findings: readonly WireFinding[]): Html {
  const more = findings.length - shown
  return html`${findings.slice(0, shown).map((finding) => article(section, finding))}
  ${more > 0 && html`<p>${counted(more, 'more finding')} in the answer as JSON.</p>`}`
}

function nothingFound({ outcome, vacuous, findings }: WireAnswer): string {
  if (vacuous === null)
    return findings.length === 0 ? 'Nothing: no rule found anything.' : 'Nothing.'
  return outcome === 'indeterminate'
    ? 'No rule complained, and none vouched for it either. Send what the rules ask about, or have a rule cover it.'
    : 'Nothing.'
}

function summary(findings: readonly WireFinding[]): string {
  const blocking = findings.filter(({ effect }) => effect === 'blocked').length
  const all = counted(findings.length, 'finding')
  if (blocking === 0) return `${all}; none of them blocks.`
  if (blocking === findings.length) return `${all} to mend.`
  return `${all}, ${blocking} of them to mend before it may go ahead.`
}

function article(section: FindingsSection, finding: WireFinding): Html {
  const { view } = section
  return html`<article class="finding ${finding.effect}">
    <header>
      <h3>${finding.title}</h3>
      <p class="badges">
        ${effectBadge(finding.effect)}
        ${finding.verdict !== 'fail' && verdictBadge(finding.verdict)}
        <span class="tag severity">${finding.severity} severity</span> ${levelTag(finding.level)}
      </p>
    </header>
    <p class="message">${inline(finding.message)}</p>
    <p class="where">${where(finding)}</p>
    <div class="fix">
      <h4>How to fix it</h4>
      ${prose(finding.remediation)}
    </div>
    ${facts([
      ['Rule', ruleLink(view, finding.rule)],
      ['Waiver', waiverWords(view, finding)],
      ['Controls', finding.controls.length === 0 ? null : finding.controls.join(', ')],
    ])}
    ${finding.effect === 'blocked' && finding.waivable_by.length > 0 && waiverDetails(section, finding)}
  </article>`
}

function where({ location, resource, part }: WireFinding): Html {
  const partWords = part !== null && html`, part ${code(part)}`
  if (location === null)
    return html`<span class="type"><bdi>${resource.type}</bdi></span>
      <bdi>${resource.id}</bdi>${partWords}`
  const { path, index, pointer } = location
  return html`${path !== '' && [code(path), index > 0 && ` (document ${index + 1})`, ': ']}<span
      class="type"
      ><bdi>${resource.type}</bdi></span
    >
    <bdi>${resource.id}</bdi
    >${partWords}${pointer !== null && pointer !== '' && html` at ${code(pointer)}`}`
}

function waiverWords({ href }: View, finding: WireFinding): Html | string {
  if (finding.waiver !== null)
    return html`excused by
      <a href="${href('/waivers')}#${finding.waiver}">${code(finding.waiver)}</a>`
  if (finding.waivable_by.length > 0) return `may be granted by ${finding.waivable_by.join(' or ')}`
  return finding.effect === 'blocked' ? 'none can be granted for this' : 'none is needed'
}

/** What an approver sends: everything that the one matcher of waivers compares is filled in. */
function waiverDetails({ view, request }: FindingsSection, finding: WireFinding): Html {
  const { resource, location } = finding
  const grant = {
    rule: finding.rule,
    environment: valueAt(request, '/context/environment') ?? null,
    resource: {
      type: valueAt(request, '/resource/type') ?? null,
      id: valueAt(request, '/resource/id') ?? null,
    },
    document: location === null ? null : { ...resource, path: location.path },
    part: finding.part,
    reason: '…why the risk is carried until then…',
    requested_by: '…you…',
    approved_by: '…somebody else…',
    expires_at: '…2026-12-31T00:00:00Z…',
  }
  return html`<details>
    <summary>Ask for a waiver</summary>
    <p>
      Somebody in ${finding.waivable_by.join(' or ')} sends this to
      <code>POST ${view.href('/v1/waivers')}</code>, with the last four lines filled in. Then ask
      again.
    </p>
    <pre class="lines" tabindex="0"><code>${JSON.stringify(grant, null, 2)}</code></pre>
  </details>`
}
