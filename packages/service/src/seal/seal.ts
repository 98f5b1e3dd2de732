import { Fault } from '@writ/domain'
import {
  grown,
  parseTilePath,
  rootOf,
  tileWidth,
  writeCheckpoint,
  type LogFile,
  type Signer,
  type Tile,
} from '@writ/ledger'
import { readLogTile } from './log-tiles.ts'
import type { Signers, Turns } from './turns.ts'
import type { Cosign } from './cosign.ts'
import {
  checkpointIn,
  isGrown,
  isSound,
  refuseForeign,
  type Guarded,
  type SignerMemory,
} from './guard.ts'
import {
  importing,
  type LogHead,
  type LogStore,
  type StageName,
  type Unsealed,
} from './log-store.ts'
import { completeSignatures, signedBy } from './sign.ts'
import { readStage, writeStage } from './stage.ts'

export type SealParts = {
  readonly log: LogStore
  /**
   * The log’s own keys as they are now; their name is the origin of the log. Both sign while one turns, so that whoever trusts
   * the one or the other can go on.
   */
  readonly signers: () => Signers
  readonly turns: Turns
  /** Asks the witnesses, if there are any. */
  readonly cosign: Cosign
  readonly memory: SignerMemory
  /** A text that nobody else makes. */
  readonly newAttempt: () => string
  /** The most entries of one batch. */
  readonly batch: number
  /** True where the log began elsewhere: until it is here, to sign anything would be to fork it. */
  readonly isMoved?: boolean
}

/** What a round came to: so many entries sealed, and whether another round at once is worth while. */
export type Round = { readonly sealed: number; readonly again: boolean }

/**
 * One round of sealing. Any number of sealers may run it at the same time, stop anywhere, and begin anew: one swap of the
 * head commits a batch, and everything after it writes what that batch says, by whoever comes first.
 */
export type Seal = () => Promise<Round>

export function createSeal(sealParts: SealParts): Seal {
  /** The checkpoint that was found to be ours, and the keys by which: most rounds see the same again. */
  let lastLook: string | null = null
  return async () => {
    const { current, next } = sealParts.signers()
    const origin = current.key.name
    const signing = next === null ? [current] : [current, next]
    const { log } = sealParts
    const shown = await log.checkpoint()
    if (shown === null && sealParts.isMoved === true) throw awaited()
    const parts = { ...sealParts, origin, signing, readTile: readLogTile(log), shown }
    const look = `${signing.map(({ key }) => key.id).join(' ')} ${shown}`
    if (shown !== null && look !== lastLook)
      await refuseForeign({ signing, announcer: parts.turns.announcer }, shown)
    lastLook = look
    // Before it signs anything, so that no key ever signs that the one before it has not announced.
    if (next !== null) await parts.turns.announce({ log: origin, from: current, to: next })
    const head = await log.head()
    if (head.staged !== null) return rollOut(parts, head, head.staged)
    if (!(await isSound(parts, head))) return { sealed: 0, again: true }
    // The index may name what is sealed already, or is not there at all: only a fresh look counts.
    const entries = inOrder(await log.unsealed(await log.pending(parts.batch)))
    if (entries.length > 0) return commit(parts, head, entries)
    await completeSignatures(parts, head.frontier.size)
    return { sealed: 0, again: false }
  }
}

/** What a round knows: the parts, and the keys that sign in it. */
type RoundParts = SealParts &
  Guarded & {
    readonly signing: readonly Signer[]
    /** What everybody was shown when it began. */
    readonly shown: string | null
  }

/** Stages the batch, and commits it if the head has not moved. */
async function commit(
  parts: RoundParts,
  head: LogHead,
  entries: readonly Unsealed[],
): Promise<Round> {
  const { log, newAttempt, readTile } = parts
  const { size } = head.frontier
  const growth = await grown(
    head.frontier,
    entries.map(({ leaf }) => leaf),
    readTile,
  )
  // That the head goes on from what was signed has been seen; what its tiles say has not.
  if (!(await isGrown(parts, head, { ...growth, known: [] }))) return { sealed: 0, again: true }
  const staged = { version: head.version + 1, attempt: newAttempt() }
  const placed = entries.map(({ tenant, id }, place) => ({ tenant, id, index: size + place }))
  await log.putStage(staged, writeStage({ files: growth.files, placed }))
  const next = { version: head.version + 1, frontier: growth.frontier, staged }
  // A stage that was not committed stays: “false” may be our own swap, whose reply was lost on the way.
  if (!(await log.swapHead(next))) return { sealed: 0, again: true }
  return rollOut(parts, next, staged)
}

/**
 * Makes a committed batch visible: its files, then the checkpoint over them, then the place of each entry, and at last the
 * head without it. Only what the head says is ever signed. Done twice, or by two, or late, it writes the same bytes.
 */
async function rollOut(parts: RoundParts, head: LogHead, staged: StageName): Promise<Round> {
  const { log, signing, memory, origin, shown } = parts
  const bytes = await log.stage(staged)
  if (bytes === null) return afterLoss(log, head, staged)
  const { files, placed } = readStage(bytes)
  // The head may be somebody’s who can write the store, and has no key.
  const known = [checkpointIn(shown), await memory.last()]
  if (!(await isGrown(parts, head, { frontier: head.frontier, files, known })))
    return { sealed: 0, again: true }
  await log.putFiles(files)
  const checkpoint = { origin, size: head.frontier.size, root: rootOf(head.frontier) }
  const note = await signedBy(writeCheckpoint(checkpoint), signing)
  await memory.keep(checkpoint)
  await log.publish(checkpoint.size, await parts.cosign(note))
  await log.dropPartials(fullTilesOf(files))
  await log.mark(placed)
  const rolled = await log.swapHead({ ...head, version: head.version + 1, staged: null })
  // No swap can commit a stage of a version that has passed.
  if (rolled) await log.dropStages(head.version)
  return { sealed: placed.length, again: true }
}

/** A stage is dropped only once its batch is rolled out, so a head that still names it has lost it. */
async function afterLoss(log: LogStore, head: LogHead, { attempt }: StageName): Promise<Round> {
  if ((await log.head()).version !== head.version) return { sealed: 0, again: true }
  throw attempt === importing
    ? awaited()
    : new Fault(
        'log-halted',
        'Sealing has halted: a committed batch is gone from the store. Bring the store back from a backup that has it. Deciding goes on.',
      )
}

function awaited(): Fault {
  return new Fault(
    'log-halted',
    'Sealing waits for the whole of a ledger that is moved here. Was that broken off? The same writ audit import goes on with it. Deciding goes on.',
  )
}

function inOrder(entries: readonly Unsealed[]): readonly Unsealed[] {
  const orderOf = ({ at, tenant, id }: Unsealed): string => `${at}\n${tenant}\n${id}`
  return entries.toSorted((left, right) => (orderOf(left) < orderOf(right) ? -1 : 1))
}

function fullTilesOf(files: readonly LogFile[]): readonly Tile[] {
  return files.flatMap(({ path }) => {
    const tile = parseTilePath(path)
    return tile?.width === tileWidth ? [tile] : []
  })
}
