import type { Parameters } from '@writ/contract'
import type { Json } from '@writ/domain'
import type { Caller, Reader } from '@writ/service'

/** What is answered; headers that every answer has are added where it leaves. */
export type Reply = {
  readonly status: number
  readonly type: string
  readonly body: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

/** A request that passed the fences, as a route sees it. */
export type Asked = {
  readonly caller: Caller
  /** The same, as who reads: why, and by which announcement. */
  readonly reader: Reader
  /** A parameter of the path, decoded. */
  readonly param: (name: string) => string
  /** The query, less the tenant and the purpose. */
  readonly query: Parameters
  readonly header: (name: string) => string | null
  /** By which address this service was asked: scheme, host and port. */
  readonly origin: string
  /** The body as strict JSON, or the Fault that names its mistakes. */
  readonly json: () => Promise<Json>
}

/** One address and what it answers: read by the app, and by the tests that walk through all of them. */
export type Route = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** True where the route reads its own query; elsewhere any parameter is a mistake. */
  readonly takesQuery?: true
  readonly answer: (asked: Asked) => Promise<Reply>
}

/** A route that anybody may ask: it holds nothing of a tenant. */
export type OpenRoute = { readonly path: string; readonly answer: () => Promise<Reply> }

export function jsonReply(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return jsonText(status, JSON.stringify(value), headers)
}

/** A JSON text that is already written, byte for byte. */
export function jsonText(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status, type: 'application/json; charset=utf-8', body, headers }
}
