import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { digestOf } from '@writ/ledger'
import { createFold } from '@writ/service'
import { openStore, type Store } from '@writ/sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writ } from './desk.ts'
import { openAudited, policyLines, scratchFolder, type AuditedHouse } from './house.ts'
import { served, type Served } from './served.ts'

const scratch = scratchFolder()
const [data, folder, policy] = ['data', 'export', 'trust.policy'].map(scratch.path) as [
  string,
  string,
  string,
]
let house: AuditedHouse
let service: Served
let ids: readonly string[] = []
const erase = (id: string, ...more: readonly string[]) =>
  writ('audit', 'erase', id, '--reason', 'Request 4711', '--server', service.url, ...more)

beforeAll(async () => {
  mkdirSync(data)
  writeFileSync(policy, policyLines)
  house = openAudited(data)
  await house.others()
  ids = await house.decide(5)
  await house.sealAll()
  service = await served(house.store)
  expect(await erase(ids[1] ?? '')).toMatchObject({
    code: 0,
    out: expect.stringContaining(`Erased ${ids[1]}`),
  })
})

afterAll(async () => {
  await service.close()
  await house.close()
  scratch.remove()
})

const get = async (path: string): Promise<Response> => fetch(`${service.url}${path}`)

describe('an erased record', () => {
  test('is gone, and says who erased it and why', async () => {
    for (const path of ['decisions', 'records']) {
      const gone = await get(`/v1/${path}/${ids[1]}`)
      expect([gone.status, await gone.json()]).toMatchObject([
        410,
        { type: '/problems/record-erased', erasure: `${ids[1]}.erased` },
      ])
    }
    const erasure = await (await get(`/v1/records/${ids[1]}.erased`)).json()
    expect(erasure).toMatchObject({
      type: 'erasure',
      content: { erases: ids[1], reason: 'Request 4711', caller: { principal: 'auditor' } },
    })
  })

  test('is in lists without who acted', async () => {
    const list = await (await get('/v1/decisions?limit=200')).text()
    const items: readonly { readonly id: string; readonly actor: string | null }[] =
      JSON.parse(list).items
    expect(items.find(({ id }) => id === ids[1])?.actor).toBeNull()
    expect(items.find(({ id }) => id === ids[2])?.actor).toBe('ada')
  })

  test('is proved to have been in the log as before', async () => {
    const proof = await get(`/v1/records/${ids[1]}/proof`)
    expect([proof.status, await proof.text()]).toEqual([
      200,
      expect.stringMatching(/^c2sp\.org\/tlog-proof@v1\nindex 5\n/),
    ])
  })

  test('is erased once: again changes nothing, and tells of the first time', async () => {
    const [first, again] = [
      await erase(ids[1] ?? '', '--format', 'json'),
      await erase(ids[1] ?? '', '--format', 'json'),
    ]
    expect(again).toEqual(first)
    expect(JSON.parse(again.out)).toMatchObject({ erases: ids[1], reason: 'Request 4711' })
  })

  test('does not keep the scorecard of its service from being folded', async () => {
    const fold = createFold({ ...house.store, breathe: async () => undefined })
    expect(await fold()).toMatchObject({ failed: [] })
    const card = await house.store.scorecards.get('acme', 'checkout')
    expect(JSON.stringify(card)).not.toContain(ids[1])
    expect(card?.from.records).toBeGreaterThan(3)
  })
})

test('what is no decision and no outcome is not erased, and what is not there cannot be', async () => {
  const [waiver] = await house.store.waivers.list('acme', 1)
  for (const id of [waiver?.id ?? '', `${ids[1]}.erased`])
    expect(await erase(id)).toMatchObject({
      code: 3,
      err: expect.stringContaining('Nothing was erased'),
    })
  expect(await erase('dec_gone')).toMatchObject({
    code: 2,
    err: expect.stringContaining('dec_gone'),
  })
})

