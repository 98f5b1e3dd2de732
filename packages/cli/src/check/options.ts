import { Option, type Command } from 'commander'
import { examples, tenantOption, textOf, timeoutOption, type Building } from '../command-line.ts'
import { formats } from './format-names.ts'
import type { CheckFlags } from './settle.ts'

const more = `
Reads Kubernetes manifests (YAML or JSON, any number of documents in a file, Helm and Kustomize output), GitHub workflows,
Dockerfiles, OpenAPI 3 documents and Terraform plans (\`terraform show -json\`), and judges all of them as one change set.
Folders are read whole, but for .git and node_modules. Templates and patches are skipped, with a hint; files of other
formats are counted.

A writ.yaml at the root of the repository sets defaults: environment, service, policies, data, server, format, and what to
ignore. A flag of the same name wins, and the file has a schema (docs/reference/writ-yaml.md).

--data lays settings of your own over those of the policies, as opa merges data: {settings: {config: {kubernetes:
{image_registries: [registry.example/shop]}}}}. Tables are merged, null removes an entry, all else is replaced; {add: [...],
remove: [...]} changes a list. The page of a rule names its settings.

Without --server it works on this machine and records nothing. With --server the service judges by its own policies and
waivers, and records the decision.

--format json prints {allowed, files: [{file, format, findings: [{rule, title, severity, effect, message, remediation, line,
pointer, resource, part, waiver, waivable_by}]}], errors: [{file, line, message}], skipped: [{file, hint}]}, with --data also
settings: {files, digest}. A finding about no file in particular is listed under the file null.

A comment \`# writ:ignore RULE REASON\` in a file excuses nothing: it is shown as a request for a waiver, with the command that
grants it. In JSON it is waiver_request: {line, reason, command} of the finding; one that asks for nothing is in hints.

--format sarif is SARIF 2.1.0 for code scanning, --format junit a test report in which only what blocks fails, --format table
the table of conftest.

Exit codes: 0 allowed, 1 a policy does not allow it, 2 a mistake in the usage or the input, 3 service or machine.
A denial outranks a mistake in the input; a file that cannot be read or judged means that nothing is allowed.
`

const samples = examples([
  ['A folder, as it would go to production', 'writ check deploy/ --environment production'],
  ['What Helm renders', 'helm template charts/shop | writ check -'],
  ['What Kustomize builds', 'kustomize build overlays/production | writ check -'],
  [
    'Begin in an old repository: only what is new fails',
    'writ check . --write-baseline writ-baseline.json\n  $ writ check . --baseline writ-baseline.json',
  ],
  ['With the registries and exemptions of your own', 'writ check . --data writ-settings.yaml'],
  [
    'Only what a pull request touches, saved or committed',
    'writ check . --changed-since origin/main',
  ],
  ['In GitHub Actions, with marks in the pull request', 'writ check . --format github'],
  [
    'Recorded, with the waivers that were granted',
    'writ check deploy/ --environment production --server http://127.0.0.1:7171',
  ],
])

export function addCheck({ program, desk, run }: Building): void {
  const command = program
    .command('check')
    .summary('judge manifests and workflows before they are applied')
    .description(
      'Judge Kubernetes manifests, GitHub workflows, Dockerfiles, OpenAPI documents and Terraform plans.',
    )
    .argument('<paths...>', 'files and folders; - is standard input')
  addOutput(addJudges(addScope(command), desk))
    .addHelpText('after', more)
    .addHelpText('after', samples)
    .action((paths: readonly string[], flags: CheckFlags) =>
      run(async () => (await import('./command.ts')).check(paths, flags, desk)),
    )
}

/** What is judged, and as what. */
function addScope(command: Command): Command {
  return command
    .option('--environment <name>', 'where it goes: levels differ by environment', textOf)
    .option('--service <name>', 'the service that it belongs to', textOf)
    .option(
      '--repository <name>',
      'what is being changed; by default the git remote, else the folder’s name',
      textOf,
    )
    .option(
      '--changed-since <revision>',
      'only files that differ from where the branch left this commit',
      textOf,
    )
    .option(
      '--baseline <file>',
      'findings that are known: they are shown, and fail nothing',
      textOf,
    )
    .option('--write-baseline <file>', 'record every finding of now as known', textOf)
}

/** Who judges. */
function addJudges(command: Command, { env }: Building['desk']): Command {
  return command
    .option('--policies <folder>', 'policies of your own, in place of the shipped ones', textOf)
    .option(
      '--data <path>',
      'settings of your own over those of the policies: a file or folder, as often as you like',
      pathsOf,
    )
    .addOption(new Option('--server <url>', 'have a service judge and record it').argParser(textOf))
    .addOption(tenantOption(env))
    .addOption(timeoutOption())
}

function pathsOf(path: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, textOf(path)]
}

function addOutput(command: Command): Command {
  const what = 'how to print the result (default: "text")'
  return command
    .option('--config <file>', 'defaults from this file, in place of writ.yaml', textOf)
    .option('--no-config', 'no defaults: leave writ.yaml out')
    .addOption(new Option('--format <format>', what).choices(formats))
    .option('--no-color', 'no colours (also NO_COLOR)')
}
