import { mkdirSync, readFileSync } from 'node:fs'
import { csvRow, type ExportedRecord } from '@writ/contract'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectGolden } from '../cli/command.ts'
import { writ } from './desk.ts'
import { openAudited, scratchFolder } from './house.ts'

const scratch = scratchFolder()
afterAll(scratch.remove)
const data = scratch.path('data')

beforeAll(async () => {
  mkdirSync(data)
  const house = openAudited(data)
  await house.others()
  await house.decide(300)
  await house.sealAll()
  await house.close()
})

async function exported(format: string, ...more: readonly string[]): Promise<string> {
  const { code, out, err } = await writ('audit', 'export', '-', '--data', data, '--format', format, ...more) // prettier-ignore
  expect(code, err).toBe(0)
  return out
}

/** Without what differs from one run to the next. */
const stable = (text: string): string => text.replaceAll(/(dec|out|wvr)_[0-9a-z]{26}/g, '$1_ID')

test('a table has a line a record, with what it can be found by and who sent it', async () => {
  const lines = (await exported('csv')).split('\r\n')
  expect(lines).toHaveLength(306)
  expectGolden('export-csv', stable(lines.slice(0, 6).join('\n')))
})

test('NDJSON has the lines that an export has, of the time and the tenant that were asked for', async () => {
  const folder = scratch.path('folder')
  await writ('audit', 'export', folder, '--data', data)
  const bodies = ['000', '001']
    .map((name) => readFileSync(`${folder}/bodies/${name}.ndjson`, 'utf8'))
    .join('')
  expect(await exported('ndjson')).toBe(bodies)
  const day = await exported('ndjson', '--from', '2026-11-02', '--to', '2026-11-03')
  expect(day.trimEnd().split('\n')).toHaveLength(24)
  expect((await exported('ndjson', '--tenant', 'other')).trimEnd().split('\n')).toHaveLength(1)
  const again = scratch.path('again.ndjson')
  expect(
    await writ('audit', 'export', again, '--folder', folder, '--format', 'ndjson'),
  ).toMatchObject({ code: 0 })
  expect(readFileSync(again, 'utf8')).toBe(bodies)
  expect(await writ('audit', 'export', again, '--folder', folder, '--format', 'csv')).toMatchObject(
    { code: 3 },
  )
})

test('every event is one of OCSF’s class API Activity by its published schema', async () => {
  // OCSF 1.6.0 with the profile Security Control, compiled by ocsf-json-schema 1.2.0; cut to the attributes that are used.
  const schema = JSON.parse(readFileSync('test/golden/ocsf/api-activity.json', 'utf8'))
  const isEvent = new Ajv2020({ strict: false }).compile(schema)
  const events = (await exported('ocsf'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(events).toHaveLength(304)
  for (const event of events) expect(isEvent(event) ? null : isEvent.errors).toBeNull()
  expect(isEvent({ ...events[0], class_uid: '6003' })).toBe(false)
  expectGolden('export-ocsf', stable(JSON.stringify(events.slice(0, 5), null, 2)))
})

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['＝1', "'＝1"],
  ['a"b', '"a""b"'],
  ['a,b', '"a,b"'],
  ['two\nlines', '"two\nlines"'],
  ['checkout', 'checkout'],
])('the cell %j is written as %j', (actor, cell) => {
  const facets = { kind: null, outcome: null, resource: null, service: null, team: null, environment: null, rules: [], correlation: null } // prettier-ignore
  const record: ExportedRecord = { index: 7, tenant: 't', id: 'i', type: 'decision', recorded_at: 'r', request_digest: 'd', facets: { ...facets, actor }, body: { salt: '', text: '{}' } } // prettier-ignore
  expect(csvRow(record)).toBe(`r,i,decision,t,,,,${cell},,,,,,,7\r\n`)
})
