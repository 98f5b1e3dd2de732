import { readVerifierKey, type VerifierKey } from '@writ/ledger'
import {
  checkPromises,
  checkReceipt,
  followReceiptKeys,
  type SignedReceipt,
  type Unverified,
} from '@writ/service'
import type { Desk } from '../desk.ts'
import { isSomewhere, openSource, type Where } from './open-source.ts'
import type { Source } from './source.ts'
import { textIn, trustOf } from './trust.ts'
import { tell, type Facts, type Verdict, type VerdictFormat } from './verdict.ts'

export type ReceiptOptions = Where &
  VerdictFormat & { readonly key: string; readonly policy?: string }

/** Checks a receipt and, where a log is named, whether its promise was kept. */
export async function verifyReceipt(
  path: string,
  options: ReceiptOptions,
  desk: Desk,
): Promise<number> {
  const text = await textIn(path, desk)
  if (!isSomewhere(options))
    return tell(verdictOn(checkReceipt(text, await receiptKeys(options.key, desk))), options, desk)
  const source = await openSource(options, desk)
  try {
    const checked = checkReceipt(
      text,
      await followedKeys(options.key, source, { policy: options.policy, desk }),
    )
    if (checked.status !== 'verified') return tell(checked, options, desk)
    const kept = await promisesIn(source, { receipts: [checked], policy: options.policy, desk })
    return tell('facts' in kept ? verdictOn(checked, kept.facts) : kept, options, desk)
  } finally {
    await source.close()
  }
}

function verdictOn(checked: ReturnType<typeof checkReceipt>, more: Facts = {}): Verdict {
  if (checked.status !== 'verified') return checked
  const { log, id, answer, sealedBy } = checked.receipt
  const facts = { log, record: id, answer, sealed_by: sealedBy, ...more }
  return { status: 'verified', what: `the receipt of ${id}`, facts }
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

/** The keys of a file, and those that the log says follow them. */
export async function followedKeys(
  path: string,
  source: Source,
  { policy: trusted, desk }: Pick<Promised, 'policy' | 'desk'>,
): Promise<readonly VerifierKey[]> {
  const { policy } = await trustOf(trusted, source, desk)
  return followReceiptKeys(await receiptKeys(path, desk), source.reader, policy)
}

/** The keys of a file, one a line. */
async function receiptKeys(path: string, desk: Desk): Promise<readonly VerifierKey[]> {
  const lines = (await textIn(path, desk)).split('\n')
  return lines.filter((line) => line !== '').map(readVerifierKey)
}
