import type { Json } from './request.ts'

/** Every way in which no decision was made. A denial is not one of them. */
export const faultCodes = [
  'request-malformed',
  'request-invalid',
  'request-too-large',
  'media-type-unsupported',
  'method-not-allowed',
  'route-unknown',
  'host-refused',
  'origin-refused',
  'tenant-unknown',
  'decision-unknown',
  'record-unknown',
  'record-unsealed',
  'record-erased',
  'entity-unknown',
  'waiver-unknown',
  'caller-unknown',
  'cursor-invalid',
  'idempotency-key-reused',
  'bundle-not-ready',
  'bundle-invalid',
  'bundle-unknown',
  'compiler-unavailable',
  'records-unavailable',
  'reading-unrecorded',
  'store-too-new',
  'store-unreadable',
  'start-refused',
  'service-unreachable',
  'log-malformed',
  'log-halted',
  'log-file-unknown',
  'out-of-time',
  'reply-too-large',
  'internal',
] as const
export type FaultCode = (typeof faultCodes)[number]

/** One mistake in what was sent: where (RFC 6901), what, and the way out. */
export type Issue = { readonly pointer: string; readonly message: string }

/** The only thing that Writ throws. Facts may reach the caller, as `contract`'s table allows; the cause never does. */
export class Fault extends Error {
  readonly code: FaultCode
  readonly facts: { readonly [name: string]: Json }

  constructor(
    code: FaultCode,
    message: string,
    more: { readonly facts?: { readonly [name: string]: Json }; readonly cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.name = 'Fault'
    this.code = code
    this.facts = more.facts ?? {}
  }
}

/** Whatever was caught, as a Fault: an unforeseen error keeps its cause and shows nothing of it. */
export function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown
  return new Fault('internal', 'Something unforeseen went wrong', { cause: thrown })
}

/** What was thrown and what had caused it, outermost first; the stack of the innermost says where it began. For a log. */
export function causesOf(thrown: unknown): readonly string[] {
  const causes: string[] = []
  let last: unknown = thrown
  for (let next = thrown; next !== undefined && causes.length < 8; next = causeOf(next)) {
    causes.push(next instanceof Error ? `${next.name}: ${next.message}` : shown(next))
    last = next
  }
  const stack = last instanceof Error ? (last.stack ?? '').split('\n') : []
  const places = stack.map((line) => line.trim()).filter((line) => line.startsWith('at '))
  return [...causes, ...places.slice(0, 5)]
}

function causeOf(thrown: unknown): unknown {
  return thrown instanceof Error ? thrown.cause : undefined
}

/** Something that is no error, though it was thrown. */
function shown(thrown: unknown): string {
  try {
    return JSON.stringify(thrown) ?? String(thrown)
  } catch {
    return 'something that has no text'
  }
}
