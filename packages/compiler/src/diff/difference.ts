/** What differs between two bundles. Empty lists where nothing does. */
export type Difference = {
  readonly rules: {
    readonly added: readonly string[]
    readonly removed: readonly string[]
    /** Each with what of it differs: fields of its METADATA, or its code. */
    readonly changed: readonly { readonly rule: string; readonly what: readonly string[] }[]
  }
  readonly levels: readonly LevelChange[]
  readonly data: readonly DataChange[]
  readonly builtins: Names
  readonly entrypoints: Names
}

export type Names = { readonly added: readonly string[]; readonly removed: readonly string[] }

/** How strictly a rule is held in an environment, in words; null where it is not. */
export type LevelChange = {
  readonly rule: string
  readonly environment: string
  readonly before: string | null
  readonly after: string | null
}

/** A value of the data, as its JSON text; null where there is none. */
export type DataChange = {
  readonly pointer: string
  readonly before: string | null
  readonly after: string | null
}

export function namesBetween(before: readonly string[], after: readonly string[]): Names {
  return {
    added: after.filter((name) => !before.includes(name)).toSorted(),
    removed: before.filter((name) => !after.includes(name)).toSorted(),
  }
}
