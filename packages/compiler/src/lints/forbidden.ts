import { issueAt } from '../place.ts'
import { rulesOf, type Lint } from './lint.ts'

type Forbidden = { readonly [builtin: string]: string }

/** A builtin of which each use costs ten times what writes the same without it. */
export const sprintf: Lint = forbidding('sprintf', {
  sprintf: 'write a template string, $"… {value} …"',
})

/** Builtins that give another value tomorrow: no decision by one can be replayed. */
export const clockOrNetwork: Lint = forbidding('clock-or-network', {
  'time.now_ns': 'a decision must replay: read input.now',
  'http.send': 'a decision must replay: let the caller send the fact, or put it in settings/',
  'opa.runtime': 'a decision must replay: put what it needs in settings/',
  'rand.intn': 'a decision must replay: nothing in a policy may be random',
  'uuid.rfc4122': 'a decision must replay: nothing in a policy may be random',
  'net.lookup_ip_addr': 'a decision must replay: let the caller send the address',
})

function forbidding(name: string, forbidden: Forbidden): Lint {
  return {
    name,
    find: (source) =>
      rulesOf(source).flatMap(({ tokens }) =>
        tokens.slice(1).flatMap((token, at) => {
          const isField = tokens[at]?.text === '.' // of what a bracket picked: `list[0].name`
          const isOne = token.type === 'name' && !isField && source.isBuiltin(token.text)
          const instead = isOne ? forbidden[token.text] : undefined
          if (instead === undefined) return []
          return [issueAt(source.path, token, `${token.text} may not be used: ${instead}`)]
        }),
      ),
  }
}
