import { Fault } from '@writ/domain'
import {
  appended,
  emptyFrontier,
  grown,
  leafHashOf,
  readCheckpoint,
  readNote,
  readTrustPolicy,
  rootOf,
  sameBytes,
  toBase64,
  type Checkpoint,
  type Hash,
} from '@writ/ledger'
import {
  createCosign,
  createSeal,
  readLogTile,
  type Cosign,
  type LogStore,
  type SealParts,
  type SignerMemory,
} from '@writ/service'
import { seededNumbers } from '@writ/testkit'
import { append, keyOf, maxLag, storeFor, type Contents, type Kept } from './store.ts'
import { leavesOf, rootOfEntries, tileFrom } from './files.ts'
import { firstContents } from './history.ts'
import { createTurn, type Turn } from './turn.ts'
import { memoryWitness, type MemoryWitness } from './witness.ts'
import { createWorld, type World } from './world.ts'

/** Makes of what a sealer has what one with a mistake in it would see and do. */
export type Mutant = (parts: SealParts, run: MutantRun) => SealParts
export type MutantRun = {
  readonly held: Contents
  readonly sign: (size: number, root: Hash) => void
}

export type Result = {
  readonly violations: readonly string[]
  readonly acked: number
  readonly operations: number
}

type Writing = {
  readonly turn: Turn
  readonly world: World
  readonly held: Contents
  /** Whose recording has been answered. */
  readonly acked: Set<string>
  /** Every root that was ever signed, by size. */
  readonly signatures: Map<number, Hash>
  readonly violated: (what: string) => void
}

const weather = { failing: 0.12, dying: 0.03, freezing: 0.02, freeze: 400 }

/** One life of a log: writers, sealers and a reader over a store in bad weather, and then an account of what came of it. */
export async function run(seed: number, mutant: Mutant | null = null): Promise<Result> {
  const violations = new Set<string>()
  const violated = (what: string): void => void violations.add(what)
  const world = createWorld(seededNumbers(seed * 7919), weather, (thrown) =>
    violated(defectOf(thrown)),
  )
  const held = await firstContents(world)
  const signatures = new Map<number, Hash>()
  const sign = (size: number, root: Hash): void => {
    if (!sameBytes(signatures.get(size) ?? root, root))
      violated('two roots were signed for one size')
    signatures.set(size, root)
  }
  const turn = createTurn(world, held, { sign, violated })
  const witness = memoryWitness(turn.keys, violated)
  const sealing = { world, held, mutant, sign, turn, witness, memories: new Map() }
  const writing = { turn, world, held, acked: new Set<string>(), signatures, violated }
  for (let writer = 0; writer < 4; writer += 1)
    world.spawn(`writer${writer}`, (process) => write(writing, process, 6))
  const sealers = 1 + world.draw(5)
  for (let sealer = 0; sealer < sealers; sealer += 1)
    world.spawn(`sealer${sealer}`, (process) => sealFor(sealing, process, 30))
  world.spawn('reader', (process) => watch(writing, process))
  world.spawn('owner', (process) => turn.go(process, 40))
  await world.settle()
  world.clearUp()
  for (let times = 0; times < 2; times += 1) {
    await sealAll(sealing)
    world.spawn('owner', (process) => turn.go(process, 40))
    await world.settle()
  }
  // What comes after the key has turned is signed by the new one alone.
  world.spawn('late', (process) => write(writing, process, 1))
  await sealAll(sealing)
  await account(writing)
  if (!turn.isCosigned(held.published?.note ?? null, witness.vkey))
    violated('no witness has cosigned the last checkpoint')
  return { violations: [...violations], acked: writing.acked.size, operations: world.now() }
}

async function sealAll(sealing: Sealing): Promise<void> {
  const { world, held } = sealing
  for (let round = 0; round < 20 && (round === 0 || !isQuiet(held)); round += 1) {
    world.skip(maxLag + 1)
    world.spawn('last', (process) => sealFor(sealing, process, 8))
    await world.settle()
  }
}

/** Nothing is left to do, as far as anybody outside can see. */
function isQuiet({ entries, head }: Contents): boolean {
  return head.staged === null && [...entries.values()].every(({ index }) => index !== null)
}

function defectOf(thrown: unknown): string {
  return thrown instanceof Fault
    ? `${thrown.code}: ${thrown.message.slice(0, 60)}`
    : `defect: ${String(thrown)}`
}

type Sealing = {
  readonly world: World
  readonly held: Contents
  readonly mutant: Mutant | null
  readonly sign: (size: number, root: Hash) => void
  readonly turn: Turn
  readonly witness: MemoryWitness
  readonly memories: Memories
}

/** A sealer as production has it, over a store as the weather lets it through. */
async function sealFor(sealing: Sealing, process: string, rounds: number): Promise<void> {
  const { world, held, mutant, sign, turn, memories } = sealing
  const store = storeFor(world, held, process)
  let attempts = 0
  // Some see at once that the key turns; others go on with what they began with, until they halt.
  let [signers, isUpToDate] = [turn.signers(), world.draw(2) === 0]
  const parts: SealParts = {
    log: store,
    signers: () => (isUpToDate ? turn.signers() : signers),
    turns: turn.turnsBy(process),
    cosign: cosignBy(sealing, process, store),
    memory: memoryIn(memories, process),
    newAttempt: () => `${process}-${world.now()}-${(attempts += 1)}`,
    batch: 5,
  }
  const seal = createSeal(mutant === null ? parts : mutant(parts, { held, sign }))
  for (let round = 0; round < rounds; round += 1)
    try {
      await seal()
    } catch (thrown) {
      const code = thrown instanceof Fault ? thrown.code : null
      const isLate = code === 'log-halted' && parts.signers() !== turn.signers()
      if (code !== 'records-unavailable' && !isLate) throw thrown
      if (isLate) isUpToDate = true
    }
}

