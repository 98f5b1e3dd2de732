import { Fault } from '@writ/domain'
import { aSigningKey, optional, type Settings } from '@writ/lambda'
import type { Turning } from '@writ/ledger'
import { receiptKeyName } from '@writ/service'

/** The key of the receipts and the one that follows, while it turns; at other times who seals is told of neither. */
export const receiptTurnSettings = {
  WRIT_RECEIPT_KEY: optional(aSigningKey),
  WRIT_RECEIPT_NEXT_KEY: optional(aSigningKey),
} as const

/** The turn that the log is to announce; null where there is none. */
export function receiptTurnOf(
  log: string,
  settings: Settings<typeof receiptTurnSettings>,
): Turning | null {
  const { WRIT_RECEIPT_KEY: from, WRIT_RECEIPT_NEXT_KEY: to } = settings
  if (from === null && to === null) return null
  if (from === null || to === null)
    throw new Fault('start-refused', 'WRIT_RECEIPT_KEY and WRIT_RECEIPT_NEXT_KEY go together')
  const name = receiptKeyName(log)
  return { log, from: from(name), to: to(name) }
}
