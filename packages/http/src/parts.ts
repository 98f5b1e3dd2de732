import type { Problem } from '@writ/contract'
import type { Fault } from '@writ/domain'
import type { VerifierKey } from '@writ/ledger'
import type { Caller, Engine, UseCases } from '@writ/service'
import type { OpenRoute, Reply, Route } from './route.ts'

/** A fault that is Writ's own: its cause is for the log, never for the caller. */
export type FaultEvent = {
  readonly requestId: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly fault: Fault
}

/** What people look at, beside the API. */
export type Pages = {
  readonly routes: (parts: AppParts) => readonly Route[]
  readonly openRoutes: () => readonly OpenRoute[]
  readonly faultReply: (problem: Problem, requestId: string) => Promise<Reply>
}

/** What stands around every door, whatever it answers. */
export type Fence = {
  /** Null where no person looks: a function that only decides starts sooner without them. */
  readonly pages: Pages | null
  /** Who asks, or a Fault. */
  readonly authenticate: (request: Request) => Caller | Promise<Caller>
  /** True for the values of a `Host` header that are this service's own: any other may be a rebound name. */
  readonly isOurHost: (host: string) => boolean
  readonly newRequestId: () => string
  readonly log: (event: FaultEvent) => void
}

/** What all the doors need: the use cases, and what only the process that hosts them knows. */
export type AppParts = Fence &
  UseCases & {
    readonly engine: Engine
    /** A file of the bundles that ever decided, by its path there; null where none are kept. */
    readonly readKeptBundle: ((path: string) => Promise<Uint8Array | null>) | null
    /** Resolves when decisions can be made and recorded; else it throws the Fault that says why not. */
    readonly checkReady: () => Promise<void>
    /** The tenants that a page lets one choose from; the first is the one that no address names. */
    readonly tenants: readonly string[]
    /** At least 32 secret bytes that sign cursors; another key makes every cursor out there invalid. */
    readonly cursorKey: Uint8Array
    /** By which what Writ signs is verified; that of the log is null where nothing is sealed. */
    readonly keys: () => { readonly log: VerifierKey | null; readonly receipts: VerifierKey }
    readonly now: () => Date
  }
