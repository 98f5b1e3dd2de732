import type { FaultCode } from '@writ/domain'
import { requests } from './house.ts'
import { post, type Malformed, type Sent } from './malformed.ts'

const headed = (headers: Record<string, string>): Sent =>
  post('/v1/decisions', requests.deploy, headers)
const typed = (type: string): Sent => headed({ 'content-type': type })
const large = `"${'a'.repeat(6_000_000)}"`

type TakenRow = readonly [what: string, sent: Sent, status: number, code: FaultCode]

const notTaken: readonly TakenRow[] = [
  ['text/plain', typed('text/plain'), 415, 'media-type-unsupported'],
  ['text/json', typed('text/json'), 415, 'media-type-unsupported'],
  ['no type', typed(''), 415, 'media-type-unsupported'],
  ['a form’s type', typed('application/x-www-form-urlencoded'), 415, 'media-type-unsupported'],
  ['multipart', typed('multipart/form-data; boundary=x'), 415, 'media-type-unsupported'],
  ['YAML’s type', typed('application/yaml'), 415, 'media-type-unsupported'],
  ['a type that begins like JSON', typed('application/jsonx'), 415, 'media-type-unsupported'],
  [
    'latin-1 by its type',
    typed('application/json; charset=iso-8859-1'),
    415,
    'media-type-unsupported',
  ],
  ['UTF-16 by its type', typed('application/json;charset="utf-16"'), 415, 'media-type-unsupported'],
  ['gzip', headed({ 'content-encoding': 'gzip' }), 415, 'media-type-unsupported'],
  ['6 MB by its word', headed({ 'content-length': '6000000' }), 413, 'request-too-large'],
  ['6 MB', { ...headed({}), body: large }, 413, 'request-too-large'],
  [
    '6 MB, 10 by its word',
    { ...headed({ 'content-length': '10' }), body: large },
    413,
    'request-too-large',
  ],
  ['a page of another origin', headed({ origin: 'https://evil.example' }), 403, 'origin-refused'],
  ['a page of no origin', headed({ origin: 'null' }), 403, 'origin-refused'],
  ['another port', headed({ origin: 'http://127.0.0.1:9999' }), 403, 'origin-refused'],
  ['a cross-site request', headed({ 'sec-fetch-site': 'cross-site' }), 403, 'origin-refused'],
  ['a rebound name', headed({ host: 'evil.example:7171' }), 421, 'host-refused'],
  ['our name with another port', headed({ host: '127.0.0.1:80' }), 421, 'host-refused'],
  ['our name as a beginning', headed({ host: '127.0.0.1:7171.evil.example' }), 421, 'host-refused'],
  ['a tenant that is not here', headed({ 'writ-tenant': 'nobody' }), 404, 'tenant-unknown'],
]

type Row = readonly [what: string, method: string, path: string, code: FaultCode]

const notThere: readonly Row[] = [
  ['an address that does not exist', 'GET', '/v2/decisions', 'route-unknown'],
  ['a slash at the end', 'GET', '/v1/decisions/', 'route-unknown'],
  ['two slashes', 'GET', '//v1/decisions', 'route-unknown'],
  ['capitals in the path', 'GET', '/V1/decisions', 'route-unknown'],
  ['a path that climbs', 'GET', '/assets/..%2f..%2fetc%2fpasswd', 'route-unknown'],
  ['a path of broken escapes', 'GET', '/%E0%A4%A', 'route-unknown'],
  ['an asset that does not exist', 'GET', '/assets/x.js', 'route-unknown'],
  ['a decision that does not exist', 'GET', '/v1/decisions/dec_nothing', 'decision-unknown'],
  ['a decision in broken escapes', 'GET', '/v1/decisions/%E0%A4%A', 'decision-unknown'],
  ['a decision named by a NUL', 'GET', '/v1/decisions/%00', 'decision-unknown'],
  ['a decision named by a quote', 'GET', "/v1/decisions/'%20or%201=1", 'decision-unknown'],
  ['the record of nothing', 'GET', '/v1/decisions/dec_nothing/record', 'decision-unknown'],
  ['a record that does not exist', 'GET', '/v1/records/out_nothing', 'record-unknown'],
  ['a scorecard of nothing', 'GET', '/v1/scorecards/nothing', 'entity-unknown'],
  ['a rule that does not exist', 'GET', '/policies/deploy.nothing', 'route-unknown'],
  ['a tenant that does not exist', 'GET', '/v1/decisions?tenant=nobody', 'tenant-unknown'],
  ['revoking what was not granted', 'POST', '/v1/waivers/wvr_1/revoke', 'waiver-unknown'],
  ['DELETE of a decision', 'DELETE', '/v1/decisions/dec_1', 'method-not-allowed'],
  ['PUT of a decision', 'PUT', '/v1/decisions/dec_1', 'method-not-allowed'],
  ['PATCH of the decisions', 'PATCH', '/v1/decisions', 'method-not-allowed'],
  ['POST to the policies', 'POST', '/v1/policies', 'method-not-allowed'],
  ['GET of the outcomes', 'GET', '/v1/outcomes', 'method-not-allowed'],
  ['GET of a revocation', 'GET', '/v1/waivers/wvr_1/revoke', 'method-not-allowed'],
  ['POST to a page', 'POST', '/', 'method-not-allowed'],
  ['POST to an asset', 'POST', '/healthz', 'method-not-allowed'],
  ['a method nobody knows', 'BREW', '/v1/decisions', 'method-not-allowed'],
]

