import { InvalidArgumentError, Option } from 'commander'
import { examples, timeoutOption, type Building } from '../command-line.ts'
import type { ConnectOptions } from './command.ts'

const description = `
Listens on this machine only, signs what it is asked with the AWS credentials of the environment, and passes it on: so the
pages of a deployment open in a browser, and every command reaches it by --server. Whoever can run programs on this machine
can ask through it for as long as it runs. End it by Ctrl-C.`

export function addConnect({ program, desk, run }: Building): void {
  program
    .command('connect')
    .summary('reach a deployment on AWS from this machine')
    .description(description.trim())
    .argument('<address>', 'what sst deploy printed: https://….execute-api.REGION.amazonaws.com')
    .addOption(
      new Option('--port <number>', 'where to listen; 0 takes any').argParser(portOf).default(7272),
    )
    .addOption(timeoutOption())
    .addHelpText(
      'after',
      examples([
        ['Credentials of a profile', 'eval "$(aws configure export-credentials --format env)"'],
        [
          'The pages of a deployment, at http://127.0.0.1:7272/',
          'writ connect https://abc123.execute-api.eu-west-1.amazonaws.com',
        ],
        ['A command that asks it', 'writ explain dec_01k… --server http://127.0.0.1:7272'],
      ]),
    )
    .action((address: string, options: ConnectOptions) =>
      run(async () => (await import('./command.ts')).connect(address, options, desk)),
    )
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^[0-9]{1,5}$/.test(text) && port <= 65_535) return port
  throw new InvalidArgumentError('It is a number from 0 to 65535.')
}
