import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { Fault } from '@writ/domain'
import type { AppParts } from '@writ/http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writ } from './desk.ts'
import { aHouse } from '../http/house.ts'
import { openAudited, policyLines, scratchFolder, type AuditedHouse } from './house.ts'
import { served } from './served.ts'

const scratch = scratchFolder()
const [data, whole, policy] = ['data', 'whole', 'trust.policy'].map(scratch.path) as [
  string,
  string,
  string,
]
let house: AuditedHouse

beforeAll(async () => {
  mkdirSync(data)
  writeFileSync(policy, policyLines)
  house = openAudited(data)
  await house.decide(600)
  await house.sealAll()
  expect((await writ('audit', 'export', whole, '--data', data)).code).toBe(0)
})
afterAll(async () => {
  await house.close()
  scratch.remove()
})

const pathsIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))

const contentOf = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    pathsIn(folder)
      .toSorted()
      .map((path) => [path, readFileSync(join(folder, path), 'latin1')]),
  )

const [first, last] = [
  ['log.vkey', 'trust.policy', 'README.md'],
  ['manifest.json', 'checkpoint', 'SHA256SUMS'],
]

/** In an order in which they are written: of the log, each tile before its records. */
function written(): readonly string[] {
  const others = pathsIn(whole).filter((path) => ![...first, ...last].includes(path))
  return [...first, ...others.toSorted().toReversed(), ...last]
}

/** What a death after so many files leaves. */
function brokenOff(folder: string, files: readonly string[], marker: string): void {
  mkdirSync(folder)
  writeFileSync(join(folder, 'unfinished.json'), marker)
  writeFileSync(join(folder, 'half.unfinished'), 'half of a file')
  for (const path of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(whole, path), join(folder, path))
  }
}

const key = () => readFileSync(join(whole, 'log.vkey'), 'utf8')
const all = () => `${JSON.stringify({ from: null, to: null, tenant: null, log: key() })}\n`

test('broken off after any of its files it is never whole, and goes on to the very same folder', async () => {
  const files = written()
  expect(files.length).toBeGreaterThan(12)
  for (let count = 0; count <= files.length; count += 1) {
    const folder = scratch.path(`broken ${count}`)
    brokenOff(folder, files.slice(0, count), all())
    expect(
      (await writ('audit', 'fsck', folder, '--policy', policy)).code,
      `${count}`,
    ).toBeGreaterThan(1)
    expect(await writ('audit', 'export', folder, '--data', data)).toMatchObject({
      code: 0,
      err: '',
    })
    expect(contentOf(folder)).toEqual(contentOf(whole))
  }
}, 120_000)

test('what was broken off goes on though the log has grown, and is whole', async () => {
  const [folder, fresh] = [scratch.path('grown'), scratch.path('fresh')]
  brokenOff(folder, written().slice(0, -3), all())
  await house.decide(200)
  await house.sealAll()
  for (const target of [folder, fresh])
    expect((await writ('audit', 'export', target, '--data', data)).code).toBe(0)
  expect(contentOf(folder)).toEqual(contentOf(fresh))
  expect((await writ('audit', 'fsck', folder, '--policy', policy)).code).toBe(0)
})

test('over a service that goes away in the middle nothing is asked for twice', async () => {
  const { readRecord } = aHouse({ store: house.store }).parts
  let [asked, most] = [0, 300]
  const counted: AppParts['readRecord'] = (reader, id) => {
    asked += 1
    if (asked > most) throw new Fault('internal', 'it goes away')
    return readRecord(reader, id)
  }
  const service = await served(house.store, { readRecord: counted })
  const folder = scratch.path('over')
  const args = ['export', folder, '--server', service.url, '--tenant', 'acme', '--policy', policy]
  const cut = await writ('audit', ...args)
  expect([cut.code, cut.err]).toEqual([2, expect.stringContaining('the same command goes on')])
  expect(existsSync(join(folder, 'bodies', '000.ndjson'))).toBe(true)
  ;[asked, most] = [0, Infinity]
  expect((await writ('audit', ...args)).code).toBe(0)
  expect(asked).toBe(800 - 256)
  expect((await writ('audit', 'fsck', folder, '--policy', policy)).code).toBe(0)
  await service.close()
})

const refused: readonly [string, () => void, readonly string[]][] = [
  ['of another time', () => brokenOff(scratch.path('other'), [], all()), ['--from', '2026-11-02']],
  [
    'of another log',
    () => brokenOff(scratch.path('other'), [], all().replace('example', 'another')),
    [],
  ],
  ['that is finished', () => cpSync(whole, scratch.path('other'), { recursive: true }), []],
]
test.each(refused)('a folder with an export %s is left as it is', async (_, make, more) => {
  const folder = scratch.path('other')
  make()
  const before = contentOf(folder)
  const { code } = await writ('audit', 'export', folder, '--data', data, ...more)
  expect([code, contentOf(folder)]).toEqual([3, before])
  rmSync(folder, { recursive: true })
})
