import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Entry } from '@writ/ledger'
import { isInUse, openStore, readStore } from '@writ/sqlite'
import { anEntry } from '@writ/testkit'
import { afterAll, expect, test } from 'vitest'
import { openSpool } from '../../packages/local/src/spool.ts'
import { decide, example, root, scratch, startWrit } from './server.ts'

const run = promisify(execFile)
const folder = scratch()
afterAll(folder.remove)
const data = folder.path('data')
const main = join(root, 'packages', 'local', 'src', 'main.ts')

const move = (...more: readonly string[]) =>
  run(process.execPath, [main, 'keys', 'move', '--data', data, ...more])

/** Starts the house, and ends it once all is sealed. */
async function runUntilSealed(): Promise<void> {
  const server = await startWrit(['--data', data, '--no-sample'])
  const store = openStore(`${data}/writ.db`)
  await expect.poll(() => store.log.pending(1), { timeout: 60_000 }).toEqual([])
  await store.close()
  expect(await server.stop('SIGTERM')).toBe(0)
}

async function aDecision(): Promise<Entry> {
  const store = readStore(`${data}/writ.db`)
  const query = { filter: { type: 'decision' as const }, before: null, limit: 1 }
  const [entry] = (await store.records.list('local', query)).entries
  await store.close()
  return entry ?? anEntry()
}

test('keys leave a house only once it has ended and all of it is sealed; then it starts no more, until they are put back', async () => {
  await expect(move()).rejects.toThrow(/no data folder with keys/)
  const server = await startWrit(['--data', data, '--no-sample'])
  await decide(server, example('deploy-denied'))
  await expect(move()).rejects.toThrow(/somebody has .*writ\.db open/)
  await server.stop('SIGTERM')

  const store = openStore(`${data}/writ.db`)
  await store.records.append(anEntry({ tenant: 'local' }))
  await store.close()
  await expect(move()).rejects.toThrow(/does not have all records yet/)
  await runUntilSealed()

  const spool = folder.path('spool')
  const waiting = await aDecision()
  await openSpool(spool).put(waiting)
  await expect(move('--spool', spool)).rejects.toThrow(/decisions wait in/)
  await openSpool(spool).drop(waiting)
  writeFileSync(`${data}/log.next.key`, 'a key')
  await expect(move()).rejects.toThrow(/a key turns/)
  rmSync(`${data}/log.next.key`)
  await expect(move('--store', 'dynamodb', '--dynamodb-endpoint', 'http://127.0.0.1:9')).rejects.toThrow(/No DynamoDB answers/) // prettier-ignore
  expect(existsSync(`${data}/moved`)).toBe(false)

  const moved = await move('--spool', spool)
  expect(moved.stdout).toContain('Its log ends here with 2 entries')
  expect(readdirSync(`${data}/moved`)).toEqual(['log.key', 'log.signed', 'receipts.key'])
  expect([existsSync(`${data}/log.key`), existsSync(`${data}/receipts.key`)]).toEqual([false, false]) // prettier-ignore
  expect((await move()).stdout).toBe(moved.stdout)
  const refused = await startWrit(['--data', data, '--no-sample'])
  expect(refused.err()).toContain('its keys have moved to')
  expect(refused.code()).toBe(1)
  expect(existsSync(`${data}/log.key`)).toBe(false)

  const [, back = ''] = /nothing there\? Then {2}(.+) {2}makes/.exec(refused.err()) ?? []
  await run('bash', ['-e', '-c', back])
  await runUntilSealed()
})

test('what was broken off between two keys is finished by a second time, and no new key is made meanwhile', async () => {
  const key = readFileSync(`${data}/receipts.key`, 'utf8')
  await move()
  await run('mv', [`${data}/moved/log.key`, data])
  const refused = await startWrit(['--data', data, '--no-sample'])
  expect(refused.err()).toContain('its keys have moved to')
  await move()
  expect(readFileSync(`${data}/moved/receipts.key`, 'utf8')).toBe(key)
  expect(readdirSync(data).filter((name) => name.endsWith('.key'))).toEqual(['cursor.key'])
})

test('whoever reads a store has it in use too, and its records stay as they are', async () => {
  const store = readStore(`${data}/writ.db`)
  const all = { filter: {}, before: null, limit: 10 }
  const before = await store.records.list('local', all)
  expect(isInUse(`${data}/writ.db`)).toBe(true)
  await store.close()
  expect(isInUse(`${data}/writ.db`)).toBe(false)
  const again = readStore(`${data}/writ.db`)
  expect(await again.records.list('local', all)).toEqual(before)
  await again.close()
})
