import { accessIn, kmsSigner } from '@writ/aws'
import { Fault } from '@writ/domain'
import { aPublicKey, aSigningKey, aText, optional, type Settings } from '@writ/lambda'
import { sameBytes, type Signer } from '@writ/ledger'
import type { Signers } from '@writ/service'

/** The name of the log and its key; and, while it turns, the key that follows. */
export const signerSettings = {
  WRIT_LOG: aText,
  WRIT_LOG_KEY: aText,
  WRIT_LOG_PUBLIC_KEY: aPublicKey,
  WRIT_LOG_NEXT_KEY: optional(aText),
  WRIT_LOG_NEXT_PUBLIC_KEY: optional(aPublicKey),
} as const

/** The keys of the log, which are in KMS, but for one that came along from another machine until it has turned. */
export function openSigners(settings: Settings<typeof signerSettings>): Signers {
  const { WRIT_LOG: name, WRIT_LOG_NEXT_KEY: next, WRIT_LOG_NEXT_PUBLIC_KEY: nextPublic } = settings
  const signer = (key: string, publicKey: Uint8Array): Signer =>
    key.startsWith('arn:')
      ? kmsSigner(accessIn('kms', process.env), { keyId: key, name, publicKey })
      : heldSigner(key, name, publicKey)
  if ((next === null) !== (nextPublic === null))
    throw new Fault('start-refused', 'WRIT_LOG_NEXT_KEY and WRIT_LOG_NEXT_PUBLIC_KEY go together')
  return {
    current: signer(settings.WRIT_LOG_KEY, settings.WRIT_LOG_PUBLIC_KEY),
    next: next === null || nextPublic === null ? null : signer(next, nextPublic),
  }
}

function heldSigner(text: string, name: string, publicKey: Uint8Array): Signer {
  const signer = aSigningKey.read(text)?.(name)
  if (signer !== undefined && sameBytes(signer.key.publicKey, publicKey)) return signer
  throw new Fault('start-refused', 'WRIT_LOG_KEY is neither in KMS nor the key that began the log')
}
