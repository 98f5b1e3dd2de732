import { malformed } from '../malformed.ts'
import { bytesOf, fromBase64, hasControl, toBase64 } from './text.ts'
import { cosignatureMessage } from './cosignature.ts'
import {
  isKeyName,
  isSignatureOf,
  signatureTypes,
  type SignatureLine,
  type Signer,
  type VerifierKey,
} from './keys.ts'

/** A note of C2SP signed-note: some text, and who signed it. */
export type Note = {
  /** With its last newline. */
  readonly text: string
  readonly signatures: readonly SignatureLine[]
}

/** Notes are small; whoever sends more wants something else. */
const maxNoteLength = 1_000_000
const maxSignatures = 100

/** Throws the Fault `log-malformed` on what is no signed note. */
export function readNote(note: string): Note {
  if (note.length > maxNoteLength) throw malformed('note', 'it is too long')
  if (!note.isWellFormed() || hasControl(note, '\n'))
    throw malformed('note', 'it has control characters, or is not UTF-8')
  const border = note.lastIndexOf('\n\n')
  if (border < 0) throw malformed('note', 'no blank line parts its text from its signatures')
  const lines = note.slice(border + 2).split('\n')
  if (lines.pop() !== '' || lines.length === 0) throw malformed('note', 'it ends within a line')
  if (lines.length > maxSignatures) throw malformed('note', 'it has too many signatures')
  return { text: note.slice(0, border + 1), signatures: lines.map(readSignature) }
}

/** The text of a note as signed-note spells it; `readNote` reads it back. */
export function writeNote({ text, signatures }: Note): string {
  const lines = signatures.map(({ name, keyId, signature }) => {
    const bytes = Buffer.concat([Buffer.from(keyId, 'hex'), signature])
    return `— ${name} ${toBase64(bytes)}\n`
  })
  return `${text}\n${lines.join('')}`
}

/** How many signatures a note has; nothing says that they are true. */
export function signatureCount(note: string): number {
  return note.split('\n').filter((line) => line.startsWith('— ')).length
}

/**
 * Signs text with an Ed25519 key (type 1), which gives the same bytes each time. Throws a RangeError on text without its last
 * newline: it would be read back as another.
 */
export async function signed(text: string, { key, sign }: Signer): Promise<Note> {
  if (!text.endsWith('\n')) throw new RangeError('the text of a note ends with a newline')
  const signature = await sign(bytesOf(text))
  return { text, signatures: [{ name: key.name, keyId: key.id, signature }] }
}

/** Who has signed a note, of those whose keys are known. */
export type Verified =
  | { readonly status: 'signed'; readonly by: readonly VerifiedSignature[] }
  /** A known key's signature is false, so nothing else about the note counts. */
  | { readonly status: 'forged'; readonly name: string }
  | { readonly status: 'unsigned' }

/** A signature that was found to be true. */
export type VerifiedSignature = {
  readonly key: VerifierKey
  /** Of a cosignature: when its witness saw the text, in seconds since 1970. */
  readonly seconds: number | null
}

/** Checks each signature of a known key, and passes over all others, as signed-note asks. */
export function verifyNote({ text, signatures }: Note, keys: readonly VerifierKey[]): Verified {
  const by: VerifiedSignature[] = []
  for (const line of signatures) {
    const key = keys.find(({ name, id }) => name === line.name && id === line.keyId)
    if (key === undefined) continue
    const verified = verifyLine(text, line, key)
    if (verified === null) return { status: 'forged', name: line.name }
    by.push(verified)
  }
  return by.length === 0 ? { status: 'unsigned' } : { status: 'signed', by }
}

function verifyLine(
  text: string,
  { signature }: SignatureLine,
  key: VerifierKey,
): VerifiedSignature | null {
  if (key.type === signatureTypes.ed25519)
    return isSignatureOf(key, bytesOf(text), signature) ? { key, seconds: null } : null
  const stamped = cosignatureMessage(text, signature)
  if (stamped === null || !isSignatureOf(key, stamped.message, stamped.signature)) return null
  return { key, seconds: stamped.seconds }
}

function readSignature(line: string): SignatureLine {
  const { name = '', rest = '' } = /^\u2014 (?<name>[^ ]+) (?<rest>[^ ]+)$/.exec(line)?.groups ?? {}
  const bytes = fromBase64(rest)
  if (!isKeyName(name) || bytes === null || bytes.byteLength < 5)
    throw malformed('note', 'a signature line must be “— <key name> <base64>”')
  return {
    name,
    keyId: Buffer.from(bytes.subarray(0, 4)).toString('hex'),
    signature: bytes.subarray(4),
  }
}
