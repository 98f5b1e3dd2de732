import { Fault } from '@writ/domain'
import {
  parseTilePath,
  readCheckpoint,
  readLeaf,
  readNote,
  readTree,
  writeHandovers,
  writeProofFile,
  type Checkpoint,
  type Handover,
  type TreeReader,
  type VerifierKey,
} from '@writ/ledger'
import type { Caller, Records } from './ports.ts'
import type { LogReader } from './seal/log-store.ts'
import { announcementId } from './seal/turns.ts'
import { findLogTile, readLogTile } from './seal/log-tiles.ts'

/** Where a record is in the log, and the log that everybody was shown with it. */
export type Sealed = { readonly index: number; readonly checkpoint: Checkpoint }

/** Null while the record waits for its place. */
export type ReadSeal = (caller: Caller, id: string) => Promise<Sealed | null>
/** The proof that a record is in the log, to be checked offline: a file of C2SP tlog-proof. */
export type ReadProof = (caller: Caller, id: string) => Promise<string>
/** The proof once there is one; null when it has not come within some seconds, which says nothing of the record. */
export type AwaitProof = (caller: Caller, id: string) => Promise<string | null>
/** A file of the log by its path in the layout of C2SP tlog-tiles, `checkpoint` among them. */
export type ReadLogFile = (path: string) => Promise<Uint8Array>

export type ProveParts = {
  readonly records: Pick<Records, 'get'>
  /** Null where nothing is sealed. */
  readonly log: LogReader | null
  readonly logKey: LogKeyName
}

/** The key that signs the log now, and under which tenant it was announced, if it was. */
export type LogKeyName = { readonly tenant: string; readonly key: () => VerifierKey }

/** Resolves after so many milliseconds. */
export type Pause = (milliseconds: number) => Promise<void>
type AwaitParts = ProveParts & { readonly pause: Pause }

export function createReadSeal({ log }: Pick<ProveParts, 'log'>): ReadSeal {
  return async ({ tenant }, id) => {
    const found = log === null ? null : await placed(log, tenant, id)
    return found === null ? null : { index: found.index, checkpoint: checkpointIn(found.note) }
  }
}

export function createReadProof(parts: ProveParts): ReadProof {
  const { records, log } = parts
  return async ({ tenant }, id) => {
    const found = log === null ? null : await placed(log, tenant, id)
    if (log !== null && found !== null) return proofOf({ ...parts, log }, found)
    if ((await records.get(tenant, id)) === null)
      throw new Fault('record-unknown', `No record ${id} is kept here`, { facts: { id } })
    throw new Fault(
      'record-unsealed',
      'The record is kept and has no place in the log yet; that takes seconds',
      { facts: { id } },
    )
  }
}

const looksAfterMilliseconds = 100
const mostLooks = 50

export function createAwaitProof(parts: AwaitParts): AwaitProof {
  const { log, pause } = parts
  return async ({ tenant }, id) => {
    if (log === null) return null
    for (let looks = 0; looks < mostLooks; looks += 1) {
      const proof = await proofNow({ ...parts, log }, tenant, id)
      if (proof !== null) return proof
      await pause(looksAfterMilliseconds)
    }
    return null
  }
}

/** Null also where the log cannot be read: whoever waits has an answer that stands, and it must reach them. */
async function proofNow(parts: LogParts, tenant: string, id: string): Promise<string | null> {
  try {
    const found = await placed(parts.log, tenant, id)
    return found === null ? null : await proofOf(parts, found)
  } catch {
    return null
  }
}

export function createReadLogFile({ log }: Pick<ProveParts, 'log'>): ReadLogFile {
  return async (path) => {
    const bytes = log === null ? null : await findLogFile(log, path)
    if (bytes !== null) return bytes
    throw new Fault(
      'log-file-unknown',
      'The log has no such file: its checkpoint says how far it goes',
      {
        facts: { path: path.slice(0, 200) },
      },
    )
  }
}

type Placed = { readonly index: number; readonly note: string }

/** A place is given after the checkpoint that covers it was published, so the one that is read now covers it too. */
async function placed(log: LogReader, tenant: string, id: string): Promise<Placed | null> {
  const index = await log.place({ tenant, id })
  const note = index === null ? null : await log.checkpoint()
  return index === null || note === null ? null : { index, note }
}

type LogParts = Omit<ProveParts, 'log'> & { readonly log: LogReader }

async function proofOf(parts: LogParts, { index, note }: Placed): Promise<string> {
  const { size } = checkpointIn(note)
  const tree = readTree(size, readLogTile(parts.log))
  const proof = await tree.inclusion(index)
  const extra = writeHandovers(await handoversTo(parts, parts.logKey.key(), tree))
  return writeProofFile({ extra, index, proof, checkpoint: note })
}

/** The entries that announced this key, and those before it: by them who trusts an earlier one can follow. */
async function handoversTo(
  parts: LogParts,
  key: VerifierKey,
  tree: TreeReader,
): Promise<readonly Handover[]> {
  const { records, log, logKey } = parts
  const { tenant } = logKey
  const entry = await records.get(tenant, announcementId(tenant, key))
  const index = entry === null ? null : await log.place(entry)
  const from = entry === null ? null : (readLeaf(entry.leaf).announces?.from ?? null)
  if (entry === null || index === null || from === null) return []
  const handover = { index, leaf: entry.leaf, proof: await tree.inclusion(index) }
  return [...(await handoversTo(parts, from, tree)), handover]
}

function checkpointIn(note: string): Checkpoint {
  return readCheckpoint(readNote(note).text)
}

/** A file of the log by its path in the layout of tlog-tiles, `checkpoint` among them; null where there is none. */
export async function findLogFile(
  log: Pick<LogReader, 'checkpoint' | 'file'>,
  path: string,
): Promise<Uint8Array | null> {
  if (path === 'checkpoint') {
    const note = await log.checkpoint()
    return note === null ? null : new TextEncoder().encode(note)
  }
  const tile = parseTilePath(path)
  return tile === null ? null : findLogTile(log, tile)
}
