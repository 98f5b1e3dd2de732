import type { FaultCode } from '@writ/domain'

/** A request as it is sent over the wire. */
export type Sent = {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
}

/** One malformed request, and exactly what it gets. The pointer is one of those that its problem lists. */
export type Malformed = {
  readonly what: string
  readonly sent: Sent
  readonly status: number
  readonly code: FaultCode
  readonly pointer?: string
}

export const json = { 'content-type': 'application/json' }

export function post(path: string, value: unknown, headers: Sent['headers'] = {}): Sent {
  const body = JSON.stringify(value)
  return { method: 'POST', path, headers: { ...json, ...headers }, body }
}
