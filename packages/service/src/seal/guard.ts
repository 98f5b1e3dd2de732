import { Fault } from '@writ/domain'
import {
  readCheckpoint,
  readNote,
  readTree,
  rootOf,
  sameBytes,
  verifyNote,
  writeCheckpoint,
  writeVerifierKey,
  tilePath,
  type Checkpoint,
  type Frontier,
  type LogFile,
  type ReadTile,
  type Signer,
  type VerifierKey,
} from '@writ/ledger'
import type { LogHead, LogStore } from './log-store.ts'
import type { Turns } from './turns.ts'

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

/** What a log is about to become: its tree, the files that it has not yet, and what it must not contradict. */
type Grown = {
  readonly frontier: Frontier
  readonly files: readonly LogFile[]
  /** What was signed, earlier or later. */
  readonly known: readonly (Checkpoint | null)[]
}

/**
 * Sees that these files lead to this tree, and that it is of one log with what was signed. False when another sealer has moved
 * the head meanwhile. Throws the Fault `log-halted` when it is not: somebody has changed the store, and what it says now must
 * not be signed.
 */
export async function isGrown(
  { log, origin, readTile }: Guarded,
  { version }: LogHead,
  { frontier, files, known }: Grown,
): Promise<boolean> {
  const grown: Checkpoint = { origin, size: frontier.size, root: rootOf(frontier) }
  const readGrown = withFiles(files, readTile)
  for (const other of [grown, ...known]) {
    if (other === null || (await isOfOneLog(readGrown, grown, other))) continue
    if ((await log.head()).version !== version) return false
    throw new Fault(
      'log-halted',
      `Sealing has halted: a batch that is to be the end of a log of ${grown.size} entries does not lead there, or contradicts ${other.size} entries that were signed. Somebody has changed the store: bring it back from a backup. Deciding goes on.`,
      { facts: { size: grown.size, signed: other.size } },
    )
  }
  return true
}

/** True when the tiles lead to the root of the larger one, and it begins with the smaller. */
async function isOfOneLog(
  readTile: ReadTile,
  one: Checkpoint,
  other: Checkpoint,
): Promise<boolean> {
  const [earlier, later] = one.size < other.size ? [one, other] : [other, one]
  const tree = readTree(later.size, readTile)
  return (
    earlier.origin === later.origin &&
    sameBytes(await tree.root(), later.root) &&
    sameBytes(await tree.rootAt(earlier.size), earlier.root)
  )
}

/** Reads a tile from these files, and any other, once, from where the log lies. */
function withFiles(files: readonly LogFile[], readTile: ReadTile): ReadTile {
  const known = new Map(files.map(({ path, bytes }) => [path, Promise.resolve(bytes)]))
  return (tile) => {
    const path = tilePath(tile)
    const bytes = known.get(path) ?? readTile(tile)
    known.set(path, bytes)
    return bytes
  }
}

type Signing = {
  readonly signing: readonly Signer[]
  readonly announcer: Turns['announcer']
}

/**
 * Throws the Fault `log-halted` when the published checkpoint is signed by none of these keys, nor by one that has announced
 * one of them: then another key signs this log, and has not handed over.
 */
export async function refuseForeign({ signing, announcer }: Signing, shown: string): Promise<void> {
  const note = readNote(shown)
  const isSigned = (by: VerifierKey): boolean => verifyNote(note, [by]).status === 'signed'
  const keys = signing.map(({ key }) => key)
  if (keys.some(isSigned)) return
  // A sealer that knew nothing of a turn may have come after it.
  for (const key of keys) {
    const before = await announcer(key)
    if (before !== null && isSigned(before)) return
  }
  throw new Fault(
    'log-halted',
    `Sealing has halted: the published checkpoint is not signed by ${keys.map(writeVerifierKey).join(' or ')}. Bring back the key that signed it; a new key signs together with the one before it first. Deciding goes on.`,
  )
}

/** True when the published checkpoint says exactly what the head does. */
function isShown(shown: string | null, { frontier }: LogHead, origin: string): boolean {
  if (shown === null) return frontier.size === 0
  const text = writeCheckpoint({ origin, size: frontier.size, root: rootOf(frontier) })
  return readNote(shown).text === text
}

function sizeIn(shown: string | null): number | null {
  return checkpointIn(shown)?.size ?? null
}

export function checkpointIn(shown: string | null): Checkpoint | null {
  return shown === null ? null : readCheckpoint(readNote(shown).text)
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
