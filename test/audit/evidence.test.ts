import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writ } from './desk.ts'
import { openAudited, scratchFolder } from './house.ts'

const scratch = scratchFolder()
afterAll(scratch.remove)
const data = scratch.path('data')
const november = ['--from', '2026-11-02', '--to', '2026-11-12']

beforeAll(async () => {
  mkdirSync(data)
  const house = openAudited(data)
  await house.others()
  await house.decide(600)
  await house.sealAll()
  await house.close()
})

const gather = (folder: string, seed: string, ...more: readonly string[]) =>
  writ('audit', 'evidence', folder, '--data', data, '--seed', seed, '--sample', '10', ...november, ...more) // prettier-ignore

const linesOf = (path: string): readonly string[] =>
  readFileSync(path, 'utf8').trimEnd().split('\r\n').slice(1)

test('a sample has its population, each record with a proof that is verified, and the waivers', async () => {
  const folder = scratch.path('first')
  expect(await gather(folder, 'seven')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Drew 10 of 240 decisions'),
    err: expect.stringContaining('1 bundle of the sample not kept here'),
  })
  expect(linesOf(`${folder}/population.csv`)).toHaveLength(240)
  expect(linesOf(`${folder}/waivers.csv`)).toHaveLength(2)
  const records = readdirSync(`${folder}/records`).filter((name) => name.endsWith('.json'))
  expect(records).toHaveLength(10)
  for (const record of records) {
    const proof = `${folder}/records/${record.replace('.json', '.tlog-proof')}`
    const args = ['--record', `${folder}/records/${record}`, '--policy', `${folder}/trust.policy`]
    expect(await writ('audit', 'verify', proof, ...args)).toMatchObject({ code: 0 })
  }
  const sums = spawnSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: folder })
  expect(sums.status).toBe(0)
  const manifest = JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8'))
  expect(manifest).toMatchObject({ seed: 'seven', population: 240, sample: 10, from: '2026-11-02T00:00:00.000Z', log: { size: 604 } }) // prettier-ignore
})

test('whoever has the population and the seed draws the same sample, and another seed draws another', async () => {
  const [first, again, other] = ['one', 'two', 'three'].map(scratch.path) as [
    string,
    string,
    string,
  ]
  await gather(first, 'seven')
  await gather(again, 'seven')
  await gather(other, 'eight')
  const sampleOf = (folder: string): readonly string[] => linesOf(`${folder}/sample.csv`)
  expect(sampleOf(again)).toEqual(sampleOf(first))
  expect(sampleOf(other)).not.toEqual(sampleOf(first))
  const rankOf = (line: string): string => {
    const [, id, , tenant] = line.split(',')
    return createHash('sha256').update(`seven\n${tenant}\n${id}\n`).digest('hex')
  }
  const ranked = linesOf(`${first}/population.csv`).toSorted((one, two) =>
    rankOf(one) < rankOf(two) ? -1 : 1,
  )
  expect(new Set(sampleOf(first))).toEqual(new Set(ranked.slice(0, 10)))
})

test.each([
  ['no seed', ['--data', data], /--seed/],
  ['a count that is none', ['--data', data, '--seed', 's', '--sample', '0'], /It is a number/],
  ['no place to look', ['--seed', 's'], /Say where to look/],
])('%s is a mistake in the usage', async (_, args, words) => {
  const { code, err } = await writ('audit', 'evidence', scratch.path('none'), ...args)
  expect([code, err]).toEqual([3, expect.stringMatching(words)])
})
