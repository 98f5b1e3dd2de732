import { createClient, type Client } from '@writ/client'
import type { WireWaiver } from '@writ/contract'
import { Fault, type JsonObject } from '@writ/domain'
import type { ServiceOptions } from '../command-line.ts'
import type { Desk } from '../desk.ts'
import { exitCodes } from '../exit-codes.ts'
import { namingFlags } from '../flags.ts'
import { plainLine } from '../output/plain.ts'
import { table } from '../output/table.ts'

export type WaiverOptions = ServiceOptions & { readonly format: 'text' | 'json' }

type Reference = { readonly type: string; readonly id: string }

export type GrantOptions = WaiverOptions & {
  readonly rule: string
  readonly resource: Reference
  readonly environment?: string
  readonly documentType?: string
  readonly documentId?: string
  readonly documentPath?: string
  readonly part?: string
  readonly category: string
  readonly reason: string
  readonly requestedBy: string
  readonly approvedBy: string
  readonly expires: string
}

export async function grantWaiver(options: GrantOptions, desk: Desk): Promise<number> {
  const grant = grantOf(options)
  const waiver = await clientOf(options)
    .grantWaiver(grant)
    .catch((thrown: unknown) => {
      throw namingFlags(thrown, flagsByPlace)
    })
  return print(waiver, options, desk)
}

export async function revokeWaiver(
  id: string,
  options: WaiverOptions,
  desk: Desk,
): Promise<number> {
  return print(await clientOf(options).revokeWaiver(id), options, desk)
}

const listed = 200

export async function listWaivers(options: WaiverOptions, desk: Desk): Promise<number> {
  const list = await clientOf(options).listWaivers(listed)
  if (options.format === 'json') {
    desk.out(`${JSON.stringify(list, null, 2)}\n`)
    return exitCodes.allowed
  }
  const now = desk.now().toISOString()
  const rows = list.items.map((waiver) => [
    waiver.id,
    stateOf(waiver, now),
    waiver.rule,
    waiver.environment ?? 'no environment',
    `${waiver.resource.type}/${waiver.resource.id}`,
    waiver.approved_by,
    waiver.reason,
  ])
  const head = ['waiver', 'state', 'rule', 'environment', 'resource', 'approved by', 'reason']
  desk.out(rows.length === 0 ? 'No waiver was granted yet.\n' : `${table(head, rows)}\n`)
  if (list.truncated) desk.out(`There are more than ${listed}; these are the newest.\n`)
  return exitCodes.allowed
}

function clientOf({ server, tenant, timeout }: ServiceOptions): Client {
  const who = tenant === undefined ? {} : { tenant }
  return createClient({ server, timeoutMilliseconds: timeout * 1000, ...who })
}

function grantOf(options: GrantOptions): JsonObject {
  const { rule, environment, resource, part, category, reason, requestedBy, approvedBy } = options
  return {
    rule,
    environment: environment ?? null,
    resource,
    document: documentOf(options),
    part: part ?? null,
    category,
    reason,
    requested_by: requestedBy,
    approved_by: approvedBy,
    expires_at: options.expires,
  }
}

function documentOf({ documentType, documentId, documentPath }: GrantOptions): JsonObject | null {
  if (documentType === undefined && documentId === undefined && documentPath === undefined)
    return null
  if (documentType === undefined || documentId === undefined || documentPath === undefined)
    throw new Fault(
      'request-invalid',
      'A document is named by all three of --document-type, --document-id and --document-path',
    )
  return { type: documentType, id: documentId, path: documentPath }
}

const flagsByPlace = {
  '/rule': '--rule',
  '/environment': '--environment',
  '/resource/type': '--resource',
  '/resource/id': '--resource',
  '/reason': '--reason',
  '/requested_by': '--requested-by',
  '/approved_by': '--approved-by',
  '/expires_at': '--expires',
}

function print(waiver: WireWaiver, { format }: WaiverOptions, desk: Desk): number {
  const { id, rule, environment, resource, document, part } = waiver
  if (format === 'json') {
    desk.out(`${JSON.stringify(waiver, null, 2)}\n`)
    return exitCodes.allowed
  }
  const rows: readonly (readonly [string, string | null])[] = [
    ['waiver', `${id}, ${stateOf(waiver, desk.now().toISOString())}`],
    ['rule', rule],
    ['environment', environment],
    ['resource', `${resource.type}/${resource.id}`],
    ['document', document === null ? null : `${document.type} ${document.id} in ${document.path}`],
    ['part', part],
    ['reason', waiver.reason],
    ['asked by', waiver.requested_by],
    ['granted by', waiver.approved_by],
    ['expires', waiver.expires_at],
  ]
  const lines = rows.flatMap(([name, value]) =>
    value === null ? [] : `${name.padEnd(12)} ${plainLine(value)}`,
  )
  desk.out(`${lines.join('\n')}\n`)
  return exitCodes.allowed
}

function stateOf({ revoked_at: revoked, expires_at: expires }: WireWaiver, now: string): string {
  if (revoked !== null) return 'revoked'
  return expires <= now ? 'expired' : `until ${expires.slice(0, 10)}`
}
