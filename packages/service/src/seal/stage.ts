import { Fault } from '@writ/domain'
import { fromBase64, toBase64, type LogFile } from '@writ/ledger'
import type { LogHead, LogStore, PlacedEntry } from './log-store.ts'

/** All that is to be written for a batch once it is committed: rolling it out only copies. */
export type Stage = {
  readonly files: readonly LogFile[]
  readonly placed: readonly PlacedEntry[]
}

export function writeStage({ files, placed }: Stage): Uint8Array {
  const text = JSON.stringify({
    files: files.map(({ path, bytes }) => ({ path, bytes: toBase64(bytes) })),
    placed: placed.map(({ tenant, id, index }) => ({ tenant, id, index })),
  })
  return new TextEncoder().encode(text)
}

/** Reads what `writeStage` wrote. */
export function readStage(bytes: Uint8Array): Stage {
  const read: unknown = JSON.parse(new TextDecoder().decode(bytes))
  const files = listIn(read, 'files').map((file) => ({
    path: textIn(file, 'path'),
    bytes: bytesIn(file, 'bytes'),
  }))
  const placed = listIn(read, 'placed').map((entry) => ({
    tenant: textIn(entry, 'tenant'),
    id: textIn(entry, 'id'),
    index: numberIn(entry, 'index'),
  }))
  return { files, placed }
}

/**
 * How many entries have been given their place: all but those of a batch that is being rolled out. Null where a batch is
 * named that is not there.
 */
export async function markedSize(
  log: Pick<LogStore, 'stage'>,
  { frontier, staged }: LogHead,
): Promise<number | null> {
  if (staged === null) return frontier.size
  const bytes = await log.stage(staged)
  if (bytes === null) return null
  return Math.min(frontier.size, ...readStage(bytes).placed.map(({ index }) => index))
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = memberOf(value, name)
  if (Array.isArray(list)) return list
  throw damaged(name)
}

function textIn(value: unknown, name: string): string {
  const text = memberOf(value, name)
  if (typeof text === 'string') return text
  throw damaged(name)
}

function bytesIn(value: unknown, name: string): Uint8Array {
  const bytes = fromBase64(textIn(value, name))
  if (bytes !== null) return bytes
  throw damaged(name)
}

function numberIn(value: unknown, name: string): number {
  const number = memberOf(value, name)
  if (typeof number === 'number') return number
  throw damaged(name)
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function damaged(name: string): Fault {
  return new Fault(
    'log-halted',
    `Sealing has halted: ${name} of a committed batch is damaged. Bring the store back from a backup that has it. Deciding goes on.`,
  )
}
