import { wireRecordOf, type WireRecord } from '@writ/contract'
import { Fault } from '@writ/domain'
import {
  commitmentOf,
  findHandovers,
  readBundle,
  readCheckpoint,
  readNote,
  readTree,
  tileAt,
  tilePath,
  tilesOf,
  tileWidth,
  writeHandovers,
  writeProofFile,
} from '@writ/ledger'
import { unerased } from '../erase.ts'
import { amissInRecord } from './check-record.ts'
import { loggedLeaves, wholeFile, type LedgerReader, type LoggedLeaf } from './ledger-reader.ts'

/** A record, and the file of C2SP tlog-proof that says where in the log it is: all that is needed to check it offline. */
export type ProvedRecord = { readonly record: WireRecord; readonly proof: string }

/** Names a record; without a tenant, the first of any. */
export type SoughtRecord = { readonly id: string; readonly tenant: string | null }

/** The leaf of a record, in its bundle. */
export type FoundLeaf = { readonly logged: LoggedLeaf; readonly bundle: readonly LoggedLeaf[] }

/** The leaf of a record, if the log has one. It reads bundle after bundle: no index of a store is trusted. */
export async function findLeaf(
  reader: LedgerReader,
  sought: SoughtRecord,
): Promise<FoundLeaf | null> {
  const { size } = readCheckpoint(readNote(await checkpointOf(reader)).text)
  const isSought = ({ leaf: { id, tenant } }: LoggedLeaf): boolean =>
    id === sought.id && (sought.tenant === null || tenant === sought.tenant)
  for (const tile of tilesOf(size).filter(({ level }) => level === 'entries')) {
    const bytes = await wholeFile(reader, tilePath(tile))
    // To parse every leaf of a long log takes long.
    if (!new TextDecoder().decode(bytes).includes(sought.id)) continue
    const bundle = loggedLeaves(tile.index * tileWidth, readBundle(bytes))
    const logged = bundle.find(isSought)
    if (logged !== undefined) return { logged, bundle }
  }
  return null
}

/** The leaf at an index of the log; null where the log is not so long. */
export async function leafAt(reader: LedgerReader, index: number): Promise<FoundLeaf | null> {
  const { size } = readCheckpoint(readNote(await checkpointOf(reader)).text)
  const place = { level: 'entries', index: Math.floor(index / tileWidth) } as const
  const tile = index < size ? tileAt(size, place) : null
  if (tile === null) return null
  const bundle = loggedLeaves(
    tile.index * tileWidth,
    readBundle(await wholeFile(reader, tilePath(tile))),
  )
  const logged = bundle[index % tileWidth]
  return logged === undefined ? null : { logged, bundle }
}

/**
 * The record of a leaf with its proof. Throws the Fault `log-malformed` where it is not the one that its leaf commits to; all
 * else is seen by `refutedBy` and `verifyRecord`.
 */
export async function proveRecord(reader: LedgerReader, found: FoundLeaf): Promise<ProvedRecord> {
  const { logged, bundle } = found
  const { index, leaf } = logged
  const record = (await reader.records(bundle))[bundle.indexOf(logged)] ?? null
  if (record === null)
    throw new Fault(
      'record-unknown',
      `The log has the record ${leaf.id}, but its body is not here`,
      {
        facts: { id: leaf.id },
      },
    )
  const amiss = amissInRecord(logged, record)
  if (amiss !== null) throw new Fault('log-malformed', amiss.reason)
  const note = await checkpointOf(reader)
  const checkpoint = readCheckpoint(readNote(note).text)
  const readTile = readTree(checkpoint.size, (tile) => wholeFile(reader, tilePath(tile)))
  const proof = await readTile.inclusion(index)
  const handovers = await findHandovers((path) => reader.file(path), checkpoint.size)
  const commitment = commitmentOf(unerased(record).body.salt, record.body.content)
  return {
    record: wireRecordOf({ ...record, seal: { index, checkpoint } }, commitment),
    proof: writeProofFile({ extra: writeHandovers(handovers), index, proof, checkpoint: note }),
  }
}

async function checkpointOf(reader: LedgerReader): Promise<string> {
  return new TextDecoder().decode(await wholeFile(reader, 'checkpoint'))
}
