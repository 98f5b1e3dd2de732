import { bytesOf } from './text.ts'
import { verifierKey, signatureTypes, type SignatureLine, type Signer } from './keys.ts'

/** What a timestamped cosignature (C2SP tlog-cosignature, type 4) signs, taken apart. */
export type Stamped = {
  readonly seconds: number
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

/** The message that a cosignature of this text signs; null when its bytes are not a time and a signature. */
export function cosignatureMessage(text: string, signature: Uint8Array): Stamped | null {
  if (signature.byteLength !== 72) return null
  const seconds = Number(Buffer.from(signature).readBigUInt64BE(0))
  if (!Number.isSafeInteger(seconds)) return null
  return { seconds, message: messageOf(text, seconds), signature: signature.subarray(8) }
}

/**
 * Cosigns a checkpoint's text: a statement that this is the largest consistent tree which the witness had seen of the log
 * at that time. Whoever calls this must have checked that.
 */
export async function cosigned(
  text: string,
  witness: Signer,
  seconds: number,
): Promise<SignatureLine> {
  const { name, id } = verifierKey(
    witness.key.name,
    signatureTypes.cosignature,
    witness.key.publicKey,
  )
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(seconds))
  const signature = Buffer.concat([time, await witness.sign(messageOf(text, seconds))])
  return { name, keyId: id, signature: new Uint8Array(signature) }
}

function messageOf(text: string, seconds: number): Uint8Array {
  return bytesOf(`cosignature/v1\ntime ${seconds}\n${text}`)
}
