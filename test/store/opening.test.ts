import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Fault } from '@writ/domain'
import { openStore } from '@writ/sqlite'
import { anEntry, walk } from '@writ/testkit'
import { describe, expect, test } from 'vitest'
import { aPath } from './folder.ts'

function ask(path: string, pragma: string): unknown {
  const db = new DatabaseSync(path)
  const row = db.prepare(`PRAGMA ${pragma}`).get()
  db.close()
  return row?.[pragma]
}

function run(path: string, sql: string): void {
  const db = new DatabaseSync(path)
  db.exec(sql)
  db.close()
}

/** Takes away what the second version of the schema brought. */
const asInVersion1 = `DROP INDEX entries_sealed; DROP TABLE log_head; DROP TABLE log_stages; DROP TABLE log_files;
  DROP TABLE log_checkpoint; PRAGMA user_version = 1`

const digest = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex')

function faultOfOpening(path: string): Fault {
  try {
    void openStore(path).close()
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown
  }
  throw new Error('it was opened, or threw something else than a Fault')
}

describe('a store', () => {
  test('that is new says whose it is and in which version', async () => {
    const path = aPath()
    await openStore(path).close()
    expect(ask(path, 'application_id')).toBe(0x57726974)
    expect(ask(path, 'user_version')).toBe(2)
    expect(ask(path, 'journal_mode')).toBe('wal')
  })

  test('from before there was a log keeps its entries, and all of them are to be sealed', async () => {
    const path = aPath()
    const entries = [anEntry(), anEntry()]
    const first = openStore(path)
    for (const entry of entries) await first.records.append(entry)
    await first.close()
    run(path, asInVersion1)
    const second = openStore(path)
    expect(await second.log.pending(10)).toEqual(entries.map(({ tenant, id }) => ({ tenant, id })))
    await second.log.mark(entries.map(({ tenant, id }, index) => ({ tenant, id, index })))
    expect(await second.log.pending(10)).toEqual([])
    expect(await walk(second.records)).toEqual(entries.toReversed())
    await second.close()
  })

  test('is for its owner alone, and so is its log', () => {
    const path = aPath()
    const store = openStore(path)
    const modes = [path, `${path}-wal`].map((file) => statSync(file).mode & 0o077)
    expect(modes).toEqual([0, 0])
    return store.close()
  })

  test('that was closed holds everything when it is opened again', async () => {
    const path = aPath()
    const entry = anEntry()
    const first = openStore(path)
    await first.records.append(entry)
    await first.close()
    const second = openStore(path)
    expect(await walk(second.records)).toEqual([entry])
    await second.close()
  })

  test('may be an empty file to begin with', async () => {
    const path = aPath()
    writeFileSync(path, '')
    const store = openStore(path)
    expect(await store.records.append(anEntry())).toBeDefined()
    await store.close()
  })

  test('may be opened twice', async () => {
    const path = aPath()
    const stores = [openStore(path), openStore(path)]
    const entries = stores.map(() => anEntry())
    await Promise.all(stores.map(({ records }, n) => records.append(entries[n] ?? anEntry())))
    for (const { records } of stores) expect(await walk(records)).toEqual(entries.toReversed())
    for (const store of stores) await store.close()
  })

  test('in memory leaves no file', async () => {
    const store = openStore(':memory:')
    await store.records.append(anEntry())
    expect(existsSync(':memory:')).toBe(false)
    await store.close()
  })
})

describe('refused, and left byte for byte as it was', () => {
  test('a store of a newer Writ, which says what is known here', async () => {
    const path = aPath()
    await openStore(path).close()
    run(path, 'PRAGMA user_version = 3')
    const before = digest(path)
    const fault = faultOfOpening(path)
    expect(fault.code).toBe('store-too-new')
    expect(fault.facts).toEqual({ found: 3, known: 2 })
    expect(digest(path)).toBe(before)
  })

  const foreign: readonly [string, string][] = [
    ['that names another program', 'PRAGMA application_id = 252006675; CREATE TABLE t (a)'],
    ['that names no program', 'CREATE TABLE t (a)'],
    ['without tables, of another program', 'PRAGMA application_id = 1'],
    ['without tables, in a version of its own', 'PRAGMA user_version = 1'],
  ]
  test.each(foreign)('a database %s', (_, sql) => {
    const path = aPath()
    run(path, sql)
    const before = digest(path)
    expect(faultOfOpening(path).code).toBe('store-unreadable')
    expect(digest(path)).toBe(before)
    expect(existsSync(`${path}-wal`)).toBe(false)
  })

  const garbage: readonly [string, string][] = [
    [
      'a text',
      'This is not a database, though it is longer than the header of one would be.\n'.repeat(3),
    ],
    ['a few bytes', 'x'],
  ]
  test.each(garbage)('%s', (_, text) => {
    const path = aPath()
    writeFileSync(path, text)
    const fault = faultOfOpening(path)
    expect(fault.code).toBe('store-unreadable')
    expect(fault.message).toContain(path)
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  test('a folder', () => {
    const path = aPath()
    mkdirSync(path)
    expect(faultOfOpening(path).code).toBe('store-unreadable')
  })

  test('a file in a folder that does not exist', () => {
    const path = join(dirname(aPath()), 'missing', 'writ.db')
    const fault = faultOfOpening(path)
    expect(fault.code).toBe('store-unreadable')
    expect(fault.message).toMatch(/folder must exist/)
    expect(existsSync(dirname(path))).toBe(false)
  })
})
