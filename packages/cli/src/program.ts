import { Command } from 'commander'
import { addAudit } from './audit/options.ts'
import { addCheck } from './check/options.ts'
import { examples, type Building, type Run } from './command-line.ts'
import { addConnect } from './connect/options.ts'
import { addDecide } from './decide/options.ts'
import type { Desk } from './desk.ts'
import { addExplain } from './explain/options.ts'
import { addPolicy } from './policy/options.ts'
import { addWaiver } from './waiver/options.ts'

const version = '0.1.0'

const help = `
Exit codes: 0 allowed or done, 1 a policy does not allow it (or a test failed), 2 a mistake in the usage or the input,
3 service or machine. Those of writ audit are its own: see writ audit --help.
`

/** The whole command line. Nothing heavy is loaded before a command needs it. */
export function createProgram(desk: Desk, run: Run): Command {
  const program = new Command('writ')
    .description(
      'Decide by policy whether a deploy, an access or a change of configuration may go ahead.',
    )
    .helpCommand('help [command]', 'show the help of a command')
    .version(version, '-V, --version', 'the version of writ')
    .showHelpAfterError('Add --help to see how it is used.')
    .showSuggestionAfterError(true)
    .enablePositionalOptions()
    .configureOutput({
      writeOut: desk.out,
      writeErr: desk.err,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      getOutHelpWidth: () => 120,
      getErrHelpWidth: () => 120,
      outputError: (text, write) => write(text.replace(/^error: /, 'writ: ')),
    })
    .exitOverride()
  const building = { program, desk, run }
  addAudit(building)
  addCheck(building)
  addConnect(building)
  addDecide(building)
  addExplain(building)
  addPolicy(building)
  addWaiver(building)
  addOpa(building)
  return program.addHelpText('after', help).addHelpText('after', programExamples)
}

/** Named here for the help only: its arguments never come this way. */
function addOpa({ program }: Building): void {
  program
    .command('opa')
    .summary('the embedded opa command, whole')
    .description('Everything after opa goes to OPA itself, unread: try writ opa --help.')
    .argument('[arguments...]')
    .helpOption(false)
}

const programExamples = examples([
  ['Check manifests before they are applied', 'writ check deploy/ --environment production'],
  ['Ask whether a deploy may go ahead', 'writ decide deploy --file request.json'],
  ['Read why', 'writ explain dec_01k…'],
])