/** The witness is asked through the same weather; what does not come back is no answer. */
function cosignBy({ world, witness }: Sealing, process: string, store: LogStore): Cosign {
  return createCosign({
    policy: readTrustPolicy(`witness W ${witness.vkey} http://witness.example\nquorum W\n`),
    ask: async (_, body) => {
      try {
        return await world.call(process, () => witness.add(body))
      } catch (thrown) {
        if (thrown instanceof Fault) return null
        throw thrown
      }
    },
    readTile: readLogTile(store),
    onMissing: () => undefined,
  })
}

/** What each sealer signed last, as a file beside its key would hold it: it outlives the process. */
type Memories = Map<string, Checkpoint>

function memoryIn(memories: Memories, process: string): SignerMemory {
  return {
    last: async () => memories.get(process) ?? null,
    keep: async (checkpoint) => void memories.set(process, checkpoint),
  }
}

/** Records entries one after the other, each until it is acknowledged. Its clock is wrong, and jumps. */
async function write(
  { world, held, acked, violated }: Writing,
  process: string,
  most: number,
): Promise<void> {
  for (let count = 0; count < most; count += 1) {
    const name = { tenant: process, id: `e${count}` }
    const at = new Date(Date.UTC(2026, 0, 1) + world.draw(1_200_000)).toISOString()
    const leaf = new TextEncoder().encode(`${process} ${count} ${world.draw(1e9)}`)
    const stands = await untilAnswered(() => append(world, held, process, { ...name, at, leaf }))
    if (stands.tenant !== process) violated('a foreign entry stands under a name')
    acked.add(keyOf(name))
  }
}

async function untilAnswered<T>(ask: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await ask()
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown
    }
}

/** Reads checkpoints as everybody may: each must follow from the one before, and be covered by its files. */
async function watch({ turn, world, held, violated }: Writing, process: string): Promise<void> {
  let size = 0
  for (let look = 0; look < 40; look += 1) {
    const shown = await untilAnswered(() => world.call(process, () => held.published))
    if (shown === null || shown.size === size) continue
    if (shown.size < size) violated('a published checkpoint went back')
    size = shown.size
    const { root } = readCheckpoint(readNote(shown.note).text)
    const reached = await rootOfEntries(held, size)
    if (reached === null) violated('a checkpoint was published before its entries')
    else if (!sameBytes(reached, root)) violated('a published root is not that of its entries')
    if (!(await turn.isFollowed(shown.note)))
      violated('a checkpoint is signed by a key that nobody can follow')
  }
}

/** What must be true when all is over. */
async function account(writing: Writing): Promise<void> {
  const { held, violated } = writing
  const { size } = held.head.frontier
  const leaves = (await leavesOf(held, size)) ?? []
  accountEntries(writing, leaves)
  accountSignatures(writing, leaves)
  if ((held.published?.size ?? 0) !== size) violated('the last checkpoint is not published')
  await accountKeys(writing)
  if (held.head.staged !== null) violated('a batch is committed and never rolled out')
  const { files } = await grown(emptyFrontier, leaves, tileFrom(held))
  for (const { path, bytes } of files)
    if (!sameBytes(held.files.get(path) ?? new Uint8Array(), bytes))
      violated('a file of the log is missing or wrong')
}

async function accountKeys({ turn, held, violated }: Writing): Promise<void> {
  if (!turn.isOver()) violated('the key has not turned')
  const note = held.published?.note ?? null
  if (note === null || !(await turn.isFollowed(note))) violated('nobody can follow to the last key')
}

/** Everything that was acknowledged is in the log, once, and nothing else is. */
function accountEntries({ held, acked, violated }: Writing, leaves: readonly Uint8Array[]): void {
  const places = new Map(leaves.map((leaf, index) => [toBase64(leaf), index]))
  const placeOf = ({ leaf }: Kept): number | undefined => places.get(toBase64(leaf))
  if (places.size < leaves.length) violated('an entry is in the log twice')
  if (held.entries.size < leaves.length) violated('the log has an entry that nobody recorded')
  for (const [key, entry] of held.entries) {
    if (acked.has(key) && placeOf(entry) === undefined)
      violated('an acknowledged entry is not in the log')
    if (entry.index !== null && placeOf(entry) !== entry.index)
      violated('an entry is marked with a place that it has not')
  }
  if ([...acked].some((key) => !held.entries.has(key))) violated('an acknowledged entry is gone')
}

function accountSignatures({ signatures, violated }: Writing, leaves: readonly Uint8Array[]): void {
  for (const [size, root] of signatures) {
    const reached = rootOf(appended(emptyFrontier, leaves.slice(0, size).map(leafHashOf)))
    if (!sameBytes(reached, root)) violated('a root was signed that the log never had')
  }
}
