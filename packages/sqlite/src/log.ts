import { Fault } from '@writ/domain'
import {
  emptyFrontier,
  isFrontier,
  sameBytes,
  signatureCount,
  tilePath,
  type Frontier,
  type LogFile,
  type Tile,
} from '@writ/ledger'
import type { EntryName, LogHead, LogStore, PlacedEntry, Unsealed } from '@writ/service'
import type { Connection } from './connection.ts'
import type { Row, Session } from './database.ts'
import { bytesIn, damaged, numberIn, textIn } from './row.ts'

export function createLogStore({ read, write }: Connection): LogStore {
  return {
    head: async () => read(headIn),
    swapHead: (next) => write((session) => swapHead(session, next)),
    pending: async (limit) => read((session) => session.all(selectPending, [limit]).map(nameOf)),
    unsealed: async (names) =>
      read((session) => names.flatMap((name) => unsealedIn(session, name) ?? [])),
    putStage: async ({ version, attempt }, bytes) => {
      await write((session) => session.run(insertStage, [version, attempt, bytes]))
    },
    stage: async ({ version, attempt }) =>
      read((session) => bytesOrNull(session.get(selectStage, [version, attempt]))),
    dropStages: async (version) => {
      await write((session) => session.run('DELETE FROM log_stages WHERE version <= ?', [version]))
    },
    putFiles: async (files) => haltOn(await write((session) => putFiles(session, files))),
    file: async (path) => read((session) => bytesOrNull(session.get(selectFile, [path]))),
    dropPartials: async (full) => {
      await write((session) => full.forEach((tile) => dropPartials(session, tile)))
    },
    checkpoint: async () =>
      read((session) => {
        const row = session.get('SELECT note FROM log_checkpoint', [])
        return row === undefined ? null : textIn(row, 'note')
      }),
    publish: async (size, checkpoint) => {
      await write((session) => publish(session, size, checkpoint))
    },
    place: async ({ tenant, id }) =>
      read((session) => {
        const index = session.get(selectPlace, [tenant, id])?.['sealed'] ?? null
        return index === null ? null : Number(index)
      }),
    mark: async (placed) => haltOn(await write((session) => mark(session, placed))),
  }
}

/**
 * What contradicts the log is told after its transaction, not thrown in it: entries that are being recorded share that
 * transaction, and go on.
 */
function haltOn(contradiction: string | null): void {
  if (contradiction === null) return
  throw new Fault('log-halted', `Sealing has halted: ${contradiction}. Deciding goes on.`)
}

function headIn(session: Session): LogHead {
  const row = session.get(selectHead, [])
  if (row === undefined) return { version: 0, frontier: emptyFrontier, staged: null }
  const frontier = frontierIn(row)
  const version = numberIn(row, 'version')
  if (row['staged_version'] === null) return { version, frontier, staged: null }
  const staged = {
    version: numberIn(row, 'staged_version'),
    attempt: textIn(row, 'staged_attempt'),
  }
  return { version, frontier, staged }
}

const selectHead = 'SELECT version, size, hashes, staged_version, staged_attempt FROM log_head'

const hashLength = 32

function frontierIn(row: Row): Frontier {
  const bytes = bytesIn(row, 'hashes')
  const hashes = Array.from({ length: bytes.byteLength / hashLength }, (_, place) =>
    bytes.slice(place * hashLength, (place + 1) * hashLength),
  )
  const frontier = { size: numberIn(row, 'size'), hashes }
  if (bytes.byteLength % hashLength === 0 && isFrontier(frontier)) return frontier
  throw damaged('hashes')
}

function swapHead(session: Session, { version, frontier, staged }: LogHead): boolean {
  if (headIn(session).version !== version - 1) return false
  session.run(replaceHead, [
    version,
    frontier.size,
    Buffer.concat(frontier.hashes),
    staged?.version ?? null,
    staged?.attempt ?? null,
  ])
  return true
}

