import type { Command } from 'commander'
import {
  examples,
  percentOf,
  regoVersionOption,
  repeated,
  textOf,
  wholeNumber,
  type Building,
} from '../command-line.ts'
import { exitCodes } from '../exit-codes.ts'
import type { GateOptions } from './all-gates.ts'
import type { RegoOptions } from './build-rego.ts'
import type { BuildOptions } from './command.ts'
import type { EvalOptions } from './evaluate.ts'

/** Building: a pack of one’s own, or any Rego. */
export function addBuild(group: Command, { desk, run }: Building): void {
  const command = group
    .command('build')
    .summary('check policies and compile them')
    .description(
      `Check a folder of policies strictly and compile it. Every mistake is named with its file and line.
With PATHS, compile any Rego in them, whoever wrote it, into a bundle.tar.gz that OPA reads too: .rego files (tests left
out), and in folders the data.json or data.yaml beside them.`,
    )
    .argument('[paths...]', 'files and folders of any Rego')
    .option('--policies <folder>', 'the policies; by default the shipped ones', textOf)
  addRegoFlags(command)
    .option(
      '-o, --output <path>',
      'the bundle’s file; of a folder of policies, the folder of its files',
      textOf,
    )
    .addHelpText(
      'after',
      examples([
        ['Your own policies', 'writ policy build --policies my-policies'],
        ['Before a release', 'writ policy build --policies my-policies --all-gates'],
        ['With the bundle as files', 'writ policy build --policies my-policies --output bundle/'],
        ['Any Rego', 'writ policy build rego/ -e app/allow -o bundle.tar.gz'],
        ['Of before OPA 1.0', 'writ policy build old/ -e main/deny --rego-version 0 -o old.tar.gz'],
      ]),
    )
    .action((paths: readonly string[], options: BuildOptions & RegoOptions & AllGates) =>
      run(async () => {
        if (options.allGates === true) {
          const { holdAllGates } = await import('./all-gates.ts')
          const held = await holdAllGates(paths, options, desk)
          if (held !== exitCodes.allowed) return held
        }
        if (paths.length === 0) return (await import('./command.ts')).buildPolicies(options, desk)
        return (await import('./build-rego.ts')).buildAnyRego(paths, options, desk)
      }),
    )
}

type AllGates = GateOptions & { readonly allGates?: true }

function addRegoFlags(command: Command): Command {
  return command
    .option(
      '-e, --entrypoint <path>',
      'with paths: a rule or package to be asked, such as app/allow; repeatable',
      repeated,
    )
    .addOption(regoVersionOption())
    .option(
      '--no-gates',
      'without what only gives trust: of paths the strict check and tests, of a pack its cases',
    )
    .option(
      '--all-gates',
      'first everything that lint and test hold: format, strict check, Regal, lints, tests, cases',
    )
    .option(
      '--threshold <percent>',
      'with --all-gates: how much of each file tests must reach; 100 by default',
      percentOf,
    )
    .option('--data <file>', 'with paths: more data, at the root; repeatable', repeated)
    .option('--revision <name>', 'with paths: what the bundle calls itself', textOf)
    .option(
      '--vectors <file>',
      'with paths: golden vectors (NDJSON), answered alike by the module and by OPA',
      textOf,
    )
    .option(
      '--max-seconds <seconds>',
      'how long a module may take to compile; 300 by default',
      wholeNumber,
    )
    .option('--max-module <KB>', 'how large a module may be; 16384 by default', wholeNumber)
}

export function addEval(group: Command, { desk, run }: Building): void {
  group
    .command('eval')
    .summary('evaluate a bundle, as opa eval would')
    .description(
      `Evaluate a bundle that holds WebAssembly, built here or by opa build -t wasm. Each input gives one line of JSON:
{"result": …}, {"undefined": true} or {"error": {"code": …, "message": …}}. - reads standard input. Without --input and --inputs,
what needs no input is evaluated once, and input is undefined.`,
    )
    .argument('<bundle>', 'a bundle.tar.gz')
    .option(
      '--entrypoint <path>',
      'what to ask, such as app/allow; may be left out where there is one',
      textOf,
    )
    .option('--input <file>', 'one input, as JSON', textOf)
    .option('--inputs <file>', 'an input on each line (NDJSON); read as it comes', textOf)
    .option('--data <file>', 'data beside the bundle’s own, as a JSON object', textOf)
    .option('--strict-builtin-errors', 'a builtin that fails is an error, not undefined')
    .addHelpText(
      'after',
      `${examples([
        ['One input', 'writ policy eval bundle.tar.gz --entrypoint app/allow --input request.json'],
        ['Many', 'writ policy eval bundle.tar.gz --entrypoint app/allow --inputs requests.ndjson'],
        [
          'From another command',
          'jq -c .items[] list.json | writ policy eval bundle.tar.gz --inputs -',
        ],
      ])}
Exit codes: 0 each input has a result or is undefined, 1 an evaluation met an error, 2 a mistake in the usage or the bundle,
3 the machine.
`,
    )
    .action((bundle: string, options: EvalOptions) =>
      run(async () => (await import('./evaluate.ts')).evalPolicy(bundle, options, desk)),
    )
}
