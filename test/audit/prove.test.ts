import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readReadingBody } from '@writ/contract'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writ } from './desk.ts'
import { openAudited, policyLines, scratchFolder, type AuditedHouse } from './house.ts'
import { served, type Served } from './served.ts'

const scratch = scratchFolder()
const policy = scratch.path('trust.policy')
const folder = scratch.path('export')
let service: Served
let house: AuditedHouse
let data = ''
let ids: readonly string[] = []

beforeAll(async () => {
  data = scratch.path('data')
  mkdirSync(data)
  writeFileSync(policy, policyLines)
  house = openAudited(data)
  await house.others()
  ids = await house.decide(300)
  await house.sealAll()
  service = await served(house.store)
  await writ('audit', 'export', folder, '--data', data)
  return house.close
})

afterAll(async () => {
  await service.close()
  scratch.remove()
})

/** What the house has recorded as read, newest first. */
async function readings(): Promise<readonly unknown[]> {
  const query = { filter: { type: 'read' }, before: null, limit: 200 } as const
  const { entries } = await house.store.records.list('acme', query)
  return entries.map(({ body }) => readReadingBody(body.content))
}

type Proved = { readonly code: number; readonly proof: string; readonly record: string }

async function proved(name: string, id: string, where: readonly string[]): Promise<Proved> {
  const [proof, record] = [scratch.path(`${name}.tlog-proof`), scratch.path(`${name}.json`)]
  const { code } = await writ('audit', 'prove', id, ...where, '-o', proof)
  return { code, proof, record }
}

const verified = ({ proof, record }: Omit<Proved, 'code'>) =>
  writ('audit', 'verify', proof, '--record', record, '--policy', policy, '--format', 'json')

const places: readonly [string, () => readonly string[]][] = [
  ['a house', () => ['--data', data]],
  ['a house, in its tenant', () => ['--data', data, '--tenant', 'acme']],
  ['a service', () => ['--server', service.url]],
  ['an export', () => ['--folder', folder]],
]
test.each(places)('a record of %s is proved by two files alone, and the proof is small', async (name, where) => {
  for (const [place, id] of [ids[0], ids.at(-1)].entries()) {
    const files = await proved(`${name} ${place}`, id ?? '', where())
    expect(files.code).toBe(0)
    expect(readFileSync(files.proof).byteLength).toBeLessThan(2048)
    const { code, out } = await verified(files)
    expect([code, JSON.parse(out)]).toMatchObject([0, { status: 'verified', facts: { index: place === 0 ? 4 : 303, size: 304, tenant: 'acme' } }])
  }
}) // prettier-ignore

test('each place gives the same record and the same proof', async () => {
  const all = await Promise.all(
    places.map(([name, where]) => proved(`same ${name}`, ids[7] ?? '', where())),
  )
  const texts = all.map(
    ({ proof, record }) => readFileSync(proof, 'utf8') + readFileSync(record, 'utf8'),
  )
  expect(new Set(texts).size).toBe(1)
})

const refusals: readonly [string, () => readonly string[], number, RegExp][] = [
  ['a record that is not there', () => ['prove', 'dec_none', '--data', data], 2, /has no record dec_none/],
  ['a record that the service does not have', () => ['prove', 'dec_none', '--server', service.url], 2, /has no record dec_none/],
  ['a record of another tenant', () => ['prove', ids[0] ?? '', '--folder', folder, '--tenant', 'other'], 2, /has no record/],
  ['a file that is there already', () => ['prove', ids[0] ?? '', '--data', data, '-o', policy], 3, /exists/],
  ['a service that is not there', () => ['prove', ids[0] ?? '', '--server', 'http://127.0.0.1:1'], 2, /gave no answer/],
  ['a whole service without a tenant', () => ['fsck', '--server', service.url, '--policy', policy], 3, /say which, --tenant/],
  ['a whole service without a key', () => ['fsck', '--server', service.url, '--tenant', 'acme'], 3, /--policy FILE/],
  ['a proof that is none', () => ['verify', policy, '--record', policy, '--policy', policy], 2, /This is no record/],
  ['a policy that is none', () => ['verify', policy, '--record', policy, '--policy', folder], 3, /export/],
  ['no policy', () => ['verify', policy, '--record', policy], 3, /--policy/],
] // prettier-ignore
test.each(refusals)('%s', async (_, args, expected, words) => {
  const { code, err } = await writ('audit', ...args())
  expect([code, err]).toEqual([expected, expect.stringMatching(words)])
})

