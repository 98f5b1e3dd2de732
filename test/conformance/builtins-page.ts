import { opaVersion } from '@writ/compiler'
import { known, knownOfPolicies } from '../differential/known.ts'
import type { GoBuiltins } from '@writ/rego'
import { tiersUnder } from './builtins-table.ts'

export const builtinsPagePath = 'docs/reference/builtins.md'

/** `docs/reference/builtins.md`, whole: every builtin of OPA, and what answers it here. */
export function builtinsPageOf(opa: string, go: GoBuiltins): string {
  const rows = [...tiersUnder(opa, go)].map(([name, tier]) => `| \`${name}\` | ${tier} |`)
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
      '- **Go**: OPA’s own Go code, as a second WebAssembly module that is loaded only where a policy asks for one of these. A bundle that needs it holds it, [27 MB](../decisions/0019-opas-go-is-in-the-bundle.md).',
      '- **excluded**: refused when a policy is built.',
      '- **compiler**: gone when a policy runs.',
    ].join('\n'),
    'What a pack may use stands in its `capabilities.json`. The one of the shipped pack is made of this table: all but what is excluded, what OPA gave up before 1.0, and what gives another value tomorrow (`time.now_ns`, what draws or signs at random).',
    ['| builtin | answered by |', '| --- | --- |', ...rows].join('\n'),
    '## Where a module still differs',
    'What `npm run differential` leaves out, so nothing is found there that is not known:',
    differences.join('\n'),
    'In random policies, which `npm run differential -- --builtins 0 --policies 100000 --seed 1` draws, evaluates in a module and by OPA, and shrinks where the two disagree:',
    knownOfPolicies.map((known) => `- ${known}`).join('\n'),
    '',
  ].join('\n\n')
}
