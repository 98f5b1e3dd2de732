import { InvalidArgumentError, Option, type Command } from 'commander'
import { addService, examples, formatOption, textOf, type Building } from '../command-line.ts'
import type { EraseOptions } from './erase.ts'
import type { EvidenceOptions } from './evidence.ts'
import type { ExportOptions } from './export.ts'
import type { FsckOptions } from './fsck.ts'
import type { ImportOptions } from './import.ts'
import { addWhere, codes } from './where-options.ts'
import { addMonitor, addReceipt } from './watch-options.ts'
import type { ProveOptions } from './prove.ts'
import type { ReplayOptions } from './replay.ts'
import type { VerifyOptions } from './verify.ts'

export function addAudit(building: Building): void {
  const group = building.program
    .command('audit')
    .summary('export the records, and prove that they are whole')
    .description(
      'Check the ledger without trusting who keeps it: every record, and that none was changed, removed or put in.',
    )
    .addHelpText('after', codes)
  addExport(group, building)
  addEvidence(group, building)
  addFsck(group, building)
  addProve(group, building)
  addVerify(group, building)
  addMonitor(group, building)
  addImport(group, building)
  addReplay(group, building)
  addReceipt(group, building)
  addErase(group, building)
}

function addExport(group: Command, { desk, run }: Building): void {
  const command = group
    .command('export')
    .summary('write the ledger to a folder that anybody can check, or its records as a table')
    .description(
      'Write the whole log, and the records of a time, to a new folder: C2SP tlog-tiles, and a line of JSON a record. Or the records alone, for other programs.',
    )
    .argument('<target>', 'a new folder; with another format a new file, or - for standard output')
  addWhere(command, desk)
    .option('--folder <folder>', 'the folder of an export', textOf)
    .addOption(
      new Option('--format <format>', 'a folder to be checked, or records for other programs')
        .choices(['folder', 'ndjson', 'csv', 'ocsf'])
        .default('folder'),
    )
    .option('--policy <file>', 'whom to trust; else the key that came with the ledger', textOf)
    .option('--from <instant>', 'only records from then on, such as 2026-01-01', instantOf)
    .option('--to <instant>', 'only records before then', instantOf)
    .addHelpText('after', examples(exportExamples) + codes)
    .action((target: string, options: ExportOptions) =>
      run(async () => (await import('./export.ts')).exportLedger(target, options, desk)),
    )
}

const exportExamples: Parameters<typeof examples>[0] = [
  ['Everything', 'writ audit export ledger --data .writ'],
  [
    'What was recorded in a quarter; the log is whole all the same',
    'writ audit export q1 --data .writ --from 2026-01-01 --to 2026-04-01',
  ],
  ['A table of it, for a spreadsheet', 'writ audit export q1.csv --folder q1 --format csv'],
  [
    'Events of OCSF, for a SIEM',
    'writ audit export - --server http://127.0.0.1:7171 --tenant local --policy trust.policy --format ocsf',
  ],
]

function addEvidence(group: Command, { desk, run }: Building): void {
  const command = group
    .command('evidence')
    .summary('draw a sample of decisions, with all that an auditor needs')
    .description(
      'Draw decisions of a time by a seed, and write them to a new folder with proofs, policies, waivers and controls.',
    )
    .argument('<folder>', 'a new or empty folder')
    .requiredOption('--seed <text>', 'what the auditor chooses, and tells only now', textOf)
    .option('--sample <count>', 'how many', countOf, 25)
  addWhere(command, desk)
    .option('--folder <folder>', 'the folder of an export', textOf)
    .option(
      '--bundles <folder>',
      'where the policies are kept; else `bundles` beside the records',
      textOf,
    )
    .option('--policy <file>', 'whom the folder tells to trust; else the key of the house', textOf)
    .option('--from <instant>', 'only decisions from then on, such as 2026-01-01', instantOf)
    .option('--to <instant>', 'only decisions before then', instantOf)
    .addHelpText(
      'after',
      examples([
        [
          'Forty decisions of a quarter',
          "writ audit evidence soc2-q1 --data .writ --from 2026-01-01 --to 2026-04-01 --sample 40 --seed 'drawn on 7 April'",
        ],
      ]) + codes,
    )
    .action((folder: string, options: EvidenceOptions) =>
      run(async () => (await import('./evidence.ts')).gatherEvidence(folder, options, desk)),
    )
}

function countOf(text: string): number {
  if (!/^[1-9][0-9]{0,4}$/.test(text))
    throw new InvalidArgumentError('It is a number from 1 to 99999.')
  return Number(text)
}

