import type { Command } from 'commander'
import { examples, formatOption, textOf, type Building } from '../command-line.ts'
import type { MonitorOptions } from './monitor.ts'
import type { ReceiptOptions } from './receipt.ts'
import { addWhere, codes } from './where-options.ts'

export function addMonitor(group: Command, { desk, run }: Building): void {
  const command = group
    .command('monitor')
    .summary('see that the log only grew since the last time')
    .description(
      'Compare the checkpoint of a log with the one that was kept, by proof, and keep the new one: for a job that runs now and then.',
    )
  addWhere(command, desk)
    .option('--folder <folder>', 'the folder of an export', textOf)
    .requiredOption('--state <file>', 'what was seen last; made at the first time', textOf)
    .option('--policy <file>', 'whom to trust; else the key that came with the ledger', textOf)
    .option(
      '--receipts <folder>',
      'answers or receipts that were kept: the log must have their records',
      textOf,
    )
    .option('--key <file>', 'the key that signed the receipts, such as receipts.vkey', textOf)
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      examples([
        [
          'Each hour, from another machine than the service’s',
          'writ audit monitor --server http://127.0.0.1:7171 --policy trust.policy --state seen.checkpoint',
        ],
        [
          'And that the records are there that answers have promised',
          'writ audit monitor --server http://127.0.0.1:7171 --policy trust.policy --state seen.checkpoint \\\n' +
            '      --receipts answers --key receipts.vkey',
        ],
      ]) + codes,
    )
    .action((options: MonitorOptions) =>
      run(async () => (await import('./monitor.ts')).monitor(options, desk)),
    )
}

export function addReceipt(group: Command, { desk, run }: Building): void {
  const command = group
    .command('receipt')
    .summary('check the receipt of an answer')
    .description('Receipts: what is promised with an answer before its record is sealed.')
    .command('verify')
    .description(
      'Check that a receipt is signed and is of its answer and, where a log is named, that the record has its place there.',
    )
    .argument('<file>', 'an answer as it was received, or the receipt out of it')
  addWhere(command, desk)
    .option('--folder <folder>', 'the folder of an export', textOf)
    .requiredOption('--key <file>', 'the key that signs receipts, such as receipts.vkey', textOf)
    .option('--policy <file>', 'whom to trust; else the key that came with the ledger', textOf)
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      examples([
        [
          'The answer that a pipeline kept',
          'writ audit receipt verify answer.json --key receipts.vkey',
        ],
        [
          'And whether its record is in the log',
          'writ audit receipt verify answer.json --key receipts.vkey --server http://127.0.0.1:7171 --policy trust.policy',
        ],
      ]) + codes,
    )
    .action((file: string, options: ReceiptOptions) =>
      run(async () => (await import('./receipt.ts')).verifyReceipt(file, options, desk)),
    )
}
