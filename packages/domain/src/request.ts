export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json }

export const kinds = ['deploy', 'access', 'config'] as const
export type Kind = (typeof kinds)[number]

/** A thing by its type and id: a service, a person, a cluster, a document. */
export type Reference = { readonly type: string; readonly id: string }

export type Entity = Reference & { readonly properties: JsonObject }
export type Action = { readonly name: string; readonly properties: JsonObject }

export const operations = ['create', 'update', 'delete', 'none'] as const
export type Operation = (typeof operations)[number]

/** One configuration object of a change set. Ids may repeat; path and index (its place in the file) tell them apart. */
export type Document = Reference & {
  readonly path: string
  readonly index: number
  readonly operation: Operation
  readonly content: Json
  /** Stands in for the content of a type that no rule reads; the content is null then. */
  readonly digest?: string
}

export type DecisionRequest = {
  readonly kind: Kind
  readonly subject: Entity
  readonly action: Action
  readonly resource: Entity
  /** Without `documents`, which a config request carries beside it. */
  readonly context: JsonObject
  /** Empty unless the kind is `config`. */
  readonly documents: readonly Document[]
}

/** An instant as every record and policy sees it: RFC 3339, UTC, three decimals. Such texts order as instants do. */
export type Instant = string

/**
 * The Rego `input` of a request; policies read no clock but its `now`. A digest is for the record: without it, an
 * evaluation that takes none sees what a decision sees.
 */
export function inputOf(request: DecisionRequest, now: Instant): JsonObject {
  const documents = request.documents.map(
    ({ type, id, path, index, operation, content }): Document => ({
      type,
      id,
      path,
      index,
      operation,
      content,
    }),
  )
  return { ...wireRequestOf({ ...request, documents }), now }
}

/** The request as callers send it, and as its digest is taken: documents back inside the context. */
export function wireRequestOf(request: DecisionRequest): JsonObject {
  const { kind, subject, action, resource, context, documents } = request
  return {
    kind,
    subject,
    action,
    resource,
    context: kind === 'config' ? { ...context, documents } : context,
  }
}

/** What `context.environment` names; null when nothing does. */
export function environmentOf(request: DecisionRequest): string | null {
  const environment = request.context['environment']
  return typeof environment === 'string' ? environment : null
}

/** What an RFC 6901 pointer leads to; undefined where it leads nowhere. */
export function valueAt(document: Json, pointer: string): Json | undefined {
  let value: Json | undefined = document
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = isList(value) ? value[Number(key)] : value[key]
  }
  return value
}

/** True where the pointer leads to something other than null: to a rule, a null is an absent fact. */
export function hasPath(document: Json, pointer: string): boolean {
  return (valueAt(document, pointer) ?? null) !== null
}

/** `Array.isArray`, which does not narrow a read-only list. */
export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
