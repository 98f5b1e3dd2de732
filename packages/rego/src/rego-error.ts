export type RegoErrorCode =
  | 'module_invalid'
  | 'module_unsupported'
  | 'already_metered'
  | 'not_metered'
  | 'builtin_missing'
  | 'data_invalid'
  | 'bundle_malformed'
  | 'schema_invalid'

/** The only thing that this room throws: a module, data, a bundle or a schema that cannot be used, and why. */
export class RegoError extends Error {
  readonly code: RegoErrorCode
  /** Of `builtin_missing`: the names of all that the module needs and nobody here has. */
  readonly builtins: readonly string[]

  constructor(
    code: RegoErrorCode,
    message: string,
    {
      cause,
      builtins = [],
    }: { readonly cause?: unknown; readonly builtins?: readonly string[] } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'RegoError'
    this.code = code
    this.builtins = builtins
  }
}

/** What a foreign piece of code threw, in words: the SDK throws bare strings, V8 throws errors. */
export function wordsOf(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown
  return thrown instanceof Error ? thrown.message : 'something that is not an error was thrown'
}
