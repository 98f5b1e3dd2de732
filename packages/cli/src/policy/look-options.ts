import type { Command } from 'commander'
import { examples, formatOption, type Building } from '../command-line.ts'
import type { InspectOptions } from './inspect.ts'

/** What bundles hold. */
export function addLook(group: Command, { desk, run }: Building): void {
  group
    .command('inspect')
    .summary('what a bundle holds')
    .description(
      `Say what a bundle holds: its revision and digest, its policies and entrypoints, the builtins it needs and where they run,
its sizes, its signature, and the fuel that one evaluation may burn. Nothing is checked: verify does that.`,
    )
    .argument('<bundle>', 'a bundle.tar.gz, the folder of a built pack, or a folder of policies')
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      examples([
        ['A bundle of any Rego', 'writ policy inspect bundle.tar.gz'],
        ['Your own policies', 'writ policy inspect my-policies --format json'],
      ]),
    )
    .action((bundle: string, options: InspectOptions) =>
      run(async () => (await import('./inspect.ts')).inspectPolicy(bundle, options, desk)),
    )
}
