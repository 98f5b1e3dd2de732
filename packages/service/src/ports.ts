import type {
  Enforcement,
  DecisionRequest,
  Instant,
  Issue,
  Json,
  Kind,
  Reference,
  Rule,
  RuleVerdict,
  Waiver,
} from '@writ/domain'
import type { DecisionFilter } from '@writ/contract'
import type { Entry, EntryType } from '@writ/ledger'
import type { Scorecard } from '@writ/scorecard'

/** Who asks. Every use case takes it; nothing is read or written outside its tenant. */
export type Caller = {
  readonly tenant: string
  readonly principal: string
  readonly roles: readonly string[]
}

export type BundleName = { readonly revision: string; readonly digest: string }

/** One loaded bundle. It never changes, so a decision that began with it ends with it. */
export interface Bundle {
  readonly name: BundleName
  readonly dataDigest: string
  readonly enforcement: Enforcement
  readonly rules: readonly Rule[]
  /** The document types of which some rule reads the content. */
  readonly documentTypes: ReadonlySet<string>
  /** What of a request of this kind is kept out of the records: JSON Pointers, in which `*` stands for every member. */
  masks(kind: Kind): readonly string[]
  /** What the pack's schema for this kind finds wrong with a request, all of it; a kind that the pack lacks is one mistake. */
  problems(kind: Kind, request: Json): readonly Issue[]
  /**
   * Every rule of the request's kind, each with a verdict: what failed is `error`, never absent. It throws only the Fault
   * `bundle-invalid`, where what decides this kind cannot be loaded: then there are no verdicts.
   */
  evaluate(request: DecisionRequest, now: Instant): readonly RuleVerdict[]
}

export interface Engine {
  /** The bundle that decides now, or the Fault `bundle-not-ready`. */
  active(): Bundle
}

/** What a list is filtered by: the filters that a caller may name, and the type, which the address decides. */
export type RecordFilter = DecisionFilter & { readonly type?: EntryType | undefined }

/** A place in the order of a list: newest first, by instant and then by id. */
export type RecordPlace = { readonly at: Instant; readonly id: string }

export type RecordQuery = {
  readonly filter: RecordFilter
  /** Only what comes after this place. */
  readonly before: RecordPlace | null
  /** At most so many; at least 1. */
  readonly limit: number
}

export type RecordPage = {
  /** May be fewer than asked for although there is more: `next` alone says so. */
  readonly entries: readonly Entry[]
  readonly next: RecordPlace | null
  /** The oldest entry that was taken in but may not be listed yet; null when there is none. */
  readonly oldestUnlisted: Instant | null
}

export interface Records {
  /**
   * Durable on return. Gives the entry that stands under this tenant and id, which an earlier attempt may have written;
   * the caller compares request digests. Throws the Fault `records-unavailable` when it cannot tell that an entry stands.
   */
  append(entry: Entry): Promise<Entry>
  get(tenant: string, id: string): Promise<Entry | null>
  /**
   * Appends the erasure, and leaves of the entry that it erases what `erased` does: nothing else of it is kept anywhere.
   * Durable on return; a second time changes nothing. Gives the erasure that stands. When it throws, both may have come
   * about, neither, or the erasure alone: then a second time finishes.
   */
  erase(entry: Entry, erasure: Entry): Promise<Entry>
  list(tenant: string, query: RecordQuery): Promise<RecordPage>
}

/** Where decisions wait that were made while the store was away. It is not the store: another disk, at the least. */
export interface Spool {
  /**
   * Durable on return. Gives the entry that waits under this tenant and id, which an earlier attempt may have put there.
   * Throws the Fault `records-unavailable` when it is full, or cannot keep the entry.
   */
  put(entry: Entry): Promise<Entry>
  get(tenant: string, id: string): Promise<Entry | null>
  /** Those that wait, in the order in which they came. */
  waiting(limit: number): Promise<readonly Entry[]>
  /** Lets go of an entry that the store has. One that is not there is no mistake. */
  drop(entry: Entry): Promise<void>
  /** Sets aside an entry that the store will never take, for somebody to look at. */
  setAside(entry: Entry): Promise<void>
}

export interface Waivers {
  /**
   * Records the entry and makes the waiver stand as given: both durable on return. A second time changes nothing. When it
   * throws, both may stand or neither; nobody ever sees the waiver before its entry stands.
   */
  put(waiver: Waiver, entry: Entry): Promise<Waiver>
  get(tenant: string, id: string): Promise<Waiver | null>
  /** All waivers for these rules on this resource and environment, in force or not. Never stale. */
  find(tenant: string, about: WaiverQuery): Promise<readonly Waiver[]>
  /** Newest first. */
  list(tenant: string, limit: number): Promise<readonly Waiver[]>
}

export type WaiverQuery = {
  readonly environment: string | null
  readonly resource: Reference
  readonly rules: readonly string[]
}

/**
 * An entity whose records are newer than its scorecard. `version` grows with each of its records, by one unless a process died
 * while it counted; no clock is involved.
 */
export type StaleEntity = {
  readonly tenant: string
  readonly entity: string
  readonly version: number
}

export interface Scorecards {
  /** Entities with records that no saved scorecard has taken in, those that wait longest first. */
  stale(limit: number): Promise<readonly StaleEntity[]>
  /** Saves a card as computed from this version, unless a newer one is saved. */
  save(stale: StaleEntity, card: Scorecard): Promise<void>
  get(tenant: string, entity: string): Promise<Scorecard | null>
  /** Entities that have a scorecard, in order of name. */
  list(tenant: string, limit: number): Promise<readonly Scorecard[]>
}

/** What a use case may not make up by itself. */
export type Sources = {
  readonly now: () => Date
  /** So many unpredictable bytes. */
  readonly random: (count: number) => Uint8Array
}