describe('a ledger of which something was erased', () => {
  const verdict = async (...where: readonly string[]) =>
    writ('audit', 'fsck', ...where, '--policy', policy)

  test('is verified once the erasure is sealed, and not before', async () => {
    expect(await verdict('--data', data)).toMatchObject({
      code: 2,
      out: expect.stringContaining('nothing in the log erases it'),
    })
    await house.sealAll()
    for (const where of [
      ['--data', data],
      ['--server', service.url, '--tenant', 'acme'],
    ])
      expect(await verdict(...where), where.join(' ')).toMatchObject({ code: 0 })
  })

  test('is found where an erased record is filed as if it had said less than its leaf does', async () => {
    const db = new DatabaseSync(join(data, 'writ.db'))
    const filed = db.prepare('UPDATE entries SET outcome = ? WHERE id = ?')
    filed.run(null, ids[1] ?? '')
    const { code, out } = await verdict('--data', data)
    filed.run('deny', ids[1] ?? '')
    db.close()
    expect(out).toMatch(/was erased, and is filed under facets that its leaf does not have/)
    expect(code).toBe(1)
  })

  test('is exported and imported, erased as it is', async () => {
    expect((await writ('audit', 'export', folder, '--data', data)).code).toBe(0)
    expect((await verdict(folder)).code).toBe(0)
    const into = scratch.path('imported')
    expect(await writ('audit', 'import', folder, '--data', into, '--policy', policy)).toMatchObject(
      { code: 0 },
    )
    expect((await verdict('--data', into)).code).toBe(0)
    const store = openStore(join(into, 'writ.db'))
    expect(await store.records.get('acme', ids[1] ?? '')).toEqual(
      await house.store.records.get('acme', ids[1] ?? ''),
    )
    await store.close()
  })

  const empty = '"body":{"salt":"","text":""}}'
  const nobody = (line: string): string =>
    line
      .replace(/"request_digest":"[^"]*"/, `"request_digest":"${digestOf('')}"`)
      .replace(/"actor":"[^"]*"/, '"actor":null')
  const forgeries: readonly [string, number, (line: string) => string, number, string][] = [
    ['lose a body without an erasure', 3, (line) => nobody(line).replace(/"body":\{.*\}\}$/, empty), 2, 'has no body, and nothing in the log erases it'],
    ['say who acted in what was erased', 1, (line) => line.replace('"actor":null', '"actor":"eve"'), 1, 'was erased, and says who acted'],
    ['show another outcome of what was erased', 1, (line) => line.replace('"outcome":"deny"', '"outcome":"allow"'), 1, 'was erased, and is filed under facets that its leaf does not have'],
  ] // prettier-ignore
  test.each(forgeries)('cannot %s', async (_, at, forge, code, words) => {
    const path = join(folder, 'bodies', '000.ndjson')
    const lines = readFileSync(path, 'utf8').split('\n')
    const forged = lines.map((line) => (line.includes(`"id":"${ids[at]}"`) ? forge(line) : line))
    expect(forged).not.toEqual(lines)
    writeFileSync(path, forged.join('\n'))
    const found = await verdict(folder)
    writeFileSync(path, lines.join('\n'))
    expect([found.code, found.out]).toEqual([code, expect.stringContaining(words)])
  })

  test('has its line in a table and its event, without anybody’s name, and stays in a sample', async () => {
    const table = await writ('audit', 'export', '-', '--data', data, '--format', 'csv')
    const line = table.out.split('\r\n').find((row) => row.includes(`,${ids[1]},`))
    expect(line).toContain(`,${ids[1]},decision,acme,deploy,deny,production,,,checkout,`)
    const events = await writ('audit', 'export', '-', '--data', data, '--format', 'ocsf')
    expect([events.code, events.out]).toEqual([
      0,
      expect.stringContaining(`decision ${ids[1]}: erased`),
    ])
    const sample = scratch.path('sample')
    const all = ['--seed', 's', '--sample', '99', '--tenant', 'acme']
    expect(await writ('audit', 'evidence', sample, '--data', data, ...all)).toMatchObject({
      code: 0,
    })
    expect(readFileSync(join(sample, 'sample.csv'), 'utf8')).toContain(ids[1])
    expect(readdirSync(join(sample, 'records'))).toHaveLength(2 * (ids.length - 1))
  })

  test('is moved to another store as what it is', async () => {
    const [whole, moved] = ['moving', 'moved'].map(scratch.path) as [string, string]
    expect(await erase(ids[4] ?? '')).toMatchObject({ code: 0 })
    await house.sealAll()
    expect(await writ('audit', 'export', whole, '--data', data)).toMatchObject({ code: 0 })
    expect(await writ('audit', 'import', whole, '--data', moved, '--policy', policy)).toMatchObject(
      { code: 0 },
    )
    expect(await writ('audit', 'fsck', '--data', moved, '--policy', policy)).toMatchObject({
      code: 0,
    })
    const store = openStore(join(moved, 'writ.db'))
    for (const id of [ids[1] ?? '', ids[4] ?? '', ids[0] ?? ''])
      expect(await store.records.get('acme', id)).toEqual(await house.store.records.get('acme', id))
    await store.close()
  })

  test('replays the rest, and says of what was erased that it was', async () => {
    const { out } = await writ('audit', 'replay', ids[1] ?? '', '--data', data)
    expect(out).toContain('unknown: it was erased')
  })
})

test('no byte of what was erased is left in the files of the store', async () => {
  const own = scratch.path('secret')
  mkdirSync(own)
  const store: Store = openStore(join(own, 'writ.db'))
  const secret = 'Erika Mustermann, Musterstraße 12, 12345 Musterstadt'
  const { anEntry } = await import('@writ/testkit')
  const entries = Array.from({ length: 20 }, (_, place) =>
    anEntry({ content: `{"of":"${secret}","place":${place}}`, facets: { actor: secret } }),
  )
  for (const entry of entries) await store.records.append(entry)
  const left = () =>
    readdirSync(own).filter((name) => readFileSync(join(own, name)).includes(secret))
  expect(left()).not.toEqual([])
  for (const entry of entries)
    await store.records.erase(entry, anEntry({ id: `${entry.id}.erased`, type: 'erasure', statement: { erases: entry.id }, facets: { actor: 'grace' } })) // prettier-ignore
  expect(left()).toEqual([])
  await store.close()
})
