import type { JsonObject } from '@writ/domain'
import { callerOf } from './export-csv.ts'
import type { ExportedRecord } from './exported.ts'

const version = '1.6.0'
const apiActivity = 6003

/** Create for what is put down, Read for what was read, Delete for what is taken back, and Other for a decision, with a name of its own. */
const activities = { decision: 99, report: 1, reading: 2, removal: 4 } as const

/** A record as an event of OCSF’s class API Activity; a decision says by the profile Security Control what became of it. */
export function ocsfEvent(record: ExportedRecord): JsonObject {
  const { facets, id, recorded_at: at } = record
  const activity = activities[activityOf(record)]
  return {
    activity_id: activity,
    ...(activity === 99 ? { activity_name: 'Decide' } : {}),
    category_uid: 6,
    class_uid: apiActivity,
    type_uid: apiActivity * 100 + activity,
    time: Date.parse(at),
    severity_id: 1,
    status_id: 1,
    message: messageOf(record),
    metadata: metadataOf(record),
    actor: { user: { uid: facets.actor ?? 'unknown' } },
    api: { operation: operationOf(record), service: { name: 'writ' }, request: { uid: id } },
    src_endpoint: { svc_name: callerOf(record) ?? 'unknown' },
    ...(facets.resource === null ? {} : { resources: [{ uid: facets.resource }] }),
    ...(facets.outcome === null ? {} : controlOf(record)),
    unmapped: { ...facets, index: record.index, request_digest: record.request_digest },
  }
}

function metadataOf({ id, tenant, type, recorded_at: at, facets }: ExportedRecord): JsonObject {
  return {
    version,
    product: { name: 'Writ', vendor_name: 'Writ' },
    uid: id,
    tenant_uid: tenant,
    original_time: at,
    event_code: type,
    profiles: type === 'decision' ? ['security_control'] : [],
    ...(facets.correlation === null ? {} : { correlation_uid: facets.correlation }),
  }
}

/** What the decision means to whoever enforces it. */
function controlOf({ facets: { outcome, rules } }: ExportedRecord): JsonObject {
  const isAllowed = outcome === 'allow' || outcome === 'allow_with_advice'
  const [rule] = rules
  return {
    action_id: isAllowed ? 1 : 2,
    disposition_id: isAllowed ? 1 : 2,
    ...(rule === undefined ? {} : { policy: { uid: rule, is_applied: true } }),
  }
}

function activityOf({ type, id }: ExportedRecord): keyof typeof activities {
  if (type === 'decision') return 'decision'
  if (type === 'read') return 'reading'
  return type === 'erasure' || isRevocation(id) ? 'removal' : 'report'
}

function operationOf(record: ExportedRecord): string {
  if (record.type === 'decision') return 'POST /v1/decisions'
  if (record.type === 'outcome') return 'POST /v1/outcomes'
  if (record.type === 'read')
    return record.facets.resource === null ? 'GET /v1/decisions' : 'GET /v1/records/{id}'
  if (record.type === 'erasure') return 'POST /v1/records/{id}/erase'
  if (record.type === 'key') return 'keys rotate'
  return isRevocation(record.id) ? 'POST /v1/waivers/{id}/revoke' : 'POST /v1/waivers'
}

/** A waiver has two records at the most: the second is called after the first. */
function isRevocation(id: string): boolean {
  return id.endsWith('.revoked')
}

function messageOf({ type, facets, id, body }: ExportedRecord): string {
  if (body.text === '') return `${type} ${id}: erased`
  if (type === 'erasure') return `${id}: a record was erased`
  if (type === 'read')
    return facets.resource === null ? 'records were read' : `${facets.resource} was read`
  if (type === 'key') return `${id}: a key of the log was announced`
  const { kind, resource, environment, outcome, rules } = facets
  const where = environment === null ? '' : ` in ${environment}`
  if (type === 'decision') return `${kind} of ${resource}${where}: ${outcome}`
  if (type === 'outcome') return `${resource}${where}: deployment finished`
  const event = isRevocation(id) ? 'revoked' : 'granted'
  return `waiver of ${rules.join(', ')} for ${resource}${where}: ${event}`
}
