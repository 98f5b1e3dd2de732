import { Option, type Command } from 'commander'
import { kinds } from '@writ/domain'
import { examples, formatOption, textOf, type Building } from '../command-line.ts'
import { addBuild, addEval } from './bundle-options.ts'
import { addLint } from './lint-options.ts'
import type { ListOptions } from './list.ts'
import type { ShowOptions } from './show.ts'
import { addLook } from './look-options.ts'
import { addTest } from './test-options.ts'
import { addTrust } from './trust-options.ts'

export function addPolicy(building: Building): void {
  const group = building.program
    .command('policy')
    .summary('read, build and test policies')
    .description('Work on policies: Rego rules, their settings, and how strictly they are held.')
  addList(group, building)
  addShow(group, building)
  addBuild(group, building)
  addLint(group, building)
  addTest(group, building)
  addEval(group, building)
  addLook(group, building)
  addTrust(group, building)
}

function addList(group: Command, { desk, run }: Building): void {
  group
    .command('list')
    .summary('the rules, and how strictly they are held')
    .description('The rules with their severity and their level of today in each environment.')
    .option('--policies <folder>', 'the policies; by default the shipped ones', textOf)
    .addOption(new Option('--kind <kind>', 'only rules of this kind').choices(kinds))
    .option('--control <id>', 'only rules that help with it, such as SOC2-CC6', textOf)
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      examples([
        ['All of them', 'writ policy list'],
        ['What is asked of documents', 'writ policy list --kind config'],
        ['What helps with a control', 'writ policy list --control ISO27001-A.8.32'],
      ]),
    )
    .action((options: ListOptions) =>
      run(async () => (await import('./list.ts')).listPolicies(options, desk)),
    )
}

function addShow(group: Command, { desk, run }: Building): void {
  group
    .command('show')
    .summary('read a rule in full')
    .description(
      'What a rule asks and why, an example, how to fix it, its settings, its levels, and who may waive it.',
    )
    .argument('<rule>', 'its id, such as deploy.approvals')
    .option('--policies <folder>', 'the policies; by default the shipped ones', textOf)
    .addOption(formatOption(['text', 'json']))
    .option('--no-color', 'no colours (also NO_COLOR)')
    .addHelpText(
      'after',
      examples([['The rule that a finding names', 'writ policy show deploy.approvals']]),
    )
    .action((rule: string, options: ShowOptions) =>
      run(async () => (await import('./show.ts')).showPolicy(rule, options, desk)),
    )
}
