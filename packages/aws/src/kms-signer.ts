import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '@writ/domain'
import { fromBase64, isSignatureOf, signatureTypes, verifierKey, type Signer } from '@writ/ledger'
import type { Access } from './access.ts'
import { createSender, failureOf, type Sender } from './sender.ts'

/** An Ed25519 key that never leaves KMS. */
export type KmsKey = {
  /** Its id or its address. */
  readonly keyId: string
  /** What signatures by it are called: the origin of the log. */
  readonly name: string
  /** Thirty-two bytes, as KMS told them once. */
  readonly publicKey: Uint8Array
}

const attempts = 3
const attemptMilliseconds = 1000
const pauseMilliseconds = 100

/**
 * Signs in KMS. A signature is looked at before it is given back, so that nothing is published that nobody can verify. Throws
 * the Fault `log-halted` when the key in KMS is another one, and `records-unavailable` when KMS does not sign.
 */
export function kmsSigner(access: Access, { keyId, name, publicKey }: KmsKey): Signer {
  const sender = createSender(access)
  const key = verifierKey(name, signatureTypes.ed25519, publicKey)
  return {
    key,
    sign: async (message) => {
      const signature = signatureIn(await asked(sender, bodyOf(keyId, message)))
      if (signature !== null && isSignatureOf(key, message, signature)) return signature
      throw new Fault(
        'log-halted',
        `Sealing has halted: what KMS signs is not by the public key of ${name}. Deciding goes on.`,
      )
    },
  }
}

function bodyOf(KeyId: string, message: Uint8Array): string {
  return JSON.stringify({
    KeyId,
    Message: Buffer.from(message).toString('base64'),
    MessageType: 'RAW',
    SigningAlgorithm: 'ED25519_SHA_512',
  })
}

function signatureIn(text: string): Uint8Array | null {
  const { Signature: signature } = JSON.parse(text)
  return typeof signature === 'string' ? fromBase64(signature) : null
}

/** Signing again gives the same bytes, so whatever may pass is tried again. */
async function asked(sender: Sender, body: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1)
    try {
      const reply = await sender.send('Sign', body, AbortSignal.timeout(attemptMilliseconds))
      if (reply.status === 200) return reply.text
      throw failureOf(reply)
    } catch (cause) {
      if (attempt === attempts)
        throw new Fault('records-unavailable', 'KMS did not sign the checkpoint', { cause })
      await sleep(pauseMilliseconds * attempt)
    }
}
