import type { OutgoingHttpHeaders } from 'node:http'
import aws4 from 'aws4'
import type { Access } from './access.ts'

type Unsigned = {
  readonly method: string
  /** As it is to stand on the wire, escapes and query included. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

/** The request as it goes out: signed with SigV4, headers and all. */
export function signed(
  { service, endpoint, region, credentials }: Access<'dynamodb' | 'kms' | 's3' | 'execute-api'>,
  { headers, ...request }: Unsigned,
): { readonly path: string; readonly headers: OutgoingHttpHeaders } {
  const asked = { ...request, service, region, headers: { host: endpoint.host, ...headers } }
  const { path = request.path, headers: sent = {} } = aws4.sign(asked, { ...credentials })
  return { path, headers: sent }
}
