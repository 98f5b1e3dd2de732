import type { Command } from 'commander'
import {
  examples,
  formatOption,
  percentOf,
  regoVersionOption,
  textOf,
  type Building,
} from '../command-line.ts'
import type { TestOptions } from './test.ts'

export function addTest(group: Command, { desk, run }: Building): void {
  group
    .command('test')
    .summary('run the tests beside the policies')
    .description(
      `Run the tests beside the policies (_test.rego), and say which lines no test reaches; then
ask each case (.cases.yaml) of the compiled rules, and of OPA. With PATHS, run the tests of any Rego.`,
    )
    .argument('[paths...]', 'files and folders of any Rego, with their tests')
    .option('--policies <folder>', 'the policies; by default the shipped ones', textOf)
    .addOption(regoVersionOption())
    .option('--threshold <percent>', 'how much of each file the tests must reach', percentOf)
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      `${examples([
        ['Your own policies', 'writ policy test --policies my-policies'],
        ['Every line must be reached', 'writ policy test --policies my-policies --threshold 100'],
        ['Any Rego', 'writ policy test rego/ --format json'],
      ])}
Exit codes: 0 all passed and reach what they must, 1 a test failed or too little is reached, 2 a mistake in the usage or in
what is tested, 3 the machine.
`,
    )
    .action((paths: readonly string[], options: TestOptions) =>
      run(async () => (await import('./test.ts')).testPolicies(paths, options, desk)),
    )
}
