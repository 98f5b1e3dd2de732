import type { Command } from 'commander'
import {
  examples,
  formatOption,
  listOf,
  regoVersionOption,
  textOf,
  type Building,
} from '../command-line.ts'
import type { LintOptions } from './lint.ts'

export function addLint(group: Command, { desk, run }: Building): void {
  group
    .command('lint')
    .summary('find what is wrong with policies before anybody asks them')
    .description(
      `Hold policies against each gate that needs no test: the format of opa fmt, OPA's strict check with the schemas and
capabilities of a pack, Regal, and lints for what is wrong, slow or impossible to replay once it is compiled. Each lint has
its page in docs/reference/lints/. With PATHS, any Rego is looked at.`,
    )
    .argument('[paths...]', 'files and folders of any Rego')
    .option('--policies <folder>', 'the policies; by default the shipped ones', textOf)
    .addOption(regoVersionOption())
    .option(
      '--skip <names>',
      'lints to leave out, such as no-metadata; regal leaves out Regal',
      listOf,
    )
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      `${examples([
        ['Your own policies', 'writ policy lint --policies my-policies'],
        ['Any Rego', 'writ policy lint rego/ --skip no-metadata,regal'],
      ])}
Exit codes: 0 nothing was found, 1 something was, 2 a mistake in the usage, 3 the machine, such as no Go to build Regal with.
`,
    )
    .action((paths: readonly string[], options: LintOptions) =>
      run(async () => (await import('./lint.ts')).lintPolicies(paths, options, desk)),
    )
}
