import { Fault } from '@writ/domain'
import {
  readCheckpoint,
  readNote,
  readTree,
  toBase64,
  verifyNote,
  writeNote,
  type Hash,
  type Note,
  type ReadTile,
  type SignatureLine,
  type TrustPolicy,
  type Witness,
} from '@writ/ledger'

/** What a witness answered to a body that was sent to this address; null when nothing came. It ends by itself, within a second or so. */
export type AskWitness = (
  url: string,
  body: string,
) => Promise<{ readonly status: number; readonly text: string } | null>

/** Gives a signed checkpoint with what the witnesses sign of it. Whoever of them is away, late or wrong adds nothing, and stops nobody. */
export type Cosign = (note: string) => Promise<string>

export type CosignParts = {
  /** Which witnesses to ask, and how many of them are enough. */
  readonly policy: TrustPolicy
  readonly ask: AskWitness
  readonly readTile: ReadTile
  /** Told of each witness that was asked and added nothing: the Fault says which and why. */
  readonly onMissing: (fault: Fault) => void
}

/** What is remembered of a witness: how large it knows the log, and for how many checkpoints it is left alone. */
type Known = { size: number; failures: number; rest: number }

/** A witness that fails again and again is asked for one checkpoint of so many. */
const mostRest = 32

/** Throws the Fault `start-refused` when a witness has no address. */
export function createCosign(parts: CosignParts): Cosign {
  const silent = parts.policy.witnesses.find(({ url }) => url === null)
  if (silent !== undefined)
    throw new Fault(
      'start-refused',
      `The witness ${silent.name} cannot be asked: write its address after its key`,
    )
  const witnesses = parts.policy.witnesses.map((witness) => ({
    witness,
    known: { size: 0, failures: 0, rest: 0 },
  }))
  return async (text) => {
    const note = readNote(text)
    const lines = await Promise.all(
      witnesses
        .filter(({ witness }) => verifyNote(note, [witness]).status === 'unsigned')
        .map((asked) => lineOf(parts, { ...asked, note })),
    )
    const added = lines.filter((line) => line !== null)
    return writeNote({ ...note, signatures: [...note.signatures, ...added] })
  }
}

type Asking = { readonly witness: Witness; readonly known: Known; readonly note: Note }

async function lineOf(parts: CosignParts, asking: Asking): Promise<SignatureLine | null> {
  const { witness, known } = asking
  if (known.rest > 0) {
    known.rest -= 1
    return null
  }
  const answer = await asked(parts, asking)
  const isLine = typeof answer !== 'string'
  known.failures = isLine ? 0 : known.failures + 1
  known.rest = isLine ? 0 : Math.min(2 ** known.failures - 2, mostRest)
  if (isLine) return answer
  parts.onMissing(
    new Fault(
      'records-unavailable',
      `${witness.name} has not cosigned: ${answer}. What is sealed is published without it`,
    ),
  )
  return null
}

/** The line that a witness adds, or why there is none. It says itself how large it knows the log, where we do not know. */
async function asked(
  { ask, readTile }: CosignParts,
  asking: Asking,
): Promise<SignatureLine | string> {
  const { witness, known, note } = asking
  const { size } = readCheckpoint(note.text)
  for (let attempt = 0; attempt < 2; attempt += 1) {
    if (known.size > size) return `it knows ${known.size} entries, and the checkpoint has ${size}`
    const proof = known.size === 0 ? [] : await readTree(size, readTile).consistency(known.size)
    const reply = await ask(`${witness.url}/add-checkpoint`, bodyOf(known.size, proof, note))
    if (reply === null) return 'it does not answer'
    if (reply.status === 200) return taken(asking, size, reply.text)
    if (reply.status !== 409) return `it answers ${reply.status}`
    const told = /^(?:0|[1-9]\d{0,14})\n?$/.test(reply.text) ? Number(reply.text) : null
    if (told === null) return 'it answers 409 and no size'
    known.size = told
  }
  return 'it answers 409 to the size that it has told'
}

/** A request of C2SP tlog-witness: the size that the witness knows, the proof that the log grew from there, and the checkpoint. */
function bodyOf(old: number, proof: readonly Hash[], note: Note): string {
  return `old ${old}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${writeNote(note)}`
}

function taken(
  { witness, known, note }: Asking,
  size: number,
  text: string,
): SignatureLine | string {
  const line = linesIn(note, text).find(
    (one) => verifyNote({ ...note, signatures: [one] }, [witness]).status === 'signed',
  )
  if (line === undefined) return 'what it answers is not signed by its key'
  known.size = size
  return line
}

function linesIn({ text }: Note, lines: string): readonly SignatureLine[] {
  try {
    return readNote(`${text}\n${lines}`).signatures
  } catch {
    return []
  }
}
