/** The one version of OPA that Writ compiles with: `tools/opa/go.mod` pins it, and WRIT_OPA may name no other. */
export const opaVersion = '1.22.2'

/** Goes up whenever the same policies would give other bundle bytes, so that no older cache entry is taken for a new one. */
export const compilerVersion = '26'
