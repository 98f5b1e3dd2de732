import { readNote, signed, writeNote, type Signer } from '@writ/ledger'
import type { LogStore } from './log-store.ts'

/** A text under the signatures of all of these. */
export async function signedBy(text: string, signers: readonly Signer[]): Promise<string> {
  const notes = await Promise.all(signers.map((signer) => signed(text, signer)))
  return writeNote({ text, signatures: notes.flatMap(({ signatures }) => signatures) })
}

/** Adds to the published checkpoint the signatures that it lacks: another sealer may have published it before a key turned. */
export async function completeSignatures(
  log: Pick<LogStore, 'checkpoint' | 'publish'>,
  size: number,
  signers: readonly Signer[],
): Promise<void> {
  const shown = await log.checkpoint()
  if (shown === null) return
  const note = readNote(shown)
  const missing = signers.filter(
    ({ key }) => !note.signatures.some(({ name, keyId }) => name === key.name && keyId === key.id),
  )
  if (missing.length === 0) return
  const { signatures } = readNote(await signedBy(note.text, missing))
  await log.publish(size, writeNote({ ...note, signatures: [...note.signatures, ...signatures] }))
}
