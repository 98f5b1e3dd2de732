import { execFileSync } from 'node:child_process'
import { opaVersion } from '@writ/compiler'
import { known } from '../differential/known.ts'
import { excludedBuiltins, hostBuiltins, type GoBuiltins } from '@writ/rego'

export const builtinsPagePath = 'docs/reference/builtins.md'

/** What OPA's compiler makes of these, so that nothing asks for them when a policy runs. */
const compiledAway: ReadonlySet<string> = new Set([
  'assign',
  'eq',
  'internal.print',
  'internal.test_case',
  'print',
  'rego.metadata.chain',
  'rego.metadata.rule',
])

/** `docs/reference/builtins.md`, whole: every builtin of OPA, and what answers it here. */
export function builtinsPageOf(opa: string, go: GoBuiltins): string {
  const where: { readonly [name: string]: string } = JSON.parse(
    execFileSync(opa, ['exact-builtins'], { encoding: 'utf8' }),
  )
  const rows = Object.entries(where).map(
    ([name, answers]) => `| \`${name}\` | ${tierOf(name, answers, go)} |`,
  )
  const differences = known.map(
    ({ names, why }) => `- ${names.map((name) => `\`${name}\``).join(', ')}: ${why}.`,
  )
  return [
    '# Builtins',
    `Every builtin of OPA ${opaVersion}, and what answers it in a policy that Writ builds. [How exact that is](conformance.md).`,
    [
      '- **module**: OPA’s own code, compiled into the policy.',
      '- **TypeScript**: a form of the host’s own, proven against OPA’s by `npm run differential`.',
      '- **module, TypeScript**: the module where its code does what OPA does, the host in all else: an empty search, a number that is no integer, a set that is printed.',
      '- **Go**: OPA’s own Go code, as a second WebAssembly module that is loaded only where a policy asks for one of these. `writ policy eval` and `writ policy build` have it; a pack may not use them yet.',
      '- **excluded**: refused when a policy is built.',
      '- **compiler**: gone when a policy runs.',
    ].join('\n'),
    ['| builtin | answered by |', '| --- | --- |', ...rows].join('\n'),
    '## Where a module still differs',
    'What `npm run differential` leaves out, so nothing is found there that is not known:',
    differences.join('\n'),
    '',
  ].join('\n\n')
}

function tierOf(name: string, answers: string, go: GoBuiltins): string {
  const reason = excludedBuiltins.get(name)
  if (reason !== undefined) return `excluded: ${reason}`
  if (compiledAway.has(name)) return 'compiler'
  if (answers === 'module') return 'module'
  if (hostBuiltins.includes(name)) return answers === 'both' ? 'module, TypeScript' : 'TypeScript'
  if (go.names.has(name)) return 'Go'
  throw new Error(`nothing answers ${name}`)
}
