import { issueAt } from '../place.ts'
import type { Lint } from './lint.ts'

/** A file that says nowhere what its rules are for. */
export const noMetadata: Lint = {
  name: 'no-metadata',
  find: ({ path, text, definitions }) => {
    if (/^[ \t]*#[ \t]*METADATA[ \t]*$/m.test(text)) return []
    const token = definitions.find(({ name }) => name === 'package')?.tokens[0]
    const message = 'has no METADATA: write `# METADATA` with a title above the package or a rule'
    return [issueAt(path, token ?? { row: 1, column: 1 }, message)]
  },
}
