import { createHash } from 'node:crypto'
import type { JsonObject, Waiver } from '@writ/domain'
import { digestOf, sealable, type Entry, type Facets } from '@writ/ledger'
import type { Scorecard } from '@writ/scorecard'
import { aNow } from './deciding.ts'

let made = 0

/** A number of its own for everything that is built: never random, so that a failing test fails again. */
function count(): number {
  made += 1
  return made
}

/** An instant so many milliseconds after the one at which tests take place. */
export function anInstant(milliseconds: number): string {
  return new Date(Date.parse(aNow) + milliseconds).toISOString()
}

export type EntryWish = Partial<Omit<Entry, 'facets' | 'leaf' | 'body'>> & {
  readonly facets?: Partial<Facets>
  readonly statement?: JsonObject
  readonly content?: Uint8Array | string
  /** Makes the leaf unique to the attempt, so two entries that say the same differ; given, they are equal. */
  readonly salt?: Uint8Array
}

/** A recorded deploy decision of tenant `acme` about `checkout`. Each is another attempt, with an id and a salt of its own. */
export function anEntry(wish: EntryWish = {}): Entry {
  const number = count()
  const id = wish.id ?? `dec_${String(number).padStart(8, '0')}`
  const { facets, statement, content, salt, ...over } = wish
  return sealable({
    tenant: 'acme',
    id,
    at: anInstant(number),
    type: 'decision',
    requestDigest: digestOf(`request ${id}`),
    facets: { ...deployFacets, ...facets },
    statement: statement ?? { kind: 'deploy', outcome: 'allow', environment: 'production' },
    body: { salt: salt ?? aSalt(number), content: bytesOf(content ?? `{"body":${number}}`) },
    ...over,
  })
}

const deployFacets: Facets = {
  kind: 'deploy',
  outcome: 'allow',
  resource: 'checkout',
  service: 'checkout',
  team: 'payments',
  environment: 'production',
  actor: 'ada',
  rules: [],
  correlation: null,
}

/** Thirty-two bytes that look like chance and are not. */
export function aSalt(number: number): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`salt ${number}`).digest())
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content
}

/** A waiver of `deploy.approvals` for `checkout` in production, in force when tests take place, with an id of its own. */
export function aWaiver(over: Partial<Waiver> = {}): Waiver {
  return {
    id: `wvr_${String(count()).padStart(8, '0')}`,
    tenant: 'acme',
    environment: 'production',
    rule: 'deploy.approvals',
    resource: { type: 'service', id: 'checkout' },
    document: null,
    part: null,
    category: 'waiver',
    reason: 'The approver is ill; the change was reviewed by voice.',
    requestedBy: 'ada',
    approvedBy: 'grace',
    grantedAt: '2026-11-20T00:00:00.000Z',
    expiresAt: '2026-12-20T00:00:00.000Z',
    revokedAt: null,
    ...over,
  }
}

/** The entry that records a waiver; what it says beyond that is the same for every waiver. */
export function aWaiverEntry(waiver: Waiver, wish: EntryWish = {}): Entry {
  const { tenant, id, rule, environment, resource, revokedAt, grantedAt } = waiver
  return anEntry({
    tenant,
    id: revokedAt === null ? id : `${id}.revoked`,
    at: revokedAt ?? grantedAt,
    type: 'waiver',
    statement: { event: revokedAt === null ? 'granted' : 'revoked', rule, environment },
    ...wish,
    facets: {
      kind: null,
      outcome: null,
      resource: resource.id,
      service: resource.type === 'service' ? resource.id : null,
      team: null,
      environment,
      actor: waiver.approvedBy,
      rules: [rule],
      ...wish.facets,
    },
  })
}

/** A scorecard at level `governed`, one check of which fails. */
export function aScorecard(over: Partial<Scorecard> = {}): Scorecard {
  return {
    entity: 'checkout',
    level: 'governed',
    levelWithoutExemptions: 'governed',
    nextLevel: 'clean',
    nextStep: 'Fix deploy.approvals.',
    checks: [
      {
        check: 'nothing_failing',
        title: 'What is deployed breaks no rule',
        status: 'fail',
        level: 'clean',
        message: 'deploy.approvals fails.',
        nextStep: 'Fix deploy.approvals.',
        records: ['dec_00000001'],
      },
    ],
    from: { records: 2, newest: { at: aNow, id: 'dec_00000002' }, truncated: false },
    ...over,
  }
}
