import { Fault } from '@writ/domain'
import {
  readCheckpoint,
  readNote,
  readTree,
  rootOf,
  sameBytes,
  writeCheckpoint,
  type Checkpoint,
  type ReadTile,
} from '@writ/ledger'
import type { LogHead, LogStore } from './log-store.ts'

/** What a signer remembers of what it signed last, beside its key and apart from the store. */
export interface SignerMemory {
  last(): Promise<Checkpoint | null>
  /** Never goes back: a smaller checkpoint than the last leaves it as it is. */
  keep(checkpoint: Checkpoint): Promise<void>
}

export type Guarded = {
  readonly log: LogStore
  readonly memory: SignerMemory
  readonly origin: string
  readonly readTile: ReadTile
}

/**
 * Sees that a head without a staged batch is what everybody was shown, and goes on from what was signed last. False when
 * another sealer has moved it meanwhile. Throws the Fault `log-halted` when it is not: the store was rolled back, or there
 * are two of it, and to go on would sign a fork.
 */
export async function isSound(guarded: Guarded, head: LogHead): Promise<boolean> {
  const { log, memory, origin } = guarded
  const [shown, last] = [await log.checkpoint(), await memory.last()]
  if (isShown(shown, head, origin) && (last === null || (await goesOn(guarded, head, last))))
    return true
  if ((await log.head()).version !== head.version) return false
  const { size } = head.frontier
  throw new Fault(
    'log-halted',
    `Sealing has halted: the log in the store has ${size} entries and contradicts ${
      isShown(shown, head, origin) ? 'what was signed last' : 'its published checkpoint'
    }. Was the store brought back from a backup, or is it another’s? Deciding goes on.`,
    { facts: { size, published: sizeIn(shown), signed: last?.size ?? null } },
  )
}

/** True when the published checkpoint says exactly what the head does. */
function isShown(shown: string | null, { frontier }: LogHead, origin: string): boolean {
  if (shown === null) return frontier.size === 0
  const text = writeCheckpoint({ origin, size: frontier.size, root: rootOf(frontier) })
  return readNote(shown).text === text
}

function sizeIn(shown: string | null): number | null {
  return shown === null ? null : readCheckpoint(readNote(shown).text).size
}

/** True when the log of this head begins with what was signed last. */
async function goesOn(
  { origin, readTile }: Guarded,
  { frontier }: LogHead,
  last: Checkpoint,
): Promise<boolean> {
  const { size } = frontier
  if (last.origin !== origin || last.size > size) return false
  const root =
    last.size === size ? rootOf(frontier) : await readTree(size, readTile).rootAt(last.size)
  return sameBytes(root, last.root)
}
