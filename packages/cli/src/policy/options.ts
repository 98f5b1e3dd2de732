import { examples, textOf, type Building } from '../command-line.ts'
import type { BuildOptions, TestOptions } from './command.ts'

export function addPolicy({ program, desk, run }: Building): void {
  const group = program
    .command('policy')
    .summary('build and test policies')
    .description('Work on policies: Rego rules, their settings, and how strictly they are held.')
  group
    .command('build')
    .summary('check a folder of policies and compile it')
    .description(
      'Check a folder of policies strictly and compile it. Every mistake is named with its file and line.',
    )
    .option('--policies <folder>', 'the policies; by default the shipped ones', textOf)
    .option('--output <folder>', 'where to write the bundle’s files', textOf)
    .addHelpText(
      'after',
      examples([
        ['Your own policies', 'writ policy build --policies my-policies'],
        ['With the bundle as files', 'writ policy build --policies my-policies --output bundle/'],
      ]),
    )
    .action((options: BuildOptions) =>
      run(async () => (await import('./command.ts')).buildPolicies(options, desk)),
    )
  group
    .command('test')
    .summary('run the tests beside the policies')
    .description(
      'Run the tests beside the policies (_test.rego), and say which lines no test reaches.',
    )
    .option('--policies <folder>', 'the policies; by default the shipped ones', textOf)
    .addHelpText(
      'after',
      examples([['Your own policies', 'writ policy test --policies my-policies']]),
    )
    .action((options: TestOptions) =>
      run(async () => (await import('./command.ts')).testPolicies(options, desk)),
    )
}
