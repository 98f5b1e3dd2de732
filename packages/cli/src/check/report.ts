import type { Rule } from '@writ/domain'
import type { WireFinding } from '@writ/contract'

export type FileCounts = {
  readonly files: number
  /** Files that the change left alone, where only what it touched was asked for. */
  readonly untouched: number
  /** Files and folders that `writ.yaml` leaves out; what is in a folder is not counted. */
  readonly ignored: number
  readonly documents: number
  /** Files of no known format. */
  readonly unknown: number
}

/** What could not be read or judged; a check with one of these allows nothing. */
export type InputError = {
  readonly file: string | null
  readonly line: number | null
  readonly message: string
}

/** A comment that asks for a waiver and says nothing that could be granted. */
export type Hint = { readonly file: string; readonly line: number; readonly message: string }

/** What a comment beside a finding asks for. */
export type WaiverRequest = {
  /** The line of the comment. */
  readonly line: number
  readonly reason: string
  /** The command that grants it; null where no waiver is needed, or none can be granted. */
  readonly command: string | null
}

export type SkippedFile = { readonly file: string; readonly hint: string }

/** A finding with its line in the file. */
export type PlacedFinding = WireFinding & { readonly line: number }

export type FileReport = {
  readonly file: string
  readonly format: string
  readonly findings: readonly PlacedFinding[]
}

/** All that a check has to say; the formats only choose how. */
export type Report = {
  readonly allowed: boolean
  /** A policy says no, or cannot say yes: exit code 1. */
  readonly denied: boolean
  readonly environment: string | null
  /** What `writ.yaml` set, in words. */
  readonly defaulted: string | null
  readonly files: readonly FileReport[]
  /** Findings that a baseline has recorded: they are shown, and fail nothing. */
  readonly known: ReadonlySet<WireFinding>
  /** How many findings of the baseline are found no more in the files that were read. */
  readonly gone: number
  /** Findings that a comment in their file asks to have waived: they stand as they are until somebody grants it. */
  readonly requests: ReadonlyMap<WireFinding, WaiverRequest>
  readonly hints: readonly Hint[]
  /** Findings about the change set as a whole. */
  readonly general: readonly WireFinding[]
  /** Why something counts as not judged at all. */
  readonly vacuous: readonly string[]
  readonly skipped: readonly SkippedFile[]
  readonly errors: readonly InputError[]
  readonly counts: FileCounts & { readonly ungoverned: number }
  /** Where the recorded decisions can be read; empty for an evaluation, which is recorded nowhere. */
  readonly decisions: readonly string[]
  /** What the policies say of a rule, where they are on this machine. */
  readonly rules: ReadonlyMap<string, Rule>
  /** The policies that judged. */
  readonly revision: string | null
  /** Settings that were laid over those of the policies, and the digest of all that came of it. */
  readonly settings: { readonly files: readonly string[]; readonly digest: string } | null
}
