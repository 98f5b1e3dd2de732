import { renameSync, rmSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Fault } from '@writ/domain'
import { openStore } from '@writ/sqlite'
import { anEntry, aScorecard, aWaiver, aWaiverEntry, walk } from '@writ/testkit'
import { describe, expect, test } from 'vitest'
import { aDisk, diskErrors, failTimes, type Fate } from './disk.ts'
import { aPath } from './folder.ts'

const unavailable = { code: 'records-unavailable' }
const commits = (log: readonly string[]): number => log.filter((sql) => sql === 'COMMIT').length

describe('a disk that fails a commit', () => {
  const fates: readonly [string, Fate, 'reopened' | 'kept'][] = [
    ['its sync', { fails: diskErrors.syncFailed }, 'reopened'],
    ['its write', { fails: diskErrors.writeFailed }, 'reopened'],
    ['its space', { fails: diskErrors.full }, 'kept'],
  ]
  test.each(fates)('at %s: nothing is stored, and the next call works', async (_, fate, then) => {
    const disk = aDisk()
    const store = openStore(aPath(), disk.open)
    const [stood, refused, later] = [anEntry(), anEntry(), anEntry()]
    await store.records.append(stood)
    disk.fate = failTimes(1, 'COMMIT', fate)
    const waiver = aWaiver()
    const attempts = [
      store.records.append(refused),
      store.waivers.put(waiver, aWaiverEntry(waiver)),
    ]
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject(unavailable)
    expect(await walk(store.records)).toEqual([stood])
    expect(await store.waivers.get('acme', waiver.id)).toBeNull()
    expect(await store.scorecards.stale(10)).toMatchObject([{ version: 1 }])
    expect(await store.records.append(later)).toEqual(later)
    expect(disk.log.filter((sql) => sql === 'open')).toHaveLength(then === 'reopened' ? 2 : 1)
    await store.close()
  })

  test('that had reached it after all: the caller who tries again is told what stands', async () => {
    const disk = aDisk()
    const store = openStore(aPath(), disk.open)
    disk.fate = failTimes(1, 'COMMIT', { runsAndFails: diskErrors.syncFailed })
    const entry = anEntry({ id: 'dec_1' })
    await expect(store.records.append(entry)).rejects.toMatchObject(unavailable)
    expect(await store.records.append(anEntry({ id: 'dec_1' }))).toEqual(entry)
    expect(await store.records.append(entry)).toEqual(entry)
    await store.close()
  })

  test('and cannot be opened anew stays down, and comes back when it can', async () => {
    const disk = aDisk()
    const store = openStore(aPath(), disk.open)
    const entry = anEntry()
    disk.fate = () => ({ fails: diskErrors.syncFailed })
    for (const _ of [1, 2, 3])
      await expect(store.records.append(entry)).rejects.toMatchObject(unavailable)
    await expect(store.records.get('acme', entry.id)).rejects.toMatchObject(unavailable)
    disk.fate = () => 'runs'
    expect(await store.records.append(entry)).toEqual(entry)
    await store.close()
  })

  test('is not trusted with what it said it had: all of it is written to the main file anew', async () => {
    const path = aPath()
    const disk = aDisk()
    const [neighbour, store] = [openStore(path), openStore(path, disk.open)]
    const entry = anEntry()
    await store.records.append(entry)
    disk.fate = failTimes(1, 'COMMIT', { fails: diskErrors.syncFailed })
    await expect(store.records.append(anEntry())).rejects.toMatchObject(unavailable)
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0)
    expect(await store.records.get('acme', entry.id)).toEqual(entry)
    expect(statSync(`${path}-wal`).size).toBe(0)
    for (const { close } of [neighbour, store]) await close()
  })

  test('keeps the cause, for whoever reads the log', async () => {
    const disk = aDisk()
    const store = openStore(':memory:', disk.open)
    disk.fate = failTimes(1, 'COMMIT', { fails: diskErrors.full })
    const thrown: unknown = await store.records.append(anEntry()).catch((cause: unknown) => cause)
    expect(thrown).toMatchObject({ ...unavailable, cause: { errcode: diskErrors.full } })
    await store.close()
  })
})

test('a store that is really full refuses whole, and takes entries again when there is space', async () => {
  const path = aPath()
  const disk = aDisk()
  disk.pragma = 'PRAGMA max_page_count = 60'
  const store = openStore(path, disk.open)
  const taken: string[] = []
  const body = { content: new Uint8Array(8000) }
  const thrown: unknown = await (async () => {
    for (;;) {
      const entry = anEntry(body)
      await store.records.append(entry)
      taken.push(entry.id)
    }
  })().catch((cause: unknown) => cause)
  expect(thrown).toMatchObject(unavailable)
  expect((await walk(store.records)).map(({ id }) => id)).toEqual(taken.toReversed())
  await store.close()
  disk.pragma = ''
  const roomy = openStore(path, disk.open)
  const entry = anEntry(body)
  expect(await roomy.records.append(entry)).toEqual(entry)
  expect(await walk(roomy.records)).toHaveLength(taken.length + 1)
  await roomy.close()
})

test('a commit returns when the disk has it: every transaction is synced', async () => {
  const disk = aDisk()
  const store = openStore(aPath(), disk.open)
  const setting = (name: string): unknown =>
    disk.connection?.prepare(`PRAGMA ${name}`).get()?.[name]
  expect([setting('synchronous'), setting('journal_mode'), setting('foreign_keys')]).toEqual([
    2,
    'wal',
    1,
  ])
  await store.close()
})

