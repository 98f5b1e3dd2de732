import { csvHead, csvRow, readAnswer, readDecisionBody } from '@writ/contract'
import {
  isErased,
  readCheckpoint,
  readNote,
  toBase64,
  type Amiss,
  type Entry,
  type Leaf,
} from '@writ/ledger'
import {
  createSample,
  exportedOf,
  heldStill,
  isInScope,
  lacking,
  leafAt,
  proveRecord,
  walkRecords,
  type Drawn,
  type LedgerReader,
  type LoggedRecord,
} from '@writ/service'
import { createProgress } from '../check/progress.ts'
import type { Desk } from '../desk.ts'
import { auditCodes } from '../exit-codes.ts'
import { counted, plainLine } from '../output/plain.ts'
import { keptBundles } from './bundles.ts'
import { copyBundles, type UsedBundle } from './evidence-bundles.ts'
import { evidenceReadme } from './evidence-readme.ts'
import { openWhole, scopeOf, type Where } from './open-source.ts'
import { amissIn, type Source } from './source.ts'
import { trustOf } from './trust.ts'
import { tell } from './verdict.ts'
import { openNewFolder, trustFiles, type FolderWriter } from './write-folder.ts'

export type EvidenceOptions = Where & {
  readonly seed: string
  readonly sample: number
  readonly from?: string
  readonly to?: string
  readonly policy?: string
  readonly bundles?: string
}

/** Writes a sample of decisions with all that an auditor needs to check it. */
export async function gatherEvidence(
  folder: string,
  options: EvidenceOptions,
  desk: Desk,
): Promise<number> {
  const opened = await openWhole({ ...options, from: undefined }, desk)
  const source = { ...opened, reader: heldStill(opened.reader) }
  try {
    const trust = await trustFiles(source, options.policy, desk)
    const writer = openNewFolder(folder, desk)
    trust.forEach(({ path, bytes }) => writer.put(path, bytes))
    writer.put('README.md', evidenceReadme)
    const draw = await drawFrom(source, options, { writer, desk })
    if ('status' in draw) {
      desk.err(`${plainLine(folder)} is unfinished: remove it\n`)
      return tell(await amissIn(source, draw), { format: 'text' }, desk)
    }
    const used = await writeSample(source.reader, draw.drawn, writer)
    const missing = await copyBundles(used, keptBundles(source, options.bundles, desk), writer)
    const { population, drawn } = draw
    const counts = { population, sample: drawn.length, bundles_missing: missing }
    const manifest = {
      format: 'writ.evidence/v1',
      made_at: desk.now().toISOString(),
      log: await headOf(source),
      ...scopeOf(options),
      seed: options.seed,
      ...counts,
    }
    writer.put('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`)
    tellDrawn(counts, { folder, files: writer.finish(), desk })
    return auditCodes.verified
  } finally {
    await source.close()
  }
}

type Counts = {
  readonly population: number
  readonly sample: number
  readonly bundles_missing: readonly string[]
}

function tellDrawn(
  { population, sample, bundles_missing: missing }: Counts,
  { folder, files, desk }: { readonly folder: string; readonly files: number; readonly desk: Desk },
): void {
  const of = `${sample} of ${counted(population, 'decision')}`
  desk.out(`Drew ${of} to ${plainLine(folder)}, ${counted(files, 'file')}\n`)
  if (missing.length > 0)
    desk.err(
      `${counted(missing.length, 'bundle')} of the sample not kept here: name where, --bundles DIR\n`,
    )
}

type Writing = { readonly writer: FolderWriter; readonly desk: Desk }

type Draw = { readonly drawn: readonly Drawn[]; readonly population: number }

/**
 * Writes the population and the waivers as they are read, and draws the sample; or gives what is amiss with the log and the
 * records that they come from.
 */
async function drawFrom(
  source: Source,
  options: EvidenceOptions,
  { writer, desk }: Writing,
): Promise<Draw | Amiss> {
  const { policy } = await trustOf(options.policy, source, desk)
  const scope = scopeOf(options)
  const [isInTime, isKnown] = [isInScope(scope), isInScope({ ...scope, from: null })]
  const sample = createSample(options.sample, options.seed)
  const [population, waivers] = [begun(writer, 'population.csv'), begun(writer, 'waivers.csv')]
  const progress = createProgress(desk)
  let count = 0
  const take = ({ logged: { index, leaf }, record }: LoggedRecord): void => {
    if (record === null) throw lacking(`the record ${leaf.id} at index ${index}`)
    const row = csvRow(exportedOf(index, record))
    if (leaf.type === 'waiver') waivers.add(row)
    if (leaf.type !== 'decision') return
    population.add(row)
    sample.offer({ index, tenant: leaf.tenant, id: leaf.id })
    count += 1
    progress.show(`${counted(count, 'decision')} read`)
  }
  const isWanted = (leaf: Leaf): boolean =>
    isInTime(leaf) || (leaf.type === 'waiver' && isKnown(leaf))
  const walked = await walkRecords({ reader: source.reader, policy, isWanted, take })
  progress.clear()
  population.end()
  waivers.end()
  return walked.status === 'verified' ? { drawn: sample.drawn(), population: count } : walked
}

function begun(writer: FolderWriter, path: string): ReturnType<FolderWriter['begin']> {
  const file = writer.begin(path)
  file.add(csvHead)
  return file
}

/** Writes each record of the sample with its proof. Gives the bundles that decided them, each once. */
async function writeSample(
  reader: LedgerReader,
  drawn: readonly Drawn[],
  writer: FolderWriter,
): Promise<readonly UsedBundle[]> {
  const used = new Map<string, UsedBundle>()
  const table = begun(writer, 'sample.csv')
  for (const { index, id } of drawn) {
    const found = await leafAt(reader, index)
    if (found === null) throw lacking(`the entry at index ${index}`)
    const [entry = null] = (await reader.records(found.bundle)).slice(
      index - (found.bundle[0]?.index ?? 0),
    )
    if (entry === null) throw lacking(`the record ${id} at index ${index}`)
    table.add(csvRow(exportedOf(index, entry)))
    // Its line says so: there is nothing else to show.
    if (isErased(entry)) continue
    const { record, proof } = await proveRecord(reader, found)
    writer.put(`records/${id}.json`, `${JSON.stringify(record, null, 2)}\n`)
    writer.put(`records/${id}.tlog-proof`, proof)
    const bundle = bundleOf(entry)
    used.set(`${bundle.digest} ${bundle.dataDigest}`, bundle)
  }
  table.end()
  return [...used.values()]
}

function bundleOf({ body }: Entry): UsedBundle {
  const { bundle, data_digest: dataDigest } = readAnswer(readDecisionBody(body.content).answer)
  return { digest: bundle.digest, dataDigest }
}

async function headOf({ reader }: Source) {
  const note = await reader.file('checkpoint')
  const { origin, size, root } = readCheckpoint(
    readNote(Buffer.from(note ?? []).toString('utf8')).text,
  )
  return { origin, size, root: toBase64(root) }
}
