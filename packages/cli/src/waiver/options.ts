import { Command, Option } from 'commander'
import { waiverCategories } from '@writ/domain'
import {
  addService,
  examples,
  formatOption,
  referenceOf,
  textOf,
  type Building,
} from '../command-line.ts'
import type { GrantOptions, WaiverOptions } from './command.ts'

export function addWaiver(building: Building): void {
  const group = building.program
    .command('waiver')
    .summary('grant, list and revoke exceptions')
    .description(
      'Exceptions from rules that are soft mandatory: for one finding, for a reason, until a date.',
    )
  addGrant(group, building)
  addList(group, building)
  addRevoke(group, building)
}

function addGrant(group: Command, { desk, run }: Building): void {
  const command = group
    .command('grant')
    .summary('excuse one finding until a date')
    .description(
      'Excuse one finding until a date. It matches by equality, part by part, and hides no verdict.',
    )
  addService(addReasons(addScope(command)), desk)
    .addOption(formatOption(['text', 'json']))
    .addHelpText('after', grantExamples)
    .action((options: GrantOptions) =>
      run(async () => (await import('./command.ts')).grantWaiver(options, desk)),
    )
}

function addScope(command: Command): Command {
  return command
    .requiredOption('--rule <id>', 'the rule', textOf)
    .requiredOption('--resource <type/id>', 'the resource of the request', referenceOf)
    .option('--environment <name>', 'where it holds', textOf)
    .option(
      '--document-type <type>',
      'the document: its type, such as kubernetes/Deployment.apps',
      textOf,
    )
    .option('--document-id <id>', 'the document: its id, such as shop/checkout', textOf)
    .option('--document-path <path>', 'the document: its file', textOf)
    .option('--part <name>', 'the part that the finding names, such as a container', textOf)
}

function addReasons(command: Command): Command {
  return command
    .addOption(
      new Option('--category <category>', 'the risk is carried, or dealt with elsewhere')
        .choices(waiverCategories)
        .default('waiver'),
    )
    .requiredOption('--reason <text>', 'why', textOf)
    .requiredOption('--requested-by <name>', 'who asks for it', textOf)
    .requiredOption('--approved-by <name>', 'who grants it: somebody else', textOf)
    .requiredOption('--expires <instant>', 'until when, such as 2027-01-31T00:00:00Z', textOf)
}

const grantExamples = examples([
  [
    'A hotfix without the second approval',
    'writ waiver grant --rule deploy.approvals --environment production \\\n' +
      "      --resource service/checkout --reason 'Hotfix, reviewed by phone' \\\n" +
      '      --requested-by alice --approved-by grace --expires 2027-01-31T00:00:00Z',
  ],
])

function addList(group: Command, { desk, run }: Building): void {
  addService(
    group.command('list').description('The waivers that were granted, newest first.'),
    desk,
  )
    .addOption(formatOption(['text', 'json']))
    .addHelpText('after', examples([['All of them', 'writ waiver list']]))
    .action((options: WaiverOptions) =>
      run(async () => (await import('./command.ts')).listWaivers(options, desk)),
    )
}

function addRevoke(group: Command, { desk, run }: Building): void {
  const command = group
    .command('revoke')
    .description('End a waiver now. Decisions that it was used in keep it.')
    .argument('<waiver>', 'its id, wvr_…')
  addService(command, desk)
    .addOption(formatOption(['text', 'json']))
    .addHelpText('after', examples([['One of the list', 'writ waiver revoke wvr_01k…']]))
    .action((id: string, options: WaiverOptions) =>
      run(async () => (await import('./command.ts')).revokeWaiver(id, options, desk)),
    )
}
