/** OPA's own builtins, in a bundle that needs them. */
export const goBuiltinsFile = 'opa-builtins.wasm'

/** A built bundle as files by name: `manifest.json`, `data.json`, one module file each, and what those need of OPA. */
export type BundleFiles = {
  readonly revision: string
  readonly files: ReadonlyMap<string, Uint8Array>
}
