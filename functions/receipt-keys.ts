import { Fault } from '@writ/domain'
import { aSeed, optional, type Settings } from '@writ/lambda'
import { ed25519Signer, type Turning } from '@writ/ledger'
import { receiptKeyName } from '@writ/service'

/** The key of the receipts and the one that follows, while it turns; at other times who seals is told of neither. */
export const receiptTurnSettings = {
  WRIT_RECEIPT_KEY: optional(aSeed),
  WRIT_RECEIPT_NEXT_KEY: optional(aSeed),
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
  return { log, from: ed25519Signer(name, from), to: ed25519Signer(name, to) }
}