describe('works of one turn', () => {
  test('share one commit, and nobody is answered before it', async () => {
    const disk = aDisk()
    const store = openStore(':memory:', disk.open)
    const before = commits(disk.log)
    const answers = Array.from({ length: 100 }, async () => {
      await store.records.append(anEntry())
      return commits(disk.log) - before
    })
    expect(new Set(await Promise.all(answers))).toEqual(new Set([1]))
    await store.close()
  })

  test('that are very many share a few', async () => {
    const disk = aDisk()
    const store = openStore(':memory:', disk.open)
    const before = commits(disk.log)
    const entries = Array.from({ length: 600 }, () => anEntry())
    expect(await Promise.all(entries.map((entry) => store.records.append(entry)))).toEqual(entries)
    expect(commits(disk.log) - before).toBe(3)
    await store.close()
  })

  test('do not pay for one among them that cannot be stored', async () => {
    const store = openStore(':memory:')
    const good = [anEntry(), anEntry()]
    const bad = { ...anEntry(), at: null as unknown as string }
    const [first, refused, second] = [good[0], bad, good[1]].map((entry) =>
      store.records.append(entry ?? anEntry()).catch((thrown: unknown) => thrown),
    )
    expect([await first, await second]).toEqual(good)
    expect(await refused).toBeInstanceOf(Fault)
    expect(await walk(store.records)).toHaveLength(2)
    expect(await store.records.get('acme', bad.id)).toBeNull()
    await store.close()
  })

  test('are named as not yet listed until they are committed', async () => {
    const store = openStore(':memory:')
    const entries = [
      anEntry({ at: '2026-11-02T00:00:00.000Z' }),
      anEntry({ at: '2026-11-01T00:00:00.000Z' }),
    ]
    const appends = entries.map((entry) => store.records.append(entry))
    const query = { filter: {}, before: null, limit: 10 }
    expect(await store.records.list('acme', query)).toMatchObject({
      entries: [],
      oldestUnlisted: '2026-11-01T00:00:00.000Z',
    })
    await Promise.all(appends)
    expect((await store.records.list('acme', query)).oldestUnlisted).toBeNull()
    await store.close()
  })
})

describe('a store', () => {
  test('that is closed finishes what was asked for, and refuses what comes after', async () => {
    const path = aPath()
    const store = openStore(path)
    const entries = Array.from({ length: 300 }, () => anEntry())
    const appends = entries.map((entry) => store.records.append(entry))
    await store.close()
    expect(await Promise.all(appends)).toEqual(entries)
    await expect(store.records.append(anEntry())).rejects.toMatchObject(unavailable)
    await expect(store.records.get('acme', 'dec_1')).rejects.toMatchObject(unavailable)
    await expect(store.scorecards.stale(1)).rejects.toMatchObject(unavailable)
    await expect(store.close()).resolves.toBeUndefined()
    const again = openStore(path)
    expect(await walk(again.records)).toHaveLength(300)
    await again.close()
  })

  test('that another process holds for writing is unavailable, and readable all the while', async () => {
    const path = aPath()
    const store = openStore(path, (name) => new DatabaseSync(name, { timeout: 0 }))
    const [stood, entry] = [anEntry(), anEntry()]
    await store.records.append(stood)
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    await expect(store.records.append(entry)).rejects.toMatchObject({
      ...unavailable,
      message: 'The store is locked by another process',
    })
    expect(await walk(store.records)).toEqual([stood])
    other.exec('ROLLBACK')
    other.close()
    expect(await store.records.append(entry)).toEqual(entry)
    await store.close()
  })

  test('whose file is removed or replaced takes nothing more, until its own file is back', async () => {
    const path = aPath()
    const store = openStore(path)
    const entry = anEntry()
    renameSync(path, `${path}.moved`)
    await expect(store.records.append(entry)).rejects.toMatchObject(unavailable)
    const impostor = openStore(`${path}.other`)
    await impostor.close()
    renameSync(`${path}.other`, path)
    await expect(store.records.append(entry)).rejects.toMatchObject(unavailable)
    rmSync(path)
    renameSync(`${path}.moved`, path)
    expect(await store.records.append(entry)).toEqual(entry)
    await store.close()
  })

  const damages: readonly [string, string][] = [
    ['outcome', "UPDATE entries SET outcome = 'maybe'"],
    ['rules', "UPDATE entries SET rules = '{}'"],
    ['rules', "UPDATE entries SET rules = '[1]'"],
    ['request_digest', "UPDATE entries SET request_digest = 'x'"],
    ['card', "UPDATE entities SET card = '{'"],
    ['card', `UPDATE entities SET card = json_remove(card, '$.from.truncated')`],
    ['card', `UPDATE entities SET card = json_set(card, '$.checks[0].status', 'fine')`],
  ]
  test.each(damages)(
    'with another %s than Writ writes says so, and gives nothing: %s',
    async (column, sql) => {
      const path = aPath()
      const store = openStore(path)
      const entry = anEntry()
      await store.records.append(entry)
      await store.scorecards.save({ tenant: 'acme', entity: 'checkout', version: 1 }, aScorecard())
      const other = new DatabaseSync(path)
      other.exec(sql)
      other.close()
      const read = async () => [
        await store.records.get('acme', entry.id),
        await store.scorecards.get('acme', 'checkout'),
      ]
      await expect(read()).rejects.toMatchObject({
        ...unavailable,
        message: expect.stringContaining(column),
      })
      await store.close()
    },
  )
})
