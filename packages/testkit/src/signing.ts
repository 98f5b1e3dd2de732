import { ed25519Signer, type Signer } from '@writ/ledger'
import { createSignReceipt, receiptKeyName } from '@writ/service'

const log = 'example.com/log'

/** The keys that tests sign with, always the same. */
export const aLogSigner = ed25519Signer(log, new Uint8Array(32).fill(1))
export const aReceiptSigner = ed25519Signer(receiptKeyName(log), new Uint8Array(32).fill(2))
export const signReceipt = createSignReceipt(() => aReceiptSigner)

/** What use cases sign and prove with. */
export const aSigning = { signReceipt, logKey: { tenant: 'acme', key: () => aLogSigner.key } }

/** What seals with a key that does not turn, and without witnesses. */
export function steadily(current: Signer) {
  const announce = async (): Promise<never> => {
    throw new Error('No key turns here')
  }
  const turns = { announce, announcer: async () => null }
  const cosign = async (note: string): Promise<string> => note
  return { signers: () => ({ current, next: null }), turns, cosign }
}