type QueryRow = readonly [what: string, path: string, pointer: string]

const notAQuery: readonly QueryRow[] = [
  ['an unknown parameter', '/v1/decisions?colour=red', '/query/colour'],
  ['__proto__ as parameter', '/v1/decisions?__proto__=x', '/query/__proto__'],
  ['a parameter twice', '/v1/decisions?kind=deploy&kind=access', '/query/kind'],
  ['a parameter without a value', '/v1/decisions?kind=', '/query/kind'],
  ['no known kind', '/v1/decisions?kind=release', '/query/kind'],
  ['no known outcome', '/v1/decisions?outcome=denied', '/query/outcome'],
  ['limit 0', '/v1/decisions?limit=0', '/query/limit'],
  ['limit 201', '/v1/decisions?limit=201', '/query/limit'],
  ['limit -1', '/v1/decisions?limit=-1', '/query/limit'],
  ['limit 1.5', '/v1/decisions?limit=1.5', '/query/limit'],
  ['limit 1e2', '/v1/decisions?limit=1e2', '/query/limit'],
  ['limit ten', '/v1/scorecards?limit=ten', '/query/limit'],
  ['from no instant', '/v1/decisions?from=monday', '/query/from'],
  ['to 30 February', '/v1/decisions?to=2026-02-30', '/query/to'],
  ['an instant without a zone', '/v1/decisions?from=2026-01-01T00:00:00', '/query/from'],
  ['a parameter of a decision', '/v1/decisions/dec_1?pretty', '/query/pretty'],
  ['a filter of the waivers', '/v1/waivers?rule=a', '/query/rule'],
  ['a parameter of the health', '/healthz?verbose=1', '/query/verbose'],
]

const cursors = ['abc', '.', 'WyIyMDI2IiwiYSJd.AAAA', `${'A'.repeat(900)}.${'A'.repeat(43)}`]

/** Requests that the doors refuse before anything is read of them. */
export const malformedAtTheDoor: readonly Malformed[] = [
  ...notTaken.map(([what, sent, status, code]) => ({ what, sent, status, code })),
  ...notThere.map(([what, method, path, code]) => ({
    what,
    sent: { method, path },
    status: code === 'method-not-allowed' ? 405 : 404,
    code,
  })),
  ...notAQuery.map(([what, path, pointer]) => ({
    what,
    sent: { path },
    status: 422,
    code: 'request-invalid' as const,
    pointer,
  })),
  ...cursors.map((cursor) => ({
    what: `the cursor ${cursor.slice(0, 30)}`,
    sent: { path: `/v1/decisions?cursor=${cursor}` },
    status: 422,
    code: 'cursor-invalid' as const,
  })),
  {
    what: 'a parameter where none is taken',
    sent: post('/v1/decisions?dry_run=true', requests.deploy),
    status: 422,
    code: 'request-invalid',
    pointer: '/query/dry_run',
  },
]