const replaceHead = `INSERT OR REPLACE INTO log_head
  (only, version, size, hashes, staged_version, staged_attempt) VALUES (1, ?, ?, ?, ?, ?)`

const selectPending = 'SELECT tenant, id FROM entries WHERE sealed IS NULL ORDER BY arrival LIMIT ?'

function nameOf(row: Row): EntryName {
  return { tenant: textIn(row, 'tenant'), id: textIn(row, 'id') }
}

function unsealedIn(session: Session, { tenant, id }: EntryName): Unsealed | null {
  const row = session.get(selectUnsealed, [tenant, id])
  return row === undefined
    ? null
    : { tenant, id, at: textIn(row, 'at'), leaf: bytesIn(row, 'leaf') }
}

const selectUnsealed = 'SELECT at, leaf FROM entries WHERE tenant = ? AND id = ? AND sealed IS NULL'

const insertStage = 'INSERT OR REPLACE INTO log_stages (version, attempt, bytes) VALUES (?, ?, ?)'
const selectStage = 'SELECT bytes FROM log_stages WHERE version = ? AND attempt = ?'
const selectFile = 'SELECT bytes FROM log_files WHERE path = ?'

/** The paths of all files. */
export function pathsIn(session: Session): readonly string[] {
  return session.all('SELECT path FROM log_files', []).map((row) => textIn(row, 'path'))
}

/** Writes all of them or, when one contradicts what stands, none, and says which. */
function putFiles(session: Session, files: readonly LogFile[]): string | null {
  const fresh: LogFile[] = []
  for (const file of files) {
    const stands = bytesOrNull(session.get(selectFile, [file.path]))
    if (stands === null) fresh.push(file)
    else if (!sameBytes(stands, file.bytes)) return `${file.path} stands with other bytes`
  }
  for (const { path, bytes } of fresh)
    session.run('INSERT INTO log_files (path, bytes) VALUES (?, ?)', [path, bytes])
  return null
}

function dropPartials(session: Session, full: Tile): void {
  // '0' is the character after '/': these are the paths that lie in the folder.
  const folder = `${tilePath(full)}.p`
  session.run('DELETE FROM log_files WHERE path > ? AND path < ?', [`${folder}/`, `${folder}0`])
}

function publish(session: Session, size: number, note: string): void {
  const stands = session.get('SELECT size, note FROM log_checkpoint', [])
  const before = stands === undefined ? -1 : numberIn(stands, 'size')
  const isMore = (): boolean => signatureCount(note) > signatureCount(textIn(stands ?? {}, 'note'))
  if (size > before || (size === before && isMore())) session.run(replaceCheckpoint, [size, note])
}

const replaceCheckpoint =
  'INSERT OR REPLACE INTO log_checkpoint (only, size, note) VALUES (1, ?, ?)'

/** Gives all of them their place or, when one of them contradicts what stands, none, and says which. */
function mark(session: Session, placed: readonly PlacedEntry[]): string | null {
  for (const { tenant, id, index } of placed) {
    const row = session.get(selectPlace, [tenant, id])
    if (row === undefined) return `the entry ${id} is in the log and not in the store`
    if (row['sealed'] !== null && row['sealed'] !== index) return `the entry ${id} has two places`
    const other = session.get('SELECT tenant, id FROM entries WHERE sealed = ?', [index])
    if (other !== undefined && (other['tenant'] !== tenant || other['id'] !== id))
      return `two entries have the place ${index}`
  }
  for (const { tenant, id, index } of placed) session.run(updateSealed, [index, tenant, id])
  return null
}

const selectPlace = 'SELECT sealed FROM entries WHERE tenant = ? AND id = ?'

const updateSealed = 'UPDATE entries SET sealed = ? WHERE tenant = ? AND id = ? AND sealed IS NULL'

function bytesOrNull(row: Row | undefined): Uint8Array | null {
  return row === undefined ? null : bytesIn(row, 'bytes')
}
