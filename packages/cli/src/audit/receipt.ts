import { readVerifierKey, type VerifierKey } from '@writ/ledger'
import { checkPromises, checkReceipt, type SignedReceipt, type Unverified } from '@writ/service'
import type { Desk } from '../desk.ts'
import { isSomewhere, openSource, type Where } from './open-source.ts'
import type { Source } from './source.ts'
import { textIn, trustOf } from './trust.ts'
import { tell, type Facts, type VerdictFormat } from './verdict.ts'

export type ReceiptOptions = Where &
  VerdictFormat & { readonly key: string; readonly policy?: string }

/** Checks a receipt and, where a log is named, whether its promise was kept. */
export async function verifyReceipt(
  path: string,
  options: ReceiptOptions,
  desk: Desk,
): Promise<number> {
  const checked = checkReceipt(await textIn(path, desk), await receiptKeys(options.key, desk))
  if (checked.status !== 'verified') return tell(checked, options, desk)
  const { log, id, answer, sealedBy } = checked.receipt
  const facts = { log, record: id, answer, sealed_by: sealedBy }
  const verdict = { status: 'verified', what: `the receipt of ${id}`, facts } as const
  if (!isSomewhere(options)) return tell(verdict, options, desk)
  const source = await openSource(options, desk)
  try {
    const kept = await promisesIn(source, { receipts: [checked], policy: options.policy, desk })
    return tell(
      'facts' in kept ? { ...verdict, facts: { ...facts, ...kept.facts } } : kept,
      options,
      desk,
    )
  } finally {
    await source.close()
  }
}

type Promised = {
  readonly receipts: readonly SignedReceipt[]
  readonly policy: string | undefined
  readonly desk: Desk
}

/** Whether the log has each record that it promised by now: how many it has, or what is amiss. */
export async function promisesIn(
  source: Source,
  { receipts, policy: path, desk }: Promised,
): Promise<{ readonly facts: Facts } | Unverified> {
  const { policy } = await trustOf(path, source, desk)
  const now = desk.now().toISOString()
  const kept = await checkPromises({ receipts, reader: source.reader, policy, now })
  if (kept.status !== 'verified') return kept
  const { sealed, waiting } = kept
  return { facts: { receipts_sealed: sealed, receipts_waiting: waiting } }
}

/** The keys of a file, one a line. */
export async function receiptKeys(path: string, desk: Desk): Promise<readonly VerifierKey[]> {
  const lines = (await textIn(path, desk)).split('\n')
  return lines.filter((line) => line !== '').map(readVerifierKey)
}
