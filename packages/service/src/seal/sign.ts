import { readNote, signatureCount, signed, writeNote, type Signer } from '@writ/ledger'
import type { Cosign } from './cosign.ts'
import type { LogStore } from './log-store.ts'

/** A text under the signatures of all of these. */
export async function signedBy(text: string, signers: readonly Signer[]): Promise<string> {
  const notes = await Promise.all(signers.map((signer) => signed(text, signer)))
  return writeNote({ text, signatures: notes.flatMap(({ signatures }) => signatures) })
}

type Signing = {
  readonly log: Pick<LogStore, 'checkpoint' | 'publish'>
  readonly signing: readonly Signer[]
  readonly cosign: Cosign
}

/**
 * Adds to the published checkpoint, of this size, the signatures that it lacks: another sealer may have published it before a
 * key turned, and a witness may have been away.
 */
export async function completeSignatures(
  { log, signing, cosign }: Signing,
  size: number,
): Promise<void> {
  const shown = await log.checkpoint()
  if (shown === null) return
  const note = readNote(shown)
  const missing = signing.filter(
    ({ key }) => !note.signatures.some(({ name, keyId }) => name === key.name && keyId === key.id),
  )
  const own = await Promise.all(missing.map((signer) => signed(note.text, signer)))
  const added = own.flatMap(({ signatures }) => signatures)
  const whole = await cosign(writeNote({ ...note, signatures: [...note.signatures, ...added] }))
  if (signatureCount(whole) > signatureCount(shown)) await log.publish(size, whole)
}
