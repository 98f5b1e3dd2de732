import { Command, Option } from 'commander'
import {
  addService,
  dutyOf,
  examples,
  formatOption,
  listOf,
  referenceOf,
  textOf,
  type Building,
} from '../command-line.ts'
import type { DecideOptions } from './command.ts'
import type { AccessFlags, DeployFlags } from './request.ts'

const exits = `
Exit codes: 0 allowed, 1 not allowed, 2 a mistake in the usage or the request, 3 the service gave no answer.
`

export function addDecide(building: Building): void {
  const group = building.program
    .command('decide')
    .summary('ask a service for a recorded decision')
    .description('Ask a service whether something may go ahead. The decision is recorded.')
  addDeploy(group, building)
  addAccess(group, building)
}

function addDeploy(group: Command, { desk, run }: Building): void {
  const command = group
    .command('deploy')
    .summary('may this artifact go to this environment?')
    .description(
      'May this artifact go to this environment? What you leave out counts as not known.',
    )
  addAnswer(addService(addDeployFacts(command), desk))
    .addHelpText('after', exits)
    .addHelpText('after', deployExamples)
    .action((flags: DeployFlags & DecideOptions) =>
      run(async () => (await import('./command.ts')).decideDeploy(flags, desk)),
    )
}

function addDeployFacts(command: Command): Command {
  return command
    .addOption(fileOption(deployFlags))
    .option('--service <name>', 'what is deployed', textOf)
    .option('--environment <name>', 'where to', textOf)
    .option('--image <reference>', 'the image as it is deployed', textOf)
    .option('--digest <digest>', 'the digest of its content, sha256:…', textOf)
    .option('--repository <name>', 'where its code is', textOf)
    .option('--commit <commit>', 'the commit that it was built from', textOf)
    .option('--pull-request <number>', 'the pull request of the change', textOf)
    .option('--author <name>', 'who wrote the change', textOf)
    .option('--approved-by <names>', 'who approved that commit: alice,bob', listOf)
    .option('--correlation <id>', 'an id of your own to find the decision by', textOf)
}

const deployExamples = examples([
  ['A request from a file', 'writ decide deploy --file examples/requests/deploy-denied.json'],
  [
    'The same in flags',
    'writ decide deploy --service checkout --environment production \\\n' +
      '      --image registry.example/checkout@sha256:… --digest sha256:… \\\n' +
      '      --commit 9f86d08… --author alice --approved-by bob,carol',
  ],
  ['In a script', 'writ decide deploy --file request.json --format json | jq -r .outcome'],
])

function addAccess(group: Command, { desk, run }: Building): void {
  const command = group
    .command('access')
    .summary('may this person do this to that?')
    .description('May this person do this to that? What you leave out counts as not known.')
    .addOption(fileOption(accessFlags))
    .option('--subject <type/id>', 'who asks', referenceOf)
    .option('--role <names>', 'the roles that they hold', listOf)
    .option('--action <name>', 'what they want to do', textOf)
    .option('--resource <type/id>', 'what they want to do it to', referenceOf)
    .option('--environment <name>', 'where it takes effect', textOf)
    .option('--duty <duty=name>', 'who did what before on it; none: nobody did any', dutyOf)
    .option('--justification <text>', 'why', textOf)
    .option('--correlation <id>', 'an id of your own to find the decision by', textOf)
  addAnswer(addService(command, desk))
    .addHelpText('after', exits)
    .addHelpText(
      'after',
      examples([
        [
          'May Alice, who is on call, restart checkout?',
          'writ decide access --subject user/alice --role on-call --action restart \\\n' +
            '      --resource service/checkout --environment production --duty none',
        ],
        [
          'A request from a file',
          'writ decide access --file examples/requests/access-allowed.json',
        ],
      ]),
    )
    .action((flags: AccessFlags & DecideOptions) =>
      run(async () => (await import('./command.ts')).decideAccess(flags, desk)),
    )
}

const deployFlags = ['service', 'environment', 'image', 'digest', 'repository', 'commit', 'pullRequest', 'author', 'approvedBy', 'correlation'] // prettier-ignore
const accessFlags = [
  'subject',
  'role',
  'action',
  'resource',
  'environment',
  'duty',
  'justification',
  'correlation',
]

/** A request comes from a file or from flags: of a mixture nobody could say what was asked. */
function fileOption(flags: string[]): Option {
  return new Option(
    '--file <path>',
    'the whole request as JSON, in place of flags; - is standard input',
  )
    .argParser(textOf)
    .conflicts(flags)
}

function addAnswer(command: Command): Command {
  return command
    .option(
      '--idempotency-key <key>',
      'names this attempt: the same key gets the same answer for ever',
      textOf,
    )
    .option('--save <path>', 'keep the answer with its receipt, as the service sent it', textOf)
    .addOption(formatOption(['text', 'json']))
    .option('--no-color', 'no colours (also NO_COLOR)')
}
