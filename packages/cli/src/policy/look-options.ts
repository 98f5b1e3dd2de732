import type { Command } from 'commander'
import { examples, formatOption, textOf, type Building } from '../command-line.ts'
import type { DiffOptions } from './diff.ts'
import type { InspectOptions } from './inspect.ts'

/** What bundles hold. */
export function addLook(group: Command, building: Building): void {
  addInspect(group, building)
  addDiff(group, building)
}

function addDiff(group: Command, { desk, run }: Building): void {
  group
    .command('diff')
    .summary('what differs between two bundles')
    .description(
      `Say what differs between two bundles: rules added, removed and changed, their levels in each environment, data value by
value, builtins and entrypoints. Where a pack has its sources, every case is judged by both, and what is judged otherwise is
named.`,
    )
    .argument('<before>', 'a bundle.tar.gz, the folder of a built pack, or a folder of policies')
    .argument('<after>', 'another of the same form')
    .option(
      '--inputs <file>',
      'of any Rego: inputs (NDJSON) that both are asked, at each entrypoint that both have',
      textOf,
    )
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      `${examples([
        ['What an edit changes', 'writ policy diff built/ my-policies'],
        [
          'What becomes of yesterday',
          'writ policy diff old.tar.gz new.tar.gz --inputs yesterday.ndjson',
        ],
        ['For a program', 'writ policy diff old.tar.gz new.tar.gz --format json'],
      ])}
Exit codes: 0 nothing differs, 1 something does, 2 a mistake in the usage or a bundle, 3 the machine.
`,
    )
    .action((before: string, after: string, options: DiffOptions) =>
      run(async () =>
        (await import('./diff.ts')).diffPolicies(before, after, { ...options, desk }),
      ),
    )
}

function addInspect(group: Command, { desk, run }: Building): void {
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
