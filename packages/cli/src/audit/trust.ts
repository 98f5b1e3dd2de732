import { Fault } from '@writ/domain'
import { readTrustPolicy, type TrustedCheckpoint, type TrustPolicy } from '@writ/ledger'
import type { Desk } from '../desk.ts'
import { readInputFile } from '../input-file.ts'
import type { Source } from './source.ts'

/** Whom a check trusts, and in which words to say so. */
export type Trust = { readonly policy: TrustPolicy; readonly words: string }

/** The policy of a file; without one, that which came with the ledger, and a warning. */
export async function trustOf(
  path: string | undefined,
  source: Source,
  desk: Desk,
): Promise<Trust> {
  if (path !== undefined) return { policy: await policyIn(path, desk), words: `by ${path}` }
  if (source.policy !== null)
    return {
      policy: readTrustPolicy(source.policy),
      words: 'by the key that came with it: compare that with one that you got by another way',
    }
  throw new Fault('request-invalid', 'Say whom to trust: --policy FILE')
}

export async function policyIn(path: string, desk: Desk): Promise<TrustPolicy> {
  return readTrustPolicy(await textIn(path, desk))
}

export async function textIn(path: string, desk: Desk): Promise<string> {
  return Buffer.from(await readInputFile(path, desk)).toString('utf8')
}

/** Who vouches for a checkpoint, each with the instant of its cosignature. */
export function signersOf({ by }: TrustedCheckpoint): string {
  return by
    .map(({ key, seconds }) =>
      seconds === null ? key.name : `${key.name} at ${new Date(seconds * 1000).toISOString()}`,
    )
    .join(', ')
}
