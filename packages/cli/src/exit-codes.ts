import type { FaultCode } from '@writ/domain'

/** What a command's exit code says; a denial outranks a mistake in the input. */
export const exitCodes = { allowed: 0, denied: 1, usage: 2, service: 3 } as const

const mistakes: readonly FaultCode[] = [
  'request-malformed',
  'request-invalid',
  'request-too-large',
  'tenant-unknown',
  'decision-unknown',
  'record-unknown',
  'entity-unknown',
  'waiver-unknown',
  'cursor-invalid',
  'idempotency-key-reused',
  'bundle-invalid',
]

/** 2 where whoever calls can mend it in what they sent, 3 where the machine or the service has to be looked at. */
export function exitCodeOf(code: FaultCode): number {
  return mistakes.includes(code) ? exitCodes.usage : exitCodes.service
}
