import { addService, examples, formatOption, type Building } from '../command-line.ts'
import type { ExplainOptions } from './command.ts'

export function addExplain({ program, desk, run }: Building): void {
  const command = program
    .command('explain')
    .summary('read a recorded decision in full')
    .description(
      'Who asked what, by which policies it was decided, what each rule said, and what to do next.',
    )
    .argument('<decision>', 'its id, dec_…, or its address')
  addService(command, desk)
    .addOption(formatOption(['text', 'json']))
    .option('--no-color', 'no colours (also NO_COLOR)')
    .addHelpText(
      'after',
      examples([
        ['By its id', 'writ explain dec_01k…'],
        [
          'By its address, as a command printed it',
          'writ explain http://127.0.0.1:7171/decisions/dec_01k…',
        ],
      ]),
    )
    .action((decision: string, options: ExplainOptions) =>
      run(async () => (await import('./command.ts')).explain(decision, options, desk)),
    )
}