function addFsck(group: Command, { desk, run }: Building): void {
  const command = group
    .command('fsck')
    .summary('check a whole ledger')
    .description(
      'Check every entry, tile and record of a ledger: that each is what was signed, and none is missing, doubled or foreign.',
    )
    .argument('[folder]', 'a folder that was exported')
  addWhere(command, desk)
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

function addProve(group: Command, { desk, run }: Building): void {
  const command = group
    .command('prove')
    .summary('write a record and the proof that it is in the log')
    .description(
      'Write a record and its proof (C2SP tlog-proof) to two files: all that is needed to check it offline, for ever.',
    )
    .argument('<record>', 'its id, such as dec_01k…')
  addWhere(command, desk)
    .option('--folder <folder>', 'the folder of an export', textOf)
    .option('-o, --output <file>', 'the proof; the record is written beside it', textOf)
    .addHelpText(
      'after',
      examples([
        ['From the house here', 'writ audit prove dec_01k… --data .writ'],
        ['From a service', 'writ audit prove dec_01k… --server http://127.0.0.1:7171'],
      ]) + codes,
    )
    .action((id: string, options: ProveOptions) =>
      run(async () => (await import('./prove.ts')).prove(id, options, desk)),
    )
}

function addVerify(group: Command, { desk, run }: Building): void {
  group
    .command('verify')
    .summary('check a record by its proof, offline')
    .description(
      'Check that a record is in the log, and is what was sealed, by a proof and a trust policy alone.',
    )
    .argument('<proof>', 'the proof: a file of C2SP tlog-proof')
    .requiredOption('--record <file>', 'the record, as prove or the service gave it', textOf)
    .requiredOption('--policy <file>', 'whom to trust (C2SP tlog-policy)', textOf)
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      examples([
        [
          'With the policy of the log',
          'writ audit verify dec_01k….tlog-proof --record dec_01k….json --policy trust.policy',
        ],
      ]) + codes,
    )
    .action((proof: string, options: VerifyOptions) =>
      run(async () => (await import('./verify.ts')).verify(proof, options, desk)),
    )
}

function addImport(group: Command, { desk, run }: Building): void {
  group
    .command('import')
    .summary('make an export the content of a new store')
    .description(
      'Check an export of everything, and put it into a store that is empty: records, waivers and the log, proofs intact.',
    )
    .argument('<folder>', 'a folder that was exported')
    .option('--data <folder>', 'a data folder without a store', textOf)
    .option('--dynamodb-endpoint <url>', 'a DynamoDB of one’s own, with empty tables', textOf)
    .option(
      '--deployment <file>',
      'a new deployment: what sst deploy wrote to .sst/outputs.json',
      textOf,
    )
    .option(
      '--keys <folder>',
      'the keys of the old house, as npm start -- keys move left them',
      textOf,
    )
    .option('--policy <file>', 'whom to trust; else the key that came with the export', textOf)
    .addHelpText(
      'after',
      examples([
        ['From one machine to another', 'writ audit import ledger --data .writ'],
        [
          'From a file to DynamoDB',
          'writ audit import ledger --dynamodb-endpoint http://127.0.0.1:8000',
        ],
        [
          'From one machine to a deployment on AWS',
          'writ audit import ledger --deployment .sst/outputs.json --keys .writ/moved',
        ],
      ]) + codes,
    )
    .action((folder: string, options: ImportOptions) =>
      run(async () => (await import('./import.ts')).importExport(folder, options, desk)),
    )
}

function addReplay(group: Command, { desk, run }: Building): void {
  const command = group
    .command('replay')
    .summary('decide recorded requests again, and compare')
    .description(
      'Decide recorded requests again by the policies that decided them: the answer must be the same to the byte.',
    )
    .argument('[record]', 'one decision, such as dec_01k…; else all')
  addWhere(command, desk)
    .option('--folder <folder>', 'the folder of an export', textOf)
    .option(
      '--bundles <folder>',
      'where the policies are kept; else `bundles` beside the records',
      textOf,
    )
    .option('--policy <file>', 'whom to trust; else the key that came with the ledger', textOf)
    .option('--from <instant>', 'only decisions from then on, such as 2026-01-01', instantOf)
    .option('--to <instant>', 'only decisions before then', instantOf)
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      examples([
        ['One decision of the house here', 'writ audit replay dec_01k… --data .writ'],
        ['A quarter', 'writ audit replay --data .writ --from 2026-01-01 --to 2026-04-01'],
        [
          'An export, by the policies of the house',
          'writ audit replay --folder ledger --bundles .writ/bundles',
        ],
      ]) + codes,
    )
    .action((id: string | undefined, options: ReplayOptions) =>
      run(async () => (await import('./replay.ts')).replayRecords(id, options, desk)),
    )
}

function addErase(group: Command, { desk, run }: Building): void {
  const command = group
    .command('erase')
    .summary('take away what a record says, for good')
    .description(
      'Erase what a decision or an outcome says and about whom, for good. Its proof stays, and the erasure is recorded.',
    )
    .argument('<record>', 'its id, such as dec_01k…')
    .requiredOption('--reason <text>', 'why; it is recorded, so name nobody', textOf)
  addService(command, desk)
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      examples([
        [
          'Somebody asked for it',
          "writ audit erase dec_01k… --reason 'Request 4711 under GDPR 17'",
        ],
      ]) + codes,
    )
    .action((id: string, options: EraseOptions) =>
      run(async () => (await import('./erase.ts')).erase(id, options, desk)),
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
