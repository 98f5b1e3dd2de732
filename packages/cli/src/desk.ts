/** What a command may use of the machine that it runs on; the composition root hands it in. */
export type Desk = {
  readonly cwd: string
  readonly home: string
  readonly env: { readonly [name: string]: string | undefined }
  readonly user: string
  readonly now: () => Date
  /** A key for one attempt, unlike any other. */
  readonly newKey: () => string
  /** Standard input, up to so many bytes; with one byte more where there is more. */
  readonly readInput: (maxBytes: number) => Promise<Uint8Array>
  /** Standard input piece by piece, for what is worked on as it comes. */
  readonly inputChunks: () => AsyncIterable<Uint8Array>
  readonly out: (text: string) => void
  /** Waits until whoever reads our output has room for more. */
  readonly flushed: () => Promise<void>
  readonly err: (text: string) => void
  /** Where the command's own code is kept, and what no other code has verified; none where it runs from its sources. */
  readonly codeFolder?: string
  readonly outIsTerminal: boolean
  /** How many columns the terminal has; none where the output goes elsewhere. */
  readonly outColumns?: number | undefined
  readonly errIsTerminal: boolean
}