describe('over a service', () => {
  const asked = (tenant: string) => [
    '--server',
    service.url,
    '--tenant',
    tenant,
    '--policy',
    policy,
  ]

  test.each([
    ['acme', 303],
    ['other', 1],
    ['nobody', 0],
  ])('the whole log and the records of %s are checked: %i', async (tenant, records) => {
    const { code, out } = await writ('audit', 'fsck', ...asked(tenant), '--format', 'json')
    expect([code, JSON.parse(out)]).toMatchObject([0, { facts: { size: 304, records } }])
  })

  test('they are exported as from a house, and the export is whole', async () => {
    const [served, own] = [scratch.path('served'), scratch.path('own')]
    expect((await writ('audit', 'export', served, ...asked('acme'))).code).toBe(0)
    expect((await writ('audit', 'export', own, '--data', data, '--tenant', 'acme')).code).toBe(0)
    const bodies = (name: string) => readFileSync(`${name}/bodies/000.ndjson`, 'utf8')
    expect(bodies(served)).toBe(bodies(own))
    expect(await writ('audit', 'fsck', served, '--policy', policy)).toMatchObject({ code: 0 })
  })

  test('an export is one reading, however many records it is, and the service records why', async () => {
    const args = ['--from', '2026-11-03', '--to', '2026-11-05', '--purpose', 'SOC 2, third quarter']
    const before = (await readings()).length
    expect(
      (await writ('audit', 'export', scratch.path('told'), ...asked('acme'), ...args)).code,
    ).toBe(0)
    const [told, ...others] = await readings()
    expect(others.length).toBe(before)
    expect(told).toMatchObject({
      caller: { principal: 'auditor' },
      filter: { from: '2026-11-03T00:00:00.000Z', to: '2026-11-05T00:00:00.000Z' },
      record: null,
      given: null,
      purpose: 'SOC 2, third quarter',
    })
  })
})

describe('of a proof and its record', () => {
  let files: Proved
  let other: Proved
  beforeAll(async () => {
    files = await proved('whole', ids[1] ?? '', ['--data', data])
    other = await proved('other', ids[2] ?? '', ['--data', data])
  })

  test('no byte can be changed, but for one that says nothing', async () => {
    const [proof, record] = [readFileSync(files.proof), readFileSync(files.record)]
    const copy = { proof: scratch.path('copy.tlog-proof'), record: scratch.path('copy.json') }
    writeFileSync(copy.record, record)
    for (const at of proof.keys()) {
      writeFileSync(copy.proof, touched(proof, at))
      if ((await verified(copy)).code === 0) expect.fail(`byte ${at} of the proof can be changed`)
    }
    writeFileSync(copy.proof, proof)
    for (const at of record.keys()) {
      const changed = touched(record, at)
      writeFileSync(copy.record, changed)
      const isTaken = (await verified(copy)).code === 0
      if (isTaken && !saysTheSame(changed, record))
        expect.fail(`byte ${at} of the record can be changed`)
    }
    writeFileSync(copy.record, record)
    expect((await verified(copy)).code).toBe(0)
  }, 300_000)

  function touched(bytes: Buffer, at: number): Buffer {
    const changed = Buffer.from(bytes)
    changed[at] = (bytes[at] ?? 0) ^ (1 << (at % 8))
    return changed
  }

  /** The size and root of the log that it was read from say nothing of the record: the proof has its own. */
  function saysTheSame(changed: Buffer, record: Buffer): boolean {
    const [one, two] = [JSON.parse(changed.toString()), JSON.parse(record.toString())]
    return isDeepStrictEqual({ ...one, seal: one.seal.index }, { ...two, seal: two.seal.index })
  }

  test('a name that is there twice, of which others may read the first, is not taken', async () => {
    const copy = { proof: files.proof, record: scratch.path('twice.json') }
    const text = readFileSync(files.record, 'utf8')
    for (const twice of ['"outcome": "allow", "outcome":', '"id": "dec_other", "id":']) {
      writeFileSync(copy.record, text.replace(twice.slice(twice.lastIndexOf(',') + 2), twice))
      expect(await verified(copy)).toMatchObject({ code: 2 })
    }
  })

  test('a proof of another record refutes, with what was signed and what was found', async () => {
    const { code, out } = await writ('audit', 'verify', files.proof, '--record', other.record, '--policy', policy) // prettier-ignore
    expect(code).toBe(1)
    expect(out).toContain('Signed:\n\n  writ.example/log\n  304\n')
    expect(out).toContain('Against it:\n\n  By these files, the entry is not at index 5')
  })

  test('nobody is believed whose key the policy does not name', async () => {
    const stranger = scratch.path('stranger.policy')
    writeFileSync(
      stranger,
      'log example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\nquorum none\n',
    )
    const { code, out } = await writ('audit', 'verify', files.proof, '--record', files.record, '--policy', stranger) // prettier-ignore
    expect([code, out]).toEqual([2, expect.stringContaining('Cannot be verified: no log')])
  })
})
