import { readProofFile } from '@writ/ledger'
import { verifyRecord, type ProofTexts } from '@writ/service'
import type { Desk } from '../desk.ts'
import { policyIn, signersOf, textIn } from './trust.ts'
import { tell, type Verdict, type VerdictFormat } from './verdict.ts'

export type VerifyOptions = VerdictFormat & { readonly record: string; readonly policy: string }

/** Checks a record by its proof, offline: that it is in the log, and is what was sealed. */
export async function verify(path: string, options: VerifyOptions, desk: Desk): Promise<number> {
  const policy = await policyIn(options.policy, desk)
  const texts = { record: await textIn(options.record, desk), proof: await textIn(path, desk) }
  const verified = verifyRecord(texts, policy)
  if (verified.status !== 'verified') return tell(amissAs(texts, verified), options, desk)
  const { leaf, index, checkpoint } = verified
  const facts = {
    tenant: leaf.tenant,
    type: leaf.type,
    recorded_at: leaf.at,
    log: checkpoint.origin,
    index,
    size: checkpoint.size,
    signed_by: signersOf(verified),
    trusted: `by ${options.policy}`,
  }
  return tell({ status: 'verified', what: `the record ${leaf.id}`, facts }, options, desk)
}

function amissAs(
  { proof }: ProofTexts,
  { status, reason }: { readonly status: 'refuted' | 'unproven'; readonly reason: string },
): Verdict {
  if (status === 'unproven') return { status, reason }
  const signed = readProofFile(proof).checkpoint
  return { status, reason, signed, found: `By these files, ${reason}` }
}
