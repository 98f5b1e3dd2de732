import type { Fault, FaultCode, Json } from '@writ/domain'

export type ProblemType = {
  readonly status: number
  readonly title: string
  /** What to do about it, for the page that the problem's type points at. */
  readonly remedy: string
  /** The facts that may reach the caller; a fact that is not listed never does. */
  readonly shows: readonly string[]
  /** Seconds after which the same request, with the same key, is worth another try. */
  readonly retryAfter?: number
}

/** One entry a code: a new code without one does not compile. */
export const problems: Readonly<Record<FaultCode, ProblemType>> = {
  'request-malformed': {
    status: 400,
    title: 'The body is not JSON that Writ can read',
    remedy:
      'Mend each place that `issues` names by line and column. Names may stand once in an object, text is UTF-8, and large integers are sent as texts.',
    shows: ['issues'],
  },
  'request-invalid': {
    status: 422,
    title: 'The request has mistakes',
    remedy:
      'Mend each place that `issues` points at: `/query/…` is a parameter, `/headers/…` a header, and anything else a place in the body.',
    shows: ['issues'],
  },
  'request-too-large': {
    status: 413,
    title: 'The body is too large',
    remedy:
      'Send fewer documents at once: split the change set, and give each part `context.part {index, of}`.',
    shows: ['limit_bytes'],
  },
  'media-type-unsupported': {
    status: 415,
    title: 'The body must be JSON',
    remedy: 'Send the body with `Content-Type: application/json`, in UTF-8 and uncompressed.',
    shows: ['accepts'],
  },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take that method',
    remedy: 'Use one of the methods in `Allow`.',
    shows: ['allow'],
  },
  'route-unknown': {
    status: 404,
    title: 'There is nothing at this address',
    remedy: 'Look the address up in the reference of the API; paths have no slash at their end.',
    shows: ['path'],
  },
  'host-refused': {
    status: 421,
    title: 'Writ does not answer to this host name',
    remedy:
      'Ask Writ by its own address: the one that was printed when it started, or was deployed. Other names are refused, so that no page elsewhere can pose as this service.',
    shows: ['host'],
  },
  'origin-refused': {
    status: 403,
    title: 'Pages of another origin may not write here',
    remedy: 'Send it from a command line, from a program, or from Writ’s own pages.',
    shows: ['origin'],
  },
  'tenant-unknown': {
    status: 404,
    title: 'There is no such tenant',
    remedy:
      'Name one of the `tenants` in the header `Writ-Tenant` or the parameter `tenant`, or leave both out.',
    shows: ['tenant', 'tenants'],
  },
  'decision-unknown': {
    status: 404,
    title: 'There is no such decision',
    remedy: 'Check the id and the tenant: a decision is visible in its own tenant only.',
    shows: ['id'],
  },
  'record-unknown': {
    status: 404,
    title: 'There is no such record',
    remedy: 'Check the id and the tenant: a record is visible in its own tenant only.',
    shows: ['id'],
  },
  'record-unsealed': {
    status: 404,
    title: 'The record has no proof yet',
    remedy:
      'Ask again in a few seconds. The record is kept already; its proof comes with the next checkpoint of the log.',
    shows: ['id'],
    retryAfter: 2,
  },
  'record-erased': {
    status: 410,
    title: 'The record was erased',
    remedy:
      'What it said is gone for good. `erasure` names the record that tells by whom and why; the proof that it was in the log is at `/v1/records/{id}/proof` still.',
    shows: ['id', 'erasure'],
  },
  'entity-unknown': {
    status: 404,
    title: 'Nothing is recorded of this entity',
    remedy:
      'Ask for a decision about it, or report a deployment of it; its scorecard follows shortly after.',
    shows: ['entity'],
  },
  'waiver-unknown': {
    status: 404,
    title: 'There is no such waiver',
    remedy: 'Check the id and the tenant: `GET /v1/waivers` lists those that were granted.',
    shows: ['id'],
  },
  'caller-unknown': {
    status: 401,
    title: 'Writ does not know who asks',
    remedy:
      'Sign the request with AWS credentials (Signature Version 4, service `execute-api`). If it was signed, the gateway lets this route through without an authorizer: look at its routes.',
    shows: [],
  },
  'cursor-invalid': {
    status: 422,
    title: 'The cursor is not one of this list',
    remedy:
      'Send `next_cursor` as it was given, with the same filters and as the same caller; or begin again without a cursor.',
    shows: [],
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'This Idempotency-Key was used for another request',
    remedy:
      'Use one key for each attempt, and a new one whenever the body changes; `id` is the record that has the key.',
    shows: ['id'],
  },
  'bundle-not-ready': {
    status: 503,
    title: 'No policy bundle is active',
    remedy:
      'Wait as long as `Retry-After` says, then send it again. If it lasts, see what the log of Writ says of the policies.',
    shows: [],
    retryAfter: 2,
  },
  'bundle-invalid': {
    status: 422,
    title: 'The policy bundle is not fit to decide',
    remedy: 'Mend each place in the policies that `issues` names, and build them again.',
    shows: ['issues'],
  },
  'bundle-unknown': {
    status: 404,
    title: 'No such file of a policy bundle is kept here',
    remedy:
      'A record names its bundle and its data by digest: `/v1/bundles/{digest}/manifest.json` lists the files of a bundle, and its data is at `/v1/bundles/data/{digest}.json`, digests in hex.',
    shows: ['path'],
  },
  'compiler-unavailable': {
    status: 503,
    title: 'Policies cannot be compiled on this machine',
    remedy:
      'Install what the message names, or point `WRIT_OPA` at an OPA of exactly that version.',
    shows: [],
  },
  'records-unavailable': {
    status: 503,
    title: 'The decision could not be recorded, so none was made',
    remedy:
      'Nothing was decided. Wait as long as `Retry-After` says, and send it again with the same `Idempotency-Key`. If it lasts, look at the disk that holds the records.',
    shows: [],
    retryAfter: 1,
  },
  'reading-unrecorded': {
    status: 503,
    title: 'The reading could not be recorded, so nothing is shown',
    remedy:
      'Who reads records is itself recorded, before anything is shown. Wait as long as `Retry-After` says, and ask again. If it lasts, look at the disk that holds the records.',
    shows: [],
    retryAfter: 1,
  },
  'store-too-new': {
    status: 503,
    title: 'The store was written by a newer Writ',
    remedy: 'Start the version of Writ that wrote the file, or a newer one.',
    shows: ['found', 'known'],
  },
  'start-refused': {
    status: 503,
    title: 'Writ cannot start here',
    remedy: 'Do what the message says, then start it again.',
    shows: [],
  },
  'store-unreadable': {
    status: 503,
    title: 'The store is not a file of Writ',
    remedy: 'Point `--data` at a folder of Writ’s own, or bring the file back from a backup.',
    shows: [],
  },
  'service-unreachable': {
    status: 502,
    title: 'The service could not be reached, or what answered is not Writ',
    remedy:
      'Check the address and that Writ runs there, then try again. Nothing is known of a decision that was asked for: send it with the same `Idempotency-Key`.',
    shows: [],
  },
  'log-malformed': {
    status: 422,
    title: 'This is no checkpoint, proof or tile of a log',
    remedy:
      'Fetch the file anew, byte for byte: an editor, or a copy by hand, may have changed it.',
    shows: ['what', 'why'],
  },
  'log-halted': {
    status: 503,
    title: 'Sealing has halted, for the store contradicts what was signed',
    remedy:
      'Decisions go on and are recorded. Find out who changed or brought back the store, keep a copy of it, and bring back one that has all that was signed.',
    shows: ['size', 'published', 'signed'],
  },
  'log-file-unknown': {
    status: 404,
    title: 'The log has no such file',
    remedy:
      'Read `/log/checkpoint` first: its size says which tiles there are, in the layout of C2SP tlog-tiles. An unfinished tile is there for the sizes that were published.',
    shows: ['path'],
  },
  'out-of-time': {
    status: 503,
    title: 'Writ ran out of time',
    remedy:
      'Nothing is known of what was asked for. Wait as long as `Retry-After` says, and send it again with the same `Idempotency-Key`.',
    shows: [],
    retryAfter: 1,
  },
  'reply-too-large': {
    status: 406,
    title: 'The reply is too large to be sent like this',
    remedy: 'Ask for it with `Accept-Encoding: gzip`, or ask for fewer items at once.',
    shows: ['limit_bytes'],
  },
  internal: {
    status: 500,
    title: 'Something unforeseen went wrong',
    remedy: 'Report it with the id of the request: the log has its cause under that id.',
    shows: [],
  },
}

/** A problem as RFC 9457 has it, its type the address at this service that explains it, with the facts of the fault as extension members. Of an unforeseen one it shows only the request's id. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly [fact: string]: Json
}

export function problemOf(fault: Fault, requestId: string): Problem {
  const { status, title, shows } = problems[fault.code]
  const facts = Object.entries(fault.facts).filter(([name]) => shows.includes(name))
  return {
    ...Object.fromEntries(facts),
    type: `/problems/${fault.code}`,
    title,
    status,
    detail:
      fault.code === 'internal' ? `Report it with the request id ${requestId}` : fault.message,
    instance: `urn:writ:request:${requestId}`,
  }
}
