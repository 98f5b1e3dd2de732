import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { writ } from './desk.ts'
import { openAudited, policyLines, scratchFolder, type AuditedHouse } from './house.ts'
import { served } from './served.ts'

const scratch = scratchFolder()
afterAll(scratch.remove)

const policy = scratch.path('trust.policy')
writeFileSync(policy, policyLines)
let house: AuditedHouse
let state = ''
let run = 0

beforeEach(async () => {
  run += 1
  mkdirSync(scratch.path(`data ${run}`))
  house = openAudited(scratch.path(`data ${run}`))
  state = scratch.path(`state ${run}`)
  await house.decide(300)
  await house.sealAll()
  return () => house.close()
})

function monitor(where: readonly string[] = ['--data', house.data]) {
  return writ('audit', 'monitor', ...where, '--state', state, '--policy', policy)
}

/** Edits the store as whoever keeps it could, and seals what is there with the same key. */
function edited(sql: string): void {
  const db = new DatabaseSync(`${house.data}/writ.db`)
  db.exec(`PRAGMA foreign_keys = OFF; ${sql}`)
  db.close()
}

const forgetLog = `DELETE FROM log_head; DELETE FROM log_files; DELETE FROM log_checkpoint; DELETE FROM log_stages;
  UPDATE entries SET sealed = NULL`

test('a log that grows is followed, over a service too', async () => {
  const service = await served(house.store)
  onTestFinished(service.close)
  const first = await monitor()
  expect(first).toMatchObject({
    code: 0,
    out: expect.stringContaining('300 entries of writ.example/log, seen for the first time'),
  })
  expect(await monitor()).toMatchObject({
    code: 0,
    out: expect.stringContaining(', 0 entries more than before'),
  })
  await house.decide(40)
  await house.sealAll()
  expect(await monitor(['--server', service.url])).toMatchObject({
    code: 0,
    out: expect.stringContaining(', 40 entries more than before'),
  })
  expect(readFileSync(state, 'utf8')).toBe(await house.store.log.checkpoint())
})

const histories: readonly [string, string, number][] = [
  ['a record was taken out before the log was made anew', 'DELETE FROM entries WHERE sealed = 7', 3],
  ['a record was taken out, and others came', 'DELETE FROM entries WHERE sealed = 7', 50],
  ['two records changed places', `UPDATE entries SET at = '2020-01-01T00:00:00.000Z' WHERE sealed = 9`, 0],
] // prettier-ignore
test.each(histories)(
  'of a log in which %s, both signed notes are printed',
  async (_, sql, more) => {
    await monitor()
    const before = readFileSync(state, 'utf8')
    await house.close()
    edited(`DELETE FROM entry_rules; ${sql}; ${forgetLog}`)
    house = openAudited(house.data, 1)
    await house.decide(more)
    await house.sealAll()
    const { code, out } = await monitor()
    expect(code).toBe(1)
    const printed = out.replaceAll(/^ {2}/gm, '')
    expect(printed).toContain(before.trimEnd())
    expect(printed).toContain((await house.store.log.checkpoint())?.trimEnd())
    expect(readFileSync(state, 'utf8')).toBe(before)
  },
)

test('a log that was rolled back is noticed, and so it is when it has grown beyond again', async () => {
  const backup = scratch.path(`backup ${run}`)
  await house.close()
  cpSync(house.data, backup, { recursive: true })
  house = openAudited(house.data, 1)
  await house.decide(10)
  await house.sealAll()
  await monitor()
  await house.close()
  for (const name of ['writ.db-wal', 'writ.db-shm'])
    rmSync(`${house.data}/${name}`, { force: true })
  copyFileSync(`${backup}/writ.db`, `${house.data}/writ.db`)
  house = openAudited(house.data, 2)
  const rolled = await monitor()
  expect(rolled).toMatchObject({
    code: 1,
    out: expect.stringContaining('shows 300 entries and has signed that it has 310'),
  })
  await house.others()
  await house.decide(20)
  await house.sealAll()
  expect(await monitor()).toMatchObject({
    code: 1,
    out: expect.stringContaining('the first 310 entries of the log are not those'),
  })
})

const unproven: readonly [string, () => void, RegExp][] = [
  ['tiles that do not lead to the root', () => edited(`UPDATE log_files SET bytes = zeroblob(32) WHERE path = 'tile/1/000.p/1'`), /do not lead to the root/],
  ['a tile that is missing', () => edited(`DELETE FROM log_files WHERE path = 'tile/1/000.p/1'`), /lacks tile\/1\/000.p\/1/],
  ['a kept checkpoint that is damaged', () => writeFileSync(state, readFileSync(state, 'utf8').replace('300', '301')), /that was kept/],
  ['a kept checkpoint that is cut off', () => writeFileSync(state, ''), /This is no note/],
] // prettier-ignore
test.each(unproven)('%s prove nothing', async (_, harm, words) => {
  await monitor()
  await house.decide(1)
  await house.sealAll()
  harm()
  const { code, out, err } = await monitor()
  expect([code, out + err]).toEqual([2, expect.stringMatching(words)])
})
