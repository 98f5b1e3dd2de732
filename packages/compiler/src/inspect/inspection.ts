import type { Signature } from '../trust/signature.ts'

/** Where a builtin runs: in the module itself, in a form of the host’s own, or in OPA’s own code beside it. */
export type Tier = 'module' | 'TypeScript' | 'Go'

/** What a bundle holds, as far as that can be said without asking it anything. */
export type Inspection = {
  readonly revision: string
  readonly digest: string
  /** The OPA that compiled it; null where the bundle does not say. */
  readonly opa: string | null
  /** As the bundle has it, unchecked. */
  readonly signature: Signature | null
  readonly modules: readonly InspectedModule[]
  readonly policies: readonly InspectedPolicy[]
  readonly builtins: readonly { readonly name: string; readonly tier: Tier }[]
  readonly files: readonly { readonly path: string; readonly bytes: number }[]
}

export type InspectedModule = {
  readonly file: string
  readonly bytes: number
  readonly entrypoints: readonly string[]
  /** What it needs of memory before anything is evaluated; null where it cannot be run here. */
  readonly memoryBytes: number | null
  /** Its budget for one evaluation; null where whoever evaluates sets it. */
  readonly fuel: { readonly base: number; readonly perByte: number } | null
  /** Why it cannot be run here; null where it can. */
  readonly problem: string | null
}

export type InspectedPolicy = {
  readonly name: string
  readonly title: string | null
  /** The file that it stands in; null where the bundle holds no sources. */
  readonly file: string | null
}
