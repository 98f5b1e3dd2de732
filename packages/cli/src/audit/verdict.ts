import type { Unverified } from '@writ/service'
import type { Desk } from '../desk.ts'
import { auditCodes } from '../exit-codes.ts'
import { plain, plainLine } from '../output/plain.ts'

/** What a check came to. */
export type Verdict =
  { readonly status: 'verified'; readonly what: string; readonly facts: Facts } | Unverified

/** Names and values, to be shown below what was verified. */
export type Facts = { readonly [name: string]: string | number }

export type VerdictFormat = { readonly format: 'text' | 'json' }

/** Prints a verdict, and gives the exit code that says the same. */
export function tell(verdict: Verdict, { format }: VerdictFormat, { out }: Desk): number {
  out(format === 'json' ? `${JSON.stringify(verdict, null, 2)}\n` : `${textOf(verdict)}\n`)
  if (verdict.status === 'verified') return auditCodes.verified
  return verdict.status === 'refuted' ? auditCodes.tampered : auditCodes.unproven
}

function textOf(verdict: Verdict): string {
  if (verdict.status === 'unproven') return `Cannot be verified: ${plainLine(verdict.reason)}`
  if (verdict.status === 'verified')
    return [`Verified: ${verdict.what}`, ...Object.entries(verdict.facts).map(factLine)].join('\n')
  const [signed, found] = [indented(verdict.signed), indented(verdict.found)]
  return `Tampering is proven: ${plainLine(verdict.reason)}\n\nSigned:\n\n${signed}\n\nAgainst it:\n\n${found}`
}

function factLine([name, value]: readonly [string, string | number]): string {
  return `  ${name.replaceAll('_', ' ').padEnd(12)} ${plainLine(String(value))}`
}

function indented(text: string): string {
  return plain(text.trimEnd()).replaceAll(/^(?=.)/gm, '  ')
}
