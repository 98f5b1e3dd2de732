import { ed25519Signer } from '@writ/ledger'
import { createSignReceipt, receiptKeyName } from '@writ/service'

const log = 'example.com/log'

/** The keys that tests sign with, always the same. */
export const aLogSigner = ed25519Signer(log, new Uint8Array(32).fill(1))
export const aReceiptSigner = ed25519Signer(receiptKeyName(log), new Uint8Array(32).fill(2))
export const signReceipt = createSignReceipt(aReceiptSigner)
