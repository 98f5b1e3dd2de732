import { accessIn, kmsSigner } from '@writ/aws'
import { Fault } from '@writ/domain'
import { aPublicKey, aText, optional, type Settings } from '@writ/lambda'
import type { Signer } from '@writ/ledger'
import type { Signers } from '@writ/service'

/** The name of the log and its key; and, while it turns, the key that follows. */
export const signerSettings = {
  WRIT_LOG: aText,
  WRIT_LOG_KEY: aText,
  WRIT_LOG_PUBLIC_KEY: aPublicKey,
  WRIT_LOG_NEXT_KEY: optional(aText),
  WRIT_LOG_NEXT_PUBLIC_KEY: optional(aPublicKey),
} as const

/** The keys of the log, which are in KMS. */
export function openSigners(settings: Settings<typeof signerSettings>): Signers {
  const { WRIT_LOG: name, WRIT_LOG_NEXT_KEY: next, WRIT_LOG_NEXT_PUBLIC_KEY: nextPublic } = settings
  const signer = (keyId: string, publicKey: Uint8Array): Signer =>
    kmsSigner(accessIn('kms', process.env), { keyId, name, publicKey })
  if ((next === null) !== (nextPublic === null))
    throw new Fault('start-refused', 'WRIT_LOG_NEXT_KEY and WRIT_LOG_NEXT_PUBLIC_KEY go together')
  return {
    current: signer(settings.WRIT_LOG_KEY, settings.WRIT_LOG_PUBLIC_KEY),
    next: next === null || nextPublic === null ? null : signer(next, nextPublic),
  }
}
