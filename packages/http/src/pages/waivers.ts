import type { WireList, WireWaiver } from '@writ/contract'
import type { Instant } from '@writ/domain'
import { html, type Html } from './html.ts'
import { code, facts, ruleLink, time, type View } from './view.ts'
import { counted } from './words.ts'

/** Waivers, newest first, each with what it excuses, why, and until when. */
export function waiversMain(view: View, list: WireList<WireWaiver>, now: Instant): Html {
  const { items, truncated } = list
  const inForce = items.filter((waiver) => stateOf(waiver, now) === 'In force').length
  if (items.length === 0)
    return html`<h1>Waivers</h1>
      <section class="empty">
        <h2>No waiver has been granted</h2>
        <p>
          A waiver excuses one finding of a soft-mandatory rule for a while. The page of a denied
          decision shows what to send.
        </p>
      </section>`
  return html`<h1>Waivers</h1>
    <p class="quiet">
      ${counted(items.length, 'waiver')}${truncated && ' (there are more)'}, ${inForce} in force. As
      JSON: <a href="${view.href('/v1/waivers')}">GET /v1/waivers</a>.
    </p>
    ${items.map((waiver) => article(view, waiver, now))}`
}

function article(view: View, waiver: WireWaiver, now: Instant): Html {
  const state = stateOf(waiver, now)
  const { resource, document, part } = waiver
  return html`<article
    class="finding ${state === 'In force' ? 'waived' : 'none'}"
    id="${waiver.id}"
  >
    <header>
      <h2><bdi>${resource.id}</bdi> · ${code(waiver.rule)}</h2>
      <p class="badges">
        <span class="badge ${state === 'In force' ? 'waived' : ''}">${state}</span>
        <span class="tag">${waiver.category}</span>
      </p>
    </header>
    <p class="message">${waiver.reason}</p>
    ${facts([
      ['Rule', ruleLink(view, waiver.rule)],
      ['Environment', waiver.environment ?? 'where none is named'],
      [
        'Resource',
        html`<span class="type"><bdi>${resource.type}</bdi></span> <bdi>${resource.id}</bdi>`,
      ],
      [
        'Document',
        document === null ? null : html`<bdi>${document.id}</bdi> in ${code(document.path)}`,
      ],
      ['Part', part === null ? null : code(part)],
      ['Requested by', html`<bdi>${waiver.requested_by}</bdi>`],
      ['Approved by', html`<bdi>${waiver.approved_by}</bdi>`],
      ['Granted', time(waiver.granted_at)],
      ['Expires', time(waiver.expires_at)],
      ['Revoked', waiver.revoked_at === null ? null : time(waiver.revoked_at)],
      ['Id', code(waiver.id)],
    ])}
  </article>`
}

function stateOf(
  { revoked_at: revokedAt, expires_at: expiresAt }: WireWaiver,
  now: Instant,
): string {
  if (revokedAt !== null && revokedAt <= now) return 'Revoked'
  return expiresAt <= now ? 'Expired' : 'In force'
}
