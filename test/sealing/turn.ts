import { Fault } from '@writ/domain'
import {
  ed25519Signer,
  followingPolicy,
  readCheckpoint,
  readNote,
  readVerifierKey,
  readTrustPolicy,
  verifyCheckpoint,
  verifyNote,
  writeVerifierKey,
  type Entry,
  type Hash,
  type Signer,
  type VerifierKey,
} from '@writ/ledger'
import { createTurns, findLogFile, neededBefore, type Signers, type Turns } from '@writ/service'
import { append, keyOf, storeFor, type Contents } from './store.ts'
import type { World } from './world.ts'

export const origin = 'sim.example/log'
export const firstSigner = ed25519Signer(origin, new Uint8Array(32).fill(1))
const nextSigner = ed25519Signer(origin, new Uint8Array(32).fill(2))
const firstPolicy = readTrustPolicy(`log ${writeVerifierKey(firstSigner.key)}\nquorum none\n`)
const tenant = 'keys'

/** The key of a log that turns in the middle of its life. */
export type Turn = {
  /** The keys as their owner has laid them down: the same object until they are laid down anew. */
  readonly signers: () => Signers
  readonly turnsBy: (process: string) => Turns
  /** What the owner does: a second key, and the first one away once it is not needed; a number of steps of it. */
  readonly go: (process: string, steps: number) => Promise<void>
  readonly isOver: () => boolean
  /** All that ever sign. */
  readonly keys: readonly VerifierKey[]
  /** True when this witness stands under this checkpoint. */
  readonly isCosigned: (note: string | null, vkey: string) => boolean
  /** True when who trusts the first key alone can see that this checkpoint is the log’s. */
  readonly isFollowed: (note: string) => Promise<boolean>
}

type Watched = {
  readonly sign: (size: number, root: Hash) => void
  readonly violated: (what: string) => void
}

export function createTurn(world: World, held: Contents, { sign, violated }: Watched): Turn {
  const isAnnounced = (): boolean =>
    [...held.entries.values()].some((entry) => entry.tenant === tenant)
  const watched = (signer: Signer): Signer => ({
    ...signer,
    sign: (message) => {
      const text = new TextDecoder().decode(message)
      if (text.startsWith(`${origin}\n`)) {
        const { size, root } = readCheckpoint(text)
        sign(size, root)
        if (signer === nextSigner && !isAnnounced()) violated('a key signed that was not announced')
      }
      return signedOnce(signer, text, message)
    },
  })
  const [first, next] = [watched(firstSigner), watched(nextSigner)]
  let signers: Signers = { current: first, next: null }
  const step = async (process: string): Promise<void> => {
    const log = storeFor(world, held, process)
    if (signers.current === next) return
    if (signers.next === null) {
      await log.checkpoint() // Time passes.
      if (world.draw(4) === 0) signers = { current: first, next }
    } else if ((await neededBefore(log, tenant, signers)) === null)
      signers = { current: next, next: null }
  }
  return {
    signers: () => signers,
    turnsBy: (process) =>
      createTurns({
        records: {
          append: async (entry: Entry) => ({
            ...entry,
            ...(await append(world, held, process, entry)),
          }),
          get: (tenant, id) =>
            world.call(
              process,
              () => (held.entries.get(keyOf({ tenant, id })) ?? null) as Entry | null,
            ),
        },
        tenant,
        now: () => new Date(Date.UTC(2026, 0, 1) + world.draw(1_200_000)),
        random: (count) => new Uint8Array(count).map(() => world.draw(256)),
      }),
    go: async (process, steps) => {
      for (let count = 0; count < steps; count += 1)
        try {
          await step(process)
        } catch (thrown) {
          if (!(thrown instanceof Fault)) throw thrown
        }
    },
    isOver: () => signers.current === next,
    keys: [firstSigner.key, nextSigner.key],
    isCosigned: (note, vkey) =>
      note !== null && verifyNote(readNote(note), [readVerifierKey(vkey)]).status === 'signed',
    isFollowed: async (note) => {
      const log = {
        checkpoint: async () => note,
        file: async (path: string) => held.files.get(path) ?? null,
      }
      const policy = await followingPolicy(note, firstPolicy, (path) => findLogFile(log, path))
      return verifyCheckpoint(note, policy).status === 'verified'
    },
  }
}

/** A signature of Ed25519 is the same each time; to make each once saves most of the time of a run. */
const made = new Map<string, Promise<Uint8Array>>()

function signedOnce(signer: Signer, text: string, message: Uint8Array): Promise<Uint8Array> {
  const name = `${signer.key.id} ${text}`
  const known = made.get(name) ?? signer.sign(message)
  if (made.size > 1000) made.clear()
  made.set(name, known)
  return known
}
