import { issueAt } from '../place.ts'
import type { Definition } from '../definitions.ts'
import { rulesOf, type Lint } from './lint.ts'

const most = 5

/** Rules that are alike but for their constants: they are a table, which data can hold and others can change. */
export const rulesAsData: Lint = {
  name: 'rules-as-data',
  find: (source) => {
    const families = Map.groupBy(rulesOf(source), patternOf)
    return [...families.values()].flatMap((family) => {
      const token = family[0]?.tokens[0]
      if (family.length <= most || token === undefined) return []
      const message = `${family.length} rules ${token.text} are alike but for their constants: write one over a table in data`
      return [issueAt(source.path, token, message)]
    })
  },
}

function patternOf({ tokens }: Definition): string {
  return tokens
    .map(({ type, text }) => (type === 'string' || /^[0-9]/.test(text) ? '…' : text))
    .join(' ')
}
