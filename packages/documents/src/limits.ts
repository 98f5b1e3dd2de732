/** The bounds within which a file is read. Where one is met, the message names it. */
export const limits = {
  /** Bytes of one file. */
  fileBytes: 8_000_000,
  /** Bytes of a plan, of which only what it changes is read. */
  planBytes: 64_000_000,
  /** Documents in one file, the items of its lists included. */
  documents: 10_000,
  /** Mistakes named in one file; what follows them is not read. */
  mistakes: 100,
  /** Lists and mappings within each other. The wire allows 64, and a request stands around each document. */
  depth: 56,
  /** Values of one file, with every alias expanded. */
  values: 1_000_000,
  /** Characters of all texts and keys of one file, with every alias expanded. */
  characters: 16_000_000,
  /** Places in one YAML document where a value can begin: they bound the memory of its parse. */
  separators: 800_000,
  /** Characters parsed again because a line inside brackets or quotes is indented less than this parser wants. */
  reparsed: 40_000_000,
  /** Characters of one Dockerfile, and the instructions in it. */
  dockerfile: 1_000_000,
  instructions: 5000,
} as const
