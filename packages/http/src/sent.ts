import type { Reply } from './route.ts'

/** Nothing is loaded but our own stylesheet, nothing runs, nobody may frame it. */
const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const everywhere = {
  'cache-control': 'no-store',
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const

/** The answer with all its headers in one step: setting them on a finished response would build it twice. */
export function sent(requestId: string, { status, type, body, headers }: Reply): Response {
  const all = { ...everywhere, 'x-request-id': requestId, ...headers }
  if (status === 204) return new Response(null, { status, headers: all })
  return new Response(body, { status, headers: { ...all, 'content-type': type } })
}
