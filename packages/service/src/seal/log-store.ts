import type { Instant } from '@writ/domain'
import type { Frontier, LogFile, Tile } from '@writ/ledger'

/** Names an entry. */
export type EntryName = { readonly tenant: string; readonly id: string }

/** An entry that has no place in the log yet. */
export type Unsealed = EntryName & { readonly at: Instant; readonly leaf: Uint8Array }

export type PlacedEntry = EntryName & { readonly index: number }

/** Names a batch that is about to be appended: unique to the attempt, so that no two sealers ever share one. */
export type StageName = {
  /** The version that the head has once the batch is committed. */
  readonly version: number
  readonly attempt: string
}

/** The attempt that a head names while a ledger is imported: there is no stage of it, so no sealer goes on before it is whole. */
export const importing = 'import'

/** What the log is: the one thing that sealers compete for. */
export type LogHead = {
  /** Grows by one with each change. */
  readonly version: number
  readonly frontier: Frontier
  /** The batch that is committed and not yet in everybody's sight; null when there is none. */
  readonly staged: StageName | null
}

/** What is read of a log once it is sealed. Every method may throw the Fault `records-unavailable`. */
export interface LogReader {
  /** The signed checkpoint that everybody reads; null before the first. */
  checkpoint(): Promise<string | null>
  /** A tile or a bundle by its path; null where it does not stand. */
  file(path: string): Promise<Uint8Array | null>
  /** The place of an entry in the log; null until it has one, and of what does not stand. */
  place(name: EntryName): Promise<number | null>
}

/**
 * Where a log lies. Every method may throw the Fault `records-unavailable`: then its write may stand, or not, or come to
 * stand later. Whatever has resolved is durable.
 */
export interface LogStore extends LogReader {
  /** The head as it is now, never stale; version 0 and an empty tree before the first change. */
  head(): Promise<LogHead>
  /** Puts the next head in the place of the one before it. False when that one no longer stands. */
  swapHead(next: LogHead): Promise<boolean>
  /** Entries that may have no place yet, those that came first before others. May be stale, either way. */
  pending(limit: number): Promise<readonly EntryName[]>
  /** Those of them that stand and have no place. Never stale. */
  unsealed(names: readonly EntryName[]): Promise<readonly Unsealed[]>
  putStage(name: StageName, bytes: Uint8Array): Promise<void>
  stage(name: StageName): Promise<Uint8Array | null>
  /** Forgets all stages of this version and of those before it. */
  dropStages(version: number): Promise<void>
  /** Writes files that never change. Throws the Fault `log-halted` when one stands with other bytes. */
  putFiles(files: readonly LogFile[]): Promise<void>
  /** Forgets the unfinished forms of these tiles, of which the full one stands. */
  dropPartials(full: readonly Tile[]): Promise<void>
  /** Puts a checkpoint in the place of one of fewer entries, or of as many with fewer signatures; of any other it does nothing. */
  publish(size: number, checkpoint: string): Promise<void>
  /** Gives entries their place and takes them out of `pending`. Throws the Fault `log-halted` when one has another place. */
  mark(placed: readonly PlacedEntry[]): Promise<void>
}
