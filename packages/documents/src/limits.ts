/** The bounds within which a file is read. Where one is met, the message names it. */
export const limits = {
  /** Bytes of one file. */
  fileBytes: 8_000_000,
  /** Documents in one file, the items of its lists included. */
  documents: 10_000,
  /** Lists and mappings within each other. The wire allows 64, and a request stands around each document. */
  depth: 56,
  /** Values of one file, with every alias expanded. */
  values: 1_000_000,
  /** Characters of all texts and keys of one file, with every alias expanded. */
  characters: 16_000_000,
  /** Characters of one YAML document that could each begin a value: they bound the memory of its parse. */
  separators: 1_500_000,
} as const
