import {
  cosigned,
  ed25519Signer,
  fromBase64,
  isConsistent,
  readCheckpoint,
  readNote,
  signatureTypes,
  verifierKey,
  verifyNote,
  writeNote,
  writeVerifierKey,
  type Checkpoint,
  type Hash,
  type VerifierKey,
} from '@writ/ledger'

export type Reply = { readonly status: number; readonly text: string }

/** A witness in memory, as C2SP tlog-witness has it: strict in what it takes, and without a network. */
export type MemoryWitness = {
  /** What a trust policy names it by. */
  readonly vkey: string
  readonly add: (body: string) => Promise<Reply>
}

const signer = ed25519Signer('witness.example', new Uint8Array(32).fill(9))

/** Cosigns what these keys of a log sign. Told of whatever no honest log would send. */
export function memoryWitness(
  keys: readonly VerifierKey[],
  onFork: (why: string) => void = () => undefined,
): MemoryWitness {
  let last: Checkpoint | null = null
  let seconds = 1_700_000_000
  return {
    vkey: writeVerifierKey(
      verifierKey(signer.key.name, signatureTypes.cosignature, signer.key.publicKey),
    ),
    add: async (body) => {
      const { old, proof, note } = readBody(body)
      const read = readNote(note)
      if (verifyNote(read, keys).status !== 'signed') return { status: 403, text: '' }
      const next = readCheckpoint(read.text)
      if (old > next.size) return { status: 400, text: '' }
      if (old !== (last?.size ?? 0)) return { status: 409, text: `${last?.size ?? 0}\n` }
      if (last !== null && !isConsistent({ earlier: last, later: next, proof })) {
        onFork('a witness was shown a log that did not only grow')
        return { status: 422, text: '' }
      }
      last = next
      seconds += 1
      const line = await cosigned(read.text, signer, seconds)
      const lines = writeNote({ text: read.text, signatures: [line] })
      return { status: 200, text: lines.slice(read.text.length + 1) }
    },
  }
}

function readBody(body: string) {
  const border = body.indexOf('\n\n')
  const [first = '', ...lines] = body.slice(0, border).split('\n')
  const old = Number(/^old (0|[1-9]\d*)$/.exec(first)?.[1] ?? Number.NaN)
  const proof = lines.map(fromBase64).filter((hash): hash is Hash => hash !== null)
  if (Number.isNaN(old) || proof.length < lines.length) throw new Error('a request of no witness')
  return { old, proof, note: body.slice(border + 2) }
}
