import { Fault } from '@writ/domain'
import { RegoError } from '@writ/rego'
import { callsIn, rulesOf, sourceOf } from '../lints/lint.ts'
import { bundleInvalid } from '../mistakes.ts'
import { issueAt } from '../place.ts'
import type { Gathered } from './gather.ts'
import { placed } from './placed.ts'

/** What was thrown when a module was loaded; of builtins that no host has, with each place that calls one. */
export function withCalls(thrown: unknown, gathered: Gathered): unknown {
  if (!(thrown instanceof Fault) || !(thrown.cause instanceof RegoError)) return thrown
  const refused = new Set(thrown.cause.builtins)
  if (refused.size === 0) return thrown
  const calls = gathered.files
    .filter(({ path }) => path.endsWith('.rego'))
    .flatMap((file) => {
      const source = sourceOf(file)
      return rulesOf(source).flatMap(({ tokens }) =>
        callsIn(tokens, (name) => refused.has(name)).flatMap((at) => {
          const token = tokens[at]
          return token === undefined
            ? []
            : [issueAt(file.path, token, `calls ${token.text}: leave out what needs it`)]
        }),
      )
    })
  return bundleInvalid(thrown.message, placed(calls, gathered))
}
