import { Fault } from '@writ/domain'
import { sameBytes, signatureCount, tilePath, type LogFile, type Tile } from '@writ/ledger'
import type { EntryName, LogHead, LogStore, PlacedEntry, StageName, Unsealed } from '@writ/service'
import type { World } from './world.ts'

export type Kept = Unsealed & { index: number | null }

/** What a store holds: everything here happens in one instant, and is never wrong. The world is what makes it unreliable. */
export type Contents = {
  readonly entries: Map<string, Kept>
  /** When an entry begins and ends to be seen in the index of what is pending. */
  readonly seen: Map<string, { readonly from: number; to: number }>
  head: LogHead
  readonly stages: Map<string, Uint8Array>
  readonly files: Map<string, Uint8Array>
  published: { size: number; note: string } | null
}

/** For how long an index may not know what has been written. */
export const maxLag = 25

export function keyOf({ tenant, id }: EntryName): string {
  return `${tenant}/${id}`
}

/** The conditional put that a decision is recorded with. Gives the entry that stands. */
export function append(
  world: World,
  held: Contents,
  process: string,
  entry: Unsealed,
): Promise<Kept> {
  return world.call(process, () => {
    const stands = held.entries.get(keyOf(entry))
    if (stands !== undefined) return stands
    const kept = { ...entry, index: null }
    held.entries.set(keyOf(entry), kept)
    held.seen.set(keyOf(entry), { from: world.now() + world.draw(maxLag), to: Infinity })
    return kept
  })
}

/** The store as one process sees it. */
export function storeFor(world: World, held: Contents, process: string): LogStore {
  const call = <T>(effect: () => T): Promise<T> => world.call(process, effect)
  const nameOf = ({ version, attempt }: StageName): string => `${version}/${attempt}`
  return {
    head: () => call(() => held.head),
    swapHead: (next) => call(() => swap(held, next)),
    pending: (limit) => call(() => pendingNow(world, held).slice(0, limit)),
    unsealed: (names) =>
      call(() =>
        names
          .flatMap((name) => held.entries.get(keyOf(name)) ?? [])
          .filter(({ index }) => index === null),
      ),
    putStage: (name, bytes) => call(() => void held.stages.set(nameOf(name), bytes)),
    stage: (name) => call(() => held.stages.get(nameOf(name)) ?? null),
    dropStages: (version) =>
      call(() => {
        for (const name of held.stages.keys())
          if (Number(name.split('/')[0]) <= version) held.stages.delete(name)
      }),
    putFiles: async (files) => {
      for (const file of files) await call(() => putFile(held, file))
    },
    file: (path) => call(() => held.files.get(path) ?? null),
    dropPartials: (full) => call(() => dropPartials(held, full)),
    checkpoint: () => call(() => held.published?.note ?? null),
    publish: (size, note) =>
      call(() => {
        const [had, has] = [held.published, signatureCount(note)]
        const isNews = size > (had?.size ?? 0)
        const isMore = size === had?.size && has > signatureCount(had.note)
        if (isNews || isMore) held.published = { size, note }
      }),
    place: (name) => call(() => held.entries.get(keyOf(name))?.index ?? null),
    mark: async (placed) => {
      for (const entry of placed) await call(() => mark(world, held, entry))
    },
  }
}

function swap(held: Contents, next: LogHead): boolean {
  if (held.head.version !== next.version - 1) return false
  held.head = next
  return true
}

function pendingNow(world: World, { seen }: Contents): readonly EntryName[] {
  const now = world.now()
  return [...seen].flatMap(([key, { from, to }]) => {
    const [tenant = '', id = ''] = key.split('/')
    return from <= now && now < to ? [{ tenant, id }] : []
  })
}

function putFile({ files }: Contents, { path, bytes }: LogFile): void {
  const stands = files.get(path)
  if (stands !== undefined && !sameBytes(stands, bytes))
    throw new Fault('log-halted', `${path} stands with other bytes`)
  files.set(path, bytes)
}

function dropPartials({ files }: Contents, full: readonly Tile[]): void {
  const folders = full.map((tile) => `${tilePath(tile)}.p/`)
  for (const path of files.keys())
    if (folders.some((folder) => path.startsWith(folder))) files.delete(path)
}

function mark(world: World, { entries, seen }: Contents, { index, ...name }: PlacedEntry): void {
  const entry = entries.get(keyOf(name))
  const shown = seen.get(keyOf(name))
  if (entry === undefined || shown === undefined)
    throw new Fault('log-halted', `${keyOf(name)} is sealed and does not stand`)
  if (entry.index !== null && entry.index !== index)
    throw new Fault('log-halted', `${keyOf(name)} has two places`)
  if (entry.index === index) return
  entry.index = index
  shown.to = Math.max(world.now(), shown.from) + world.draw(maxLag)
}
