import { InvalidArgumentError, type Command } from 'commander'
import { examples, formatOption, textOf, type Building } from '../command-line.ts'
import type { ExportOptions } from './export.ts'
import type { FsckOptions } from './fsck.ts'

const codes = `
Exit codes: 0 verified or done, 1 tampering is proven (both statements are printed), 2 cannot be verified, 3 a mistake in
the usage.
`

export function addAudit(building: Building): void {
  const group = building.program
    .command('audit')
    .summary('export the records, and prove that they are whole')
    .description(
      'Check the ledger without trusting who keeps it: every record, and that none was changed, removed or put in.',
    )
    .addHelpText('after', codes)
  addExport(group, building)
  addFsck(group, building)
}

function addExport(group: Command, { desk, run }: Building): void {
  group
    .command('export')
    .summary('write the ledger to a folder that anybody can check')
    .description(
      'Write the whole log, and the records of a time, to a new folder: C2SP tlog-tiles, and a line of JSON a record.',
    )
    .argument('<folder>', 'a new or empty folder')
    .option('--data <folder>', 'the data folder of a house, which may be running', textOf)
    .option('--from <instant>', 'only records from then on, such as 2026-01-01', instantOf)
    .option('--to <instant>', 'only records before then', instantOf)
    .addHelpText(
      'after',
      examples([
        ['Everything', 'writ audit export ledger --data .writ'],
        [
          'What was recorded in a quarter; the log is whole all the same',
          'writ audit export q1 --data .writ --from 2026-01-01 --to 2026-04-01',
        ],
      ]) + codes,
    )
    .action((folder: string, options: ExportOptions) =>
      run(async () => (await import('./export.ts')).exportLedger(folder, options, desk)),
    )
}

function addFsck(group: Command, { desk, run }: Building): void {
  group
    .command('fsck')
    .summary('check a whole ledger')
    .description(
      'Check every entry, tile and record of a ledger: that each is what was signed, and none is missing, doubled or foreign.',
    )
    .argument('[folder]', 'a folder that was exported')
    .option('--data <folder>', 'the data folder of a house, which may be running', textOf)
    .option('--policy <file>', 'whom to trust; else the key that came with the ledger', textOf)
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      examples([
        [
          'A folder from an operator, by a key of one’s own',
          'writ audit fsck ledger --policy trust.policy',
        ],
        ['The store of the house here', 'writ audit fsck --data .writ'],
      ]) + codes,
    )
    .action((folder: string | undefined, options: FsckOptions) =>
      run(async () => (await import('./fsck.ts')).fsck(folder, options, desk)),
    )
}

/** A day, or an instant of RFC 3339; as the ledger writes instants. */
function instantOf(text: string): string {
  const [, day = '', time = 'T00:00:00Z'] = instantForm.exec(text) ?? []
  const midnight = new Date(`${day}T00:00:00Z`)
  const at = new Date(`${day}${time}`)
  // JavaScript takes the 30th of February for the 2nd of March.
  if (Number.isNaN(at.getTime()) || !midnight.toISOString().startsWith(day))
    throw new InvalidArgumentError('It looks like 2026-01-31 or 2026-01-31T12:00:00Z.')
  return at.toISOString()
}

const instantForm = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/
