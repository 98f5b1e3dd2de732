import { readAnswer } from '@writ/contract'
import { Fault } from '@writ/domain'
import type { Leaf } from '@writ/ledger'
import {
  loggedRecords,
  replay,
  waiversOf,
  type LedgerReader,
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
import type { VerdictFormat } from './verdict.ts'

export type ReplayOptions = Where &
  VerdictFormat & { readonly bundles?: string; readonly from?: string; readonly to?: string }

type Told = { readonly id: string; readonly replayed: Replayed }

/** Decides recorded requests again, by the bundles that decided them, and tells every answer that is not the same to the byte. */
export async function replayRecords(
  id: string | undefined,
  options: ReplayOptions,
  desk: Desk,
): Promise<number> {
  const source = await openSource({ ...options, from: undefined, to: undefined }, desk)
  try {
    const { reader } = source
    const waivers = waiversOf(await recordsOf(reader, ({ type }) => type === 'waiver'))
    const findBundle = openedFrom(keptBundles(source, options.bundles, desk))
    const parts = { waivers, findBundle }
    const all: Told[] = []
    const progress = createProgress(desk)
    for await (const found of loggedRecords(reader, isSought(id, options))) {
      all.push({ id: found.logged.leaf.id, replayed: await replayed(found, parts) })
      progress.show(`${counted(all.length, 'decision')} replayed`)
    }
    progress.clear()
    if (id !== undefined && all.length === 0)
      throw new Fault('record-unknown', `${source.name} has no decision ${id} in its log`, {
        facts: { id },
      })
    return told(all, options, desk)
  } finally {
    await source.close()
  }
}

function isSought(id: string | undefined, { from, to, tenant }: ReplayOptions) {
  return (leaf: Leaf): boolean =>
    leaf.type === 'decision' &&
    (id === undefined || leaf.id === id) &&
    (tenant === undefined || leaf.tenant === tenant) &&
    (from === undefined || leaf.at >= from) &&
    (to === undefined || leaf.at < to)
}

async function recordsOf(reader: LedgerReader, isWanted: (leaf: Leaf) => boolean) {
  const found = []
  for await (const { record } of loggedRecords(reader, isWanted))
    if (record !== null) found.push(record)
  return found
}

async function replayed({ record }: LoggedRecord, parts: ReplayParts): Promise<Replayed> {
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
