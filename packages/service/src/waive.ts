import { wireWaiverOf, writeBody, type WaiverGrant } from '@writ/contract'
import { Fault, isInForce, type Issue, type Waiver } from '@writ/domain'
import { canonicalText, digestOf, sealable, timedId, type Entry } from '@writ/ledger'
import { waiverFacets } from './facets.ts'
import type { Bundle, Caller, Engine, Sources, Waivers } from './ports.ts'
import type { Reader, RecordReading } from './reading.ts'

export type WaiveParts = Sources & { readonly engine: Engine; readonly waivers: Waivers }

/** Grants a waiver and records that it was granted, in one. */
export type GrantWaiver = (caller: Caller, grant: WaiverGrant) => Promise<Waiver>
/** Ends a waiver now and records it. Revoking it twice changes nothing. */
export type RevokeWaiver = (caller: Caller, id: string) => Promise<Waiver>
/** The newest, and one more than the limit where there are more. They name people, so that they were read is recorded first. */
export type ListWaivers = (reader: Reader, limit: number) => Promise<readonly Waiver[]>

export function createGrantWaiver(parts: WaiveParts): GrantWaiver {
  return async (caller, grant) => {
    const at = parts.now()
    const grantedAt = at.toISOString()
    const issues = grantMistakes(parts.engine.active(), grant, grantedAt)
    if (issues.length > 0)
      throw new Fault('request-invalid', 'No waiver was granted', {
        facts: { issues: [...issues] },
      })
    const id = timedId('wvr', at.getTime(), parts.random(10))
    const waiver = { ...grant, id, tenant: caller.tenant, grantedAt, revokedAt: null }
    return parts.waivers.put(waiver, entryOf(parts, caller, { waiver, event: 'granted' }))
  }
}

export function createRevokeWaiver(parts: WaiveParts): RevokeWaiver {
  return async (caller, id) => {
    const waiver = await parts.waivers.get(caller.tenant, id)
    if (waiver === null)
      throw new Fault('waiver-unknown', `No waiver ${id} was granted here`, { facts: { id } })
    const now = parts.now().toISOString()
    if (!isInForce(waiver, now)) return waiver
    const revoked = { ...waiver, revokedAt: now }
    return parts.waivers.put(revoked, entryOf(parts, caller, { waiver: revoked, event: 'revoked' }))
  }
}

export function createListWaivers(
  waivers: Pick<Waivers, 'list'>,
  recordReading: RecordReading,
): ListWaivers {
  return async (reader, limit) => {
    const found = await waivers.list(reader.tenant, limit + 1)
    await recordReading(reader, {
      record: null,
      filter: { type: 'waiver' },
      given: Math.min(found.length, limit),
      more: false,
    })
    return found
  }
}

function grantMistakes(
  { rules, enforcement }: Bundle,
  { rule, environment, expiresAt }: WaiverGrant,
  now: string,
): readonly Issue[] {
  const known = rules.some(({ id }) => id === rule)
  const listed = environment === null || enforcement.environments.includes(environment)
  const mistakes: readonly (Issue | false)[] = [
    !known && { pointer: '/rule', message: 'is not a rule of the active bundle' },
    !listed && {
      pointer: '/environment',
      message: `is not an environment of the active bundle: use ${enforcement.environments.join(', ')}`,
    },
    expiresAt <= now && { pointer: '/expires_at', message: 'must lie in the future' },
  ]
  return mistakes.filter((mistake) => mistake !== false)
}

function entryOf(
  { random }: WaiveParts,
  { tenant, principal, roles }: Caller,
  { waiver, event }: { readonly waiver: Waiver; readonly event: 'granted' | 'revoked' },
): Entry {
  const content = { caller: { principal, roles }, event, waiver: wireWaiverOf(waiver) }
  const at = waiver.revokedAt ?? waiver.grantedAt
  return sealable({
    tenant,
    id: event === 'granted' ? waiver.id : `${waiver.id}.revoked`,
    at,
    type: 'waiver',
    requestDigest: digestOf(canonicalText(content)),
    facets: waiverFacets(waiver),
    statement: { event, rule: waiver.rule, environment: waiver.environment },
    body: { salt: random(32), content: writeBody(content) },
  })
}
