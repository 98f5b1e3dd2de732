import { readAnswer } from '@writ/contract'
import { Fault } from '@writ/domain'
import type { Amiss, Entry, Leaf } from '@writ/ledger'
import {
  heldStill,
  replay,
  waiversOf,
  walkRecords,
  type LoggedRecord,
  type Replayed,
  type ReplayParts,
} from '@writ/service'
import { createProgress } from '../check/progress.ts'
import type { Desk } from '../desk.ts'
import { auditCodes } from '../exit-codes.ts'
import { counted, plainLine } from '../output/plain.ts'
import { keptBundles, openedFrom } from './bundles.ts'
import { openSource, type Where } from './open-source.ts'
import { amissIn, type Source } from './source.ts'
import { trustOf } from './trust.ts'
import { tell, type VerdictFormat } from './verdict.ts'

export type ReplayOptions = Where &
  VerdictFormat & {
    readonly bundles?: string
    readonly from?: string
    readonly to?: string
    readonly policy?: string
  }

type Told = { readonly id: string; readonly replayed: Replayed }

/**
 * Decides recorded requests again, by the bundles that decided them, and tells every answer that is not the same to the byte.
 * What is decided again is what was sealed: the log and the records are checked on the way.
 */
export async function replayRecords(
  id: string | undefined,
  options: ReplayOptions,
  desk: Desk,
): Promise<number> {
  const opened = await openSource({ ...options, from: undefined, to: undefined }, desk)
  const source = { ...opened, reader: heldStill(opened.reader) }
  try {
    const all = await toldOf(source, id, { options, desk })
    if ('status' in all) return tell(await amissIn(source, all), options, desk)
    if (id !== undefined && all.length === 0)
      throw new Fault('record-unknown', `${source.name} has no decision ${id} in its log`, {
        facts: { id },
      })
    return told(all, options, desk)
  } finally {
    await source.close()
  }
}

type Asked = { readonly options: ReplayOptions; readonly desk: Desk }

/** What came of each decision that is sought; or what is amiss with the log and the records that they come from. */
async function toldOf(
  source: Source,
  id: string | undefined,
  { options, desk }: Asked,
): Promise<readonly Told[] | Amiss> {
  const { reader } = source
  const { policy } = await trustOf(options.policy, source, desk)
  const granted: LoggedRecord[] = []
  const known = await walkRecords({
    reader,
    policy,
    isWanted: ({ type }) => type === 'waiver',
    take: (found) => void granted.push(found),
  })
  if (known.status !== 'verified') return known
  const parts = {
    ...waiversIn(granted),
    findBundle: openedFrom(keptBundles(source, options.bundles, desk)),
  }
  const all: Told[] = []
  const progress = createProgress(desk)
  const take = async ({ logged, record }: LoggedRecord): Promise<void> => {
    all.push({ id: logged.leaf.id, replayed: await replayed(record, parts) })
    progress.show(`${counted(all.length, 'decision')} replayed`)
  }
  const walked = await walkRecords({ reader, policy, isWanted: isSought(id, options), take })
  progress.clear()
  return walked.status === 'verified' ? all : walked
}

/** The waivers whose records are here, and the ids of those that others granted, as where an export has a part of the records. */
function waiversIn(granted: readonly LoggedRecord[]): Omit<ReplayParts, 'findBundle'> {
  const here = granted.flatMap(({ record }) => record ?? [])
  const missing = granted.filter(({ record }) => record === null)
  return { waivers: waiversOf(here), missing: new Set(missing.map(({ logged }) => logged.leaf.id)) }
}

function isSought(id: string | undefined, { from, to, tenant }: ReplayOptions) {
  return (leaf: Leaf): boolean =>
    leaf.type === 'decision' &&
    (id === undefined || leaf.id === id) &&
    (tenant === undefined || leaf.tenant === tenant) &&
    (from === undefined || leaf.at >= from) &&
    (to === undefined || leaf.at < to)
}

async function replayed(record: Entry | null, parts: ReplayParts): Promise<Replayed> {
  return record === null
    ? { status: 'unknown', reason: 'its record is not here' }
    : replay(parts, record)
}

function told(all: readonly Told[], { format }: ReplayOptions, { out }: Desk): number {
  const count = (status: Replayed['status']): number =>
    all.filter(({ replayed }) => replayed.status === status).length
  const [same, differ, unknown] = [count('same'), count('differs'), count('unknown')]
  if (format === 'json')
    for (const { id, replayed } of all) out(`${JSON.stringify({ id, ...replayed })}\n`)
  else {
    const lines = all.flatMap(linesOf)
    const sum = `Replayed ${counted(all.length, 'decision')}: ${same} the same, ${differ} different, ${unknown} unknown`
    out(`${[...lines, sum].join('\n')}\n`)
  }
  if (differ > 0) return auditCodes.tampered
  return unknown > 0 ? auditCodes.unproven : auditCodes.verified
}

function linesOf({ id, replayed }: Told): readonly string[] {
  if (replayed.status === 'same') return []
  if (replayed.status === 'unknown')
    return [`${plainLine(id)} unknown: ${plainLine(replayed.reason)}`]
  const { recorded, replayed: now } = replayed
  return [
    `${plainLine(id)} different`,
    ...differences(recorded, now).map((line) => `  ${plainLine(line)}`),
  ]
}

/** What is different in words where it is the outcome or a verdict; else where the texts part. */
function differences(recorded: string, replayed: string): readonly string[] {
  const [then, now] = [readAnswer(recorded), readAnswer(replayed)]
  const verdictNow = new Map(now.rules.map(({ rule, verdict }) => [rule, verdict]))
  const verdicts = then.rules
    .filter(({ rule, verdict }) => verdictNow.get(rule) !== verdict)
    .map(
      ({ rule, verdict }) =>
        `${rule}: recorded ${verdict}, replayed ${verdictNow.get(rule) ?? 'nothing'}`,
    )
  const outcome =
    then.outcome === now.outcome
      ? []
      : [`outcome: recorded ${then.outcome}, replayed ${now.outcome}`]
  const found = [...outcome, ...verdicts]
  return found.length > 0 ? found : partingOf(recorded, replayed)
}

const shown = 60

function partingOf(recorded: string, replayed: string): readonly string[] {
  let at = 0
  while (recorded[at] === replayed[at] && at < recorded.length) at += 1
  const part = (text: string): string =>
    JSON.stringify(text.slice(Math.max(0, at - 20), at + shown))
  return [`recorded ${part(recorded)}`, `replayed ${part(replayed)}`]
}
