import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '@writ/domain'
import { fromBase64, readLeaf, toBase64, type Entry } from '@writ/ledger'
import { amissInRecord, exportedOf, readRecordsFile, type Spool } from '@writ/service'
import { syncFolder } from './kept-file.ts'

/** The most bytes that wait: about ten thousand decisions. A house in which more is decided meanwhile says so, by 503. */
const usualBytes = 64 * 1024 * 1024

type Waiting = { readonly entry: Entry; readonly name: string; readonly bytes: number }

/**
 * Decisions that wait in a folder, a file each: written whole, synced, and only then given its name. One house a folder.
 * Throws the Fault `start-refused` where it cannot be used, or holds what is no entry.
 */
export function openSpool(folder: string, maxBytes = usualBytes): Spool {
  const waiting = attempt(folder, () => waitingIn(folder))
  let last = Math.max(0, ...[...waiting.values()].map(({ name }) => Number(name.slice(0, 12))))
  const move = (entry: Entry, away: (path: string) => void): void => {
    const found = waiting.get(nameOf(entry.tenant, entry.id))
    if (found === undefined) return
    away(join(folder, found.name))
    syncFolder(folder)
    waiting.delete(nameOf(entry.tenant, entry.id))
  }
  return {
    put: async (entry) => {
      const key = nameOf(entry.tenant, entry.id)
      const stands = waiting.get(key)
      if (stands !== undefined) return stands.entry
      const text = textOf(entry)
      const held = [...waiting.values()].reduce((sum, { bytes }) => sum + bytes, 0)
      const size = Buffer.byteLength(text)
      if (held + size > maxBytes) throw away('it is full')
      last += 1
      const name = `${String(last).padStart(12, '0')}-${hashOf(key)}.entry`
      keep(folder, name, text)
      waiting.set(key, { entry, name, bytes: size })
      return entry
    },
    get: async (tenant, id) => waiting.get(nameOf(tenant, id))?.entry ?? null,
    waiting: async (limit) => [...waiting.values()].slice(0, limit).map(({ entry }) => entry),
    drop: async (entry) => move(entry, (path) => rmSync(path, { force: true })),
    setAside: async (entry) => move(entry, (path) => renameSync(path, `${path}.refused`)),
  }
}

function keep(folder: string, name: string, text: string): void {
  const [path, draft] = [join(folder, name), join(folder, `${name}.unfinished`)]
  try {
    writeFileSync(draft, text, { mode: 0o600, flush: true })
    renameSync(draft, path)
    syncFolder(folder)
  } catch (cause) {
    rmSync(draft, { force: true })
    rmSync(path, { force: true }) // it is not acknowledged, so nobody may find it later
    throw away('its disk reported an error', cause)
  }
}

function away(why: string, cause?: unknown): Fault {
  return new Fault(
    'records-unavailable',
    `The store is away, and the spool did not take the decision: ${why}`,
    { cause },
  )
}

/** What waits, in order; what was not finished was never acknowledged, and is taken away. */
function waitingIn(folder: string): Map<string, Waiting> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = new Map<string, Waiting>()
  for (const name of readdirSync(folder).toSorted()) {
    if (name.endsWith('.unfinished')) rmSync(join(folder, name))
    if (!name.endsWith('.entry')) continue
    const text = readFileSync(join(folder, name), 'utf8')
    const entry = entryIn(join(folder, name), text)
    found.set(nameOf(entry.tenant, entry.id), { entry, name, bytes: Buffer.byteLength(text) })
  }
  return found
}

function attempt<Out>(folder: string, work: () => Out): Out {
  try {
    return work()
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw new Fault('start-refused', `The spool ${folder} cannot be used: choose another --spool`, {
      cause,
    })
  }
}

/** Its leaf, and below it the entry as an export has it: a body that is not that of the leaf is found out. */
function textOf(entry: Entry): string {
  return `${toBase64(entry.leaf)}\n${JSON.stringify(exportedOf(0, entry))}\n`
}

function entryIn(path: string, text: string): Entry {
  try {
    const cut = text.indexOf('\n')
    const bytes = fromBase64(text.slice(0, cut)) ?? new Uint8Array()
    const logged = { index: 0, bytes, leaf: readLeaf(bytes) }
    const [entry = null] = readRecordsFile(new TextEncoder().encode(text.slice(cut + 1)), [logged])
    if (entry !== null && amissInRecord(logged, entry) === null) return entry
  } catch {
    // As any other file that is none of ours.
  }
  throw new Fault(
    'start-refused',
    `${path} is no decision that waits, or was changed: see what it is, and move it out of the spool`,
  )
}

function nameOf(tenant: string, id: string): string {
  return JSON.stringify([tenant, id])
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16)
}
