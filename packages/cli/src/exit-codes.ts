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
  'record-unsealed',
  'record-erased',
  'entity-unknown',
  'waiver-unknown',
  'cursor-invalid',
  'idempotency-key-reused',
  'bundle-invalid',
]

/** What the exit code of `writ audit …` says, in place of those above. */
export const auditCodes = { verified: 0, tampered: 1, unproven: 2, usage: 3 } as const

/** What a command says of what it could not do. */
export type FailureCodes = { readonly usage: number; readonly of: (code: FaultCode) => number }

/** 2 where whoever calls can mend it in what they sent, 3 where the machine or the service has to be looked at. */
function exitCodeOf(code: FaultCode): number {
  return mistakes.includes(code) ? exitCodes.usage : exitCodes.service
}

/** The codes of the command that this line names. */
export function failureCodesOf(argv: readonly string[]): FailureCodes {
  if (argv[0] !== 'audit') return { usage: exitCodes.usage, of: exitCodeOf }
  const of = (code: FaultCode): number =>
    code === 'request-invalid' || code === 'tenant-unknown' ? auditCodes.usage : auditCodes.unproven
  return { usage: auditCodes.usage, of }
}
