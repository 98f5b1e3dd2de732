import { waiverCategories, type DocumentName, type Waiver } from '@writ/domain'
import { textIn, textOrNullIn, texts, wordIn, type Item } from './item.ts'
import { grantedKey, tenantKey, waiverKey } from './keys.ts'

/** The item of a waiver. What is null is absent. */
export function itemOfWaiver(waiver: Waiver): Item {
  const { tenant, id, environment, rule, resource, document, part, revokedAt } = waiver
  return {
    ...texts({ ...waiverKey(waiver), by_tenant: tenantKey(tenant), granted: grantedKey(waiver) }),
    ...texts({ tenant, id, rule, resource_type: resource.type, resource_id: resource.id }),
    ...texts({
      category: waiver.category,
      reason: waiver.reason,
      requested_by: waiver.requestedBy,
      approved_by: waiver.approvedBy,
      granted_at: waiver.grantedAt,
      expires_at: waiver.expiresAt,
    }),
    ...present({ environment, part, revoked_at: revokedAt }),
    ...present({
      document_type: document?.type ?? null,
      document_id: document?.id ?? null,
      document_path: document?.path ?? null,
    }),
  }
}

function present(values: Readonly<Record<string, string | null>>): Item {
  return texts(
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
    ),
  )
}

export function waiverOf(item: Item): Waiver {
  return {
    id: textIn(item, 'id'),
    tenant: textIn(item, 'tenant'),
    environment: textOrNullIn(item, 'environment'),
    rule: textIn(item, 'rule'),
    resource: { type: textIn(item, 'resource_type'), id: textIn(item, 'resource_id') },
    document: documentIn(item),
    part: textOrNullIn(item, 'part'),
    category: wordIn(item, 'category', waiverCategories),
    reason: textIn(item, 'reason'),
    requestedBy: textIn(item, 'requested_by'),
    approvedBy: textIn(item, 'approved_by'),
    grantedAt: textIn(item, 'granted_at'),
    expiresAt: textIn(item, 'expires_at'),
    revokedAt: textOrNullIn(item, 'revoked_at'),
  }
}

function documentIn(item: Item): DocumentName | null {
  const type = textOrNullIn(item, 'document_type')
  if (type === null) return null
  return { type, id: textIn(item, 'document_id'), path: textIn(item, 'document_path') }
}
