import { Fault } from '@writ/domain'

/** An event of an HTTP API in payload format 2.0, as far as Writ reads it. */
export type HttpEvent = {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: readonly (readonly [string, string])[]
  readonly domain: string
  readonly body: Uint8Array | null
  /** The IAM identity that the gateway has authenticated; null where its route has no authorizer. */
  readonly userArn: string | null
}

/** Reads what Lambda was invoked with, or throws the Fault that says which field is not as the gateway sends it. */
export function readHttpEvent(event: unknown): HttpEvent {
  const context = fieldsOf(fieldsOf(event)['requestContext'])
  return {
    method: text(fieldsOf(context['http'])['method'], 'requestContext.http.method'),
    path: pathIn(text(fieldsOf(event)['rawPath'], 'rawPath')),
    query: text(fieldsOf(event)['rawQueryString'] ?? '', 'rawQueryString'),
    headers: [...headersOf(fieldsOf(event)['headers']), ...cookiesOf(fieldsOf(event)['cookies'])],
    domain: domainIn(text(context['domainName'] ?? '', 'requestContext.domainName')),
    body: bodyOf(fieldsOf(event)),
    userArn: userArnOf(context),
  }
}

const rewritten = /[\\\p{Cc}]|(^|\/)(\.|%2e){1,2}(\/|$)/iu

/** As it stands: the gateway let it through by its policies as it stands, and a URL would make another path of these. */
function pathIn(path: string): string {
  if (path.startsWith('/') && !rewritten.test(path)) return path
  throw notTheGateway('rawPath is not a path from the root without . and .. as steps')
}

function domainIn(domain: string): string {
  if (/^[a-z0-9.-]*(:\d+)?$/i.test(domain)) return domain
  throw notTheGateway('requestContext.domainName is not the name of a host')
}

function bodyOf({ body, isBase64Encoded: isBase64 = false }: Fields): Uint8Array | null {
  if (typeof isBase64 !== 'boolean') throw notTheGateway('isBase64Encoded is not true or false')
  if (body === undefined || body === null) return null
  const written = text(body, 'body')
  if (!isBase64) return Buffer.from(written, 'utf8')
  const bytes = Buffer.from(written, 'base64')
  if (bytes.toString('base64') === written) return bytes
  throw notTheGateway('body is not base64')
}

function headersOf(headers: unknown): readonly (readonly [string, string])[] {
  return Object.entries(fieldsOf(headers)).map(([name, value]) => [
    name.toLowerCase(),
    asSent(text(value, `headers.${name}`)),
  ])
}

/** The bytes that came over the wire, a character each, as a server reads them: the gateway decodes them as UTF-8. */
function asSent(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1')
}

/** The gateway takes cookies out of the headers. */
function cookiesOf(cookies: unknown): readonly (readonly [string, string])[] {
  if (!Array.isArray(cookies) || cookies.length === 0) return []
  return [
    ['cookie', cookies.map((cookie, index) => asSent(text(cookie, `cookies.${index}`))).join('; ')],
  ]
}

function userArnOf(context: Fields): string | null {
  const { userArn } = fieldsOf(fieldsOf(context['authorizer'])['iam'])
  return typeof userArn === 'string' && userArn !== '' ? userArn : null
}

type Fields = { readonly [name: string]: unknown }

/** The fields of an object; of anything else there are none. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function text(value: unknown, place: string): string {
  if (typeof value === 'string') return value
  throw notTheGateway(`${place} is not a text`)
}

function notTheGateway(what: string, cause?: unknown): Fault {
  const message = 'This is not an event of an HTTP API in payload format 2.0'
  const issues = [{ pointer: '', message: `${what}: integrate the route with format 2.0` }]
  return new Fault('request-malformed', message, { facts: { issues }, cause })
}

const caught = new WeakMap<Request, HttpEvent>()

/** The event as a web-standard request; what the gateway knows of the caller stays with it, out of reach of any header. */
export function requestOf(event: HttpEvent, requestId: string): Request {
  const { method, path, query, headers, domain, body } = event
  const url = new URL(`https://${domain === '' ? 'localhost' : domain}`)
  url.pathname = path // escapes what the gateway has decoded
  url.search = query
  const takesBody = body !== null && method !== 'GET' && method !== 'HEAD'
  try {
    const all = new Headers(headers.map(([name, value]): [string, string] => [name, value]))
    if (!all.has('host')) all.set('host', domain)
    if (!all.has('x-request-id')) all.set('x-request-id', requestId)
    const request = new Request(url, { method, headers: all, body: takesBody ? body : null })
    caught.set(request, event)
    return request
  } catch (cause) {
    throw notTheGateway('A header or the method cannot be used', cause)
  }
}

/** The event that this request was made from; null for a request that no event brought. */
export function eventOf(request: Request): HttpEvent | null {
  return caught.get(request) ?? null
}
