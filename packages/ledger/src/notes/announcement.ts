import { malformed } from '../malformed.ts'
import { readVerifierKey, writeVerifierKey, type Signer, type VerifierKey } from './keys.ts'
import { readNote, signed, verifyNote, writeNote } from './note.ts'

/** That a key of a log turns: whoever trusts `from` may trust `to`, which has the same name. */
export type Announcement = {
  /** The origin of the log. */
  readonly log: string
  readonly from: VerifierKey
  readonly to: VerifierKey
}

/** A log, the key that signs it, and the one that is to follow. */
export type Turning = { readonly log: string; readonly from: Signer; readonly to: Signer }

const heading = 'writ.key/v1'

/** An announcement as a C2SP signed note of four lines: its form, the log, both keys. Both sign it. */
export async function writeAnnouncement({ log, from, to }: Turning): Promise<string> {
  const text = `${[heading, log, writeVerifierKey(from.key), writeVerifierKey(to.key)].join('\n')}\n`
  const notes = [await signed(text, from), await signed(text, to)]
  return writeNote({ text, signatures: notes.flatMap(({ signatures }) => signatures) })
}

/** Reads an announcement. Throws the Fault `log-malformed` on what is none, or is not signed by both keys that it names. */
export function readAnnouncement(note: string): Announcement {
  const read = readNote(note)
  const announcement = announcementIn(read.text)
  const verified = verifyNote(read, [announcement.from, announcement.to])
  const by = verified.status === 'signed' ? verified.by.map(({ key }) => key.id) : []
  for (const key of [announcement.from, announcement.to])
    if (!by.includes(key.id))
      throw malformed('announcement of a key', `${writeVerifierKey(key)} has not signed it`)
  return announcement
}

const form = /^writ\.key\/v1\n(?<log>[^\n]+)\n(?<before>[^\n]+)\n(?<after>[^\n]+)\n$/

function announcementIn(text: string): Announcement {
  const { log, before, after } = form.exec(text)?.groups ?? {}
  if (log === undefined || before === undefined || after === undefined)
    throw malformed('announcement of a key', `it must have four lines, the first ${heading}`)
  const [from, to] = [readVerifierKey(before), readVerifierKey(after)]
  if (from.name !== to.name || from.id === to.id)
    throw malformed('announcement of a key', 'it must name two keys of one name')
  return { log, from, to }
}
