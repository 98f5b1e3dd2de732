import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTables, ownClient, tableNames } from '@writ/dynamo'
import { createFold } from '@writ/service'
import { openStore, type Store } from '@writ/sqlite'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startDynalite } from '../store/dynamo.ts'
import { writ } from './desk.ts'
import { openAudited, policyLines, scratchFolder } from './house.ts'

const scratch = scratchFolder()
afterAll(scratch.remove)

const [old, folder, policy] = ['old', 'export', 'trust.policy'].map(scratch.path) as [
  string,
  string,
  string,
]
let ids: readonly string[] = []

beforeAll(async () => {
  writeFileSync(policy, policyLines)
  mkdirSync(old)
  const house = openAudited(old)
  await house.others()
  ids = await house.decide(600)
  await house.sealAll()
  await house.close()
  expect((await writ('audit', 'export', folder, '--data', old)).code).toBe(0)
})

async function factsOf(...where: readonly string[]): Promise<unknown> {
  const { code, out } = await writ(
    'audit',
    'fsck',
    ...where,
    '--policy',
    policy,
    '--format',
    'json',
  )
  expect(code, out).toBe(0)
  return JSON.parse(out).facts
}

/** What a house works with beside the ledger: the waivers in force, and the scorecards that it folds. */
async function workedOut(store: Store): Promise<unknown> {
  const fold = createFold({ ...store, breathe: async () => undefined })
  while ((await fold()).saved > 0);
  return [await store.waivers.list('acme', 10), await store.scorecards.list('acme', 10)]
}

test('what is imported into a file is the same ledger, with waivers and scorecards, and goes on', async () => {
  const data = scratch.path('new')
  expect(await writ('audit', 'import', folder, '--data', data, '--policy', policy)).toMatchObject({
    code: 0,
    out: expect.stringContaining('Imported 604 entries and 604 records'),
  })
  expect(readdirSync(data)).toEqual(['writ.db'])
  expect(await factsOf('--data', data)).toEqual(await factsOf('--data', old))
  const [before, after] = [openStore(join(old, 'writ.db')), openStore(join(data, 'writ.db'))]
  const [expected, found] = [await workedOut(before), await workedOut(after)]
  expect(found).toEqual(expected)
  expect(JSON.stringify(found)).toContain('"revokedAt":"2026')
  await Promise.all([before.close(), after.close()])

  const state = scratch.path('state')
  const seen = ['--state', state, '--policy', policy]
  expect((await writ('audit', 'monitor', '--data', old, ...seen)).code).toBe(0)
  const house = openAudited(data, 1)
  onTestFinished(house.close)
  await house.decide(5)
  await house.sealAll()
  expect(await writ('audit', 'monitor', '--data', data, ...seen)).toMatchObject({
    code: 0,
    out: expect.stringContaining(', 5 entries more than before'),
  })
  expect(await factsOf('--data', data)).toMatchObject({ size: 609, records: 609 })
})

test('what is imported into DynamoDB is exported from there to the same files', async () => {
  const running = await startDynalite()
  onTestFinished(() => running.stop())
  const where = ['--dynamodb-endpoint', running.endpoint]
  expect(await writ('audit', 'import', folder, ...where)).toMatchObject({ code: 3, err: expect.stringContaining('tables create') })
  await createTables(ownClient(running.endpoint), tableNames('writ'))
  expect(await writ('audit', 'import', folder, ...where)).toMatchObject({ code: 0, err: '' })
  // How many wait there only an index tells, so nothing is said of it.
  const there = (await factsOf(...where)) as object
  expect({ unsealed: 0, ...there }).toEqual(await factsOf('--data', old))
  const back = scratch.path('back')
  expect((await writ('audit', 'export', back, ...where, '--policy', policy)).code).toBe(0)
  for (const path of ['checkpoint', 'bodies/000.ndjson', 'bodies/002.ndjson', 'tile/entries/002.p/92', 'manifest.json'])
    expect(readFileSync(join(back, path), 'utf8')).toBe(readFileSync(join(folder, path), 'utf8'))
  const proofs = await Promise.all([['--data', old], where].map(async (place, nth) => {
    const file = scratch.path(`${nth}.tlog-proof`)
    expect((await writ('audit', 'prove', ids[3] ?? '', ...place, '-o', file)).code).toBe(0)
    return readFileSync(file, 'utf8')
  }))
  expect(new Set(proofs).size).toBe(1)
  expect(await writ('audit', 'import', folder, ...where)).toMatchObject({ code: 3, err: expect.stringContaining('is not empty') })
}, 120_000) // prettier-ignore

test('nothing is imported of an export that is damaged, or a part, or over another store', async () => {
  const data = scratch.path('none')
  const harmed = scratch.path('harmed')
  cpSync(folder, harmed, { recursive: true })
  const bodies = join(harmed, 'bodies/001.ndjson')
  writeFileSync(bodies, readFileSync(bodies, 'utf8').replace('ada', 'eve'))
  expect(await writ('audit', 'import', harmed, '--data', data)).toMatchObject({ code: 1 })
  const part = scratch.path('part')
  await writ('audit', 'export', part, '--data', old, '--to', '2026-11-02')
  expect(await writ('audit', 'import', part, '--data', data)).toMatchObject({
    code: 3,
    err: expect.stringContaining('a part of the records'),
  })
  expect(await writ('audit', 'import', folder, '--data', old)).toMatchObject({
    code: 3,
    err: expect.stringContaining('has a store already'),
  })
  expect(await writ('audit', 'import', folder)).toMatchObject({
    code: 3,
    err: expect.stringContaining('Say where to put it'),
  })
  expect(() => readdirSync(data)).toThrow('ENOENT')
})
